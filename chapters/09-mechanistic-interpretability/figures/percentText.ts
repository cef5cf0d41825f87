import { numberText } from "../../../src/viz/numberText.ts";

/** A probability as a percentage of two digits. */
export function percentText(p: number | undefined): string {
  if (p === undefined || !Number.isFinite(p)) return "–";
  if (p < 0.0005) return "0 %";
  return `${p < 0.01 ? (100 * p).toFixed(1) : numberText(100 * p, 2)} %`;
}
