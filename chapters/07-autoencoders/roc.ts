/** How a threshold does: shares from 0 to 1. */
export interface Judged {
  /** The share of the odd that lie above it. */
  readonly caught: number;
  /** The share of the normal that lie above it. */
  readonly falseAlarms: number;
}

/** What a threshold makes of the errors of normal and of odd pictures: above it, a picture is called odd. */
// #region judged
export function judged(
  normal: ArrayLike<number>,
  odd: ArrayLike<number>,
  threshold: number,
): Judged {
  return { caught: shareAbove(odd, threshold), falseAlarms: shareAbove(normal, threshold) };
}

function shareAbove(values: ArrayLike<number>, threshold: number): number {
  return Array.from(values).filter((e) => e > threshold).length / values.length;
}
// #endregion

/**
 * The ROC curve: (false alarms, caught) at every threshold, from (0, 0), where nothing is called odd, to
 * (1, 1). Where a normal and an odd one have the same error, the curve goes between them aslant.
 *
 * Of no normal or no odd picture there is no curve: empty.
 */
export function rocCurve(
  normal: ArrayLike<number>,
  odd: ArrayLike<number>,
): readonly (readonly [falseAlarms: number, caught: number])[] {
  if (normal.length === 0 || odd.length === 0) return [];
  const all = [
    ...Array.from(normal, (error) => ({ error, isOdd: false })),
    ...Array.from(odd, (error) => ({ error, isOdd: true })),
  ].sort((a, b) => b.error - a.error);
  const points: [number, number][] = [[0, 0]];
  let [alarms, caught] = [0, 0];
  for (const [i, { error, isOdd }] of all.entries()) {
    if (isOdd) caught += 1;
    else alarms += 1;
    if (all[i + 1]?.error === error) continue;
    points.push([alarms / normal.length, caught / odd.length]);
  }
  return points;
}

/**
 * The area under the ROC curve: how probable it is that an odd picture, drawn by chance, has a larger
 * error than a normal one (the same error counts half). Hanley & McNeil 1982. NaN of nothing.
 */
export function areaUnder(curve: readonly (readonly [number, number])[]): number {
  if (curve.length === 0) return Number.NaN;
  return curve.slice(1).reduce((area, [x, y], i) => {
    const [before, height] = curve[i] as readonly [number, number];
    return area + ((x - before) * (y + height)) / 2;
  }, 0);
}

/** The least threshold that calls at most this share of the normal odd; the errors have to be finite. */
export function thresholdFor(normal: ArrayLike<number>, share: number): number {
  const sorted = Array.from(normal).sort((a, b) => a - b);
  const above = Math.floor(share * sorted.length);
  return sorted[sorted.length - 1 - above] ?? 0;
}
