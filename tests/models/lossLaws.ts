export function lossLaws(): void {}
