import { numberText } from "../../../src/viz/numberText.ts";

/** A probability as a percentage of two digits. */
export function percentText(p: number | undefined): string {
  if (p === undefined || !Number.isFinite(p)) return "–";
  return p < 0.0005 ? "0 %" : `${numberText(100 * p, 2)} %`;
}
