export function surfaceLaws(): void {}
