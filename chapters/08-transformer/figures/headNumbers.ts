import { entry, type NDArray } from "../../../src/data/ndarray.ts";

/** A head's attention among the words of the sentence alone, `[count, count]`. */
export function patternOf(
  { shape, data }: NDArray,
  { layer, head }: { readonly layer: number; readonly head: number },
  count: number,
): NDArray {
  const [, , heads = 1, T = 1] = shape;
  const start = ((layer - 1) * heads + head - 1) * T * T;
  const rows = Array.from({ length: count }, (_, i) =>
    data.subarray(start + i * T, start + i * T + count),
  );
  return { shape: [count, count], data: Float32Array.from(rows.flatMap((row) => [...row])) };
}

/** A share in percent, to a tenth where it is small. */
export function percentText(share: number): string {
  const percent = 100 * share;
  const places = percent < 10 ? 10 : 1;
  return Number.isFinite(percent) ? `${Math.round(places * percent) / places} %` : "–";
}

/** The entries of one row of a tap `[…, n]`. */
export function rowOf(array: NDArray | undefined, row: number): Float32Array {
  const n = array?.shape.at(-1) ?? 0;
  return Float32Array.from({ length: n }, (_, i) => entry(array, row * n + i));
}
