import { entry, type NDArray } from "../../src/data/ndarray.ts";
import { numberText } from "../../src/viz/numberText.ts";

/** The entries of an array that may not have come yet. */
export function numbers(array: NDArray | undefined): number[] {
  return array ? Array.from(array.data) : [];
}

/** Whether an answer counts as yes. */
export function isYes(answer: number | undefined): boolean {
  return (answer ?? 0) > 0.5;
}

/** Row `index` of a list of points in the plane, in words: `(0, 1)`. */
export function pointText(x: NDArray | undefined, index: number): string {
  return `(${numberText(entry(x, 2 * index))}, ${numberText(entry(x, 2 * index + 1))})`;
}

/** A whole number as a subscript: x₁. */
export function subscript(index: number): string {
  return [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
