import type { NDArray } from "../../src/data/ndarray.ts";

/** The entries of an array that may not have come yet. */
export function numbers(array: NDArray | undefined): number[] {
  return array ? Array.from(array.data) : [];
}

/** A whole number as a subscript: x₁. */
export function subscript(index: number): string {
  return [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}

/** `3 units`, `1 unit`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
