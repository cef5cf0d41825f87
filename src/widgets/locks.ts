import { type Arrays, filled, type NDArray } from "../data/ndarray.ts";
import type { Frame } from "../training/lab.ts";

/** Whether training leaves this entry of a parameter as it is. */
export function isLocked({ locked }: Pick<Frame, "locked">, name: string, index: number): boolean {
  return locked[name]?.data[index] === 1;
}

/** The masks that lock, or free, these entries of parameters and leave their other entries as they are. */
export function withLocks(
  { locked }: Pick<Frame, "locked">,
  entries: readonly { readonly name: string; readonly of: NDArray; readonly index: number }[],
  lock: boolean,
): Arrays {
  const masks: Record<string, NDArray> = {};
  for (const { name, of, index } of entries) {
    const { shape, data } = masks[name] ?? locked[name] ?? filled(of.shape);
    masks[name] = { shape, data: data.with(index, lock ? 1 : 0) };
  }
  return masks;
}
