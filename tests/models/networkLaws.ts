export function networkLaws(): void {}
