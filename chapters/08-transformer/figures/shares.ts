import type { NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";

/** The rows of one array of logits, made once: an array belongs to one frame. */
const made = new WeakMap<Float32Array, Map<number, Float32Array>>();

/** What the model holds for likely after a place: softmax(logits), of logits `[1, T, V]`. */
export function sharesAt(logits: NDArray | undefined, place: number): Float32Array | undefined {
  const [T = 0, V = 0] = logits?.shape.slice(-2) ?? [];
  if (!logits || place >= T) return undefined;
  const rows = made.get(logits.data) ?? new Map<number, Float32Array>();
  made.set(logits.data, rows);
  const known = rows.get(place);
  if (known) return known;
  const row = softmax(logits.data.subarray(place * V, (place + 1) * V));
  rows.set(place, row);
  return row;
}

function softmax(logits: Float32Array): Float32Array {
  const greatest = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const powers = logits.map((value) => Math.exp(value - greatest));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / total);
}

/** A probability in per cent; what is next to nothing is not told to the digit. */
export function percentText(share: number): string {
  return share < 0.001 ? "< 0.1 %" : `${numberText(100 * share, 3)} %`;
}
