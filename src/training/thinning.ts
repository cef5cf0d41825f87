/**
 * `entries` (ascending by step) with some left out: of those in between, every one that follows the
 * last kept one by at least `stride` steps stays, and every pinned one. The first and the last stay.
 */
export function thinned<T extends { readonly step: number; readonly pinned?: boolean }>(
  entries: readonly T[],
  stride: number,
): T[] {
  let keptStep = Number.NEGATIVE_INFINITY;
  return entries.filter((entry, index) => {
    const stays =
      index === entries.length - 1 || entry.pinned === true || entry.step - keptStep >= stride;
    if (stays) keptStep = entry.step;
    return stays;
  });
}
