import { entry, type NDArray } from "../../../src/data/ndarray.ts";

/** `gates`, of zeros and ones, with one turned over; null when all are then 1, so that the tap need not be held. */
export function turned(gates: NDArray, at: number): NDArray | null {
  const data = gates.data.slice();
  data[at] = entry(gates, at) === 0 ? 1 : 0;
  return data.every((gate) => gate === 1) ? null : { shape: gates.shape, data };
}
