import { numberText } from "../viz/numberText.ts";
import { clamp, rounded } from "../viz/scale.ts";

/** Which numbers a control takes, and how far one move goes. */
export interface NumberRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** How far an arrow key goes, and a drag of ten pixels; default 0.1, or 1 for whole numbers. */
  readonly step?: number | undefined;
  readonly integer?: boolean | undefined;
  /** `log`: a step multiplies instead of adding. */
  readonly scale?: "linear" | "log" | undefined;
}

/** `value` after `steps` steps (fractions allowed), within the range. */
export function stepped(value: number, steps: number, range: NumberRange): number {
  if (range.scale === "log" && value > 0) {
    return withinRange(Number((value * 10 ** (steps / 10)).toPrecision(3)), range);
  }
  const step = range.step ?? (range.integer ? 1 : 0.1);
  if (range.integer) {
    const whole = Math.sign(steps) * Math.max(1, Math.round(Math.abs(steps) * step));
    return withinRange(Math.round(value) + (steps === 0 ? 0 : whole), range);
  }
  // Keeps what was typed, and drops the dust of 32-bit floats.
  const quantum = step / 1000;
  return withinRange(rounded(Math.round((value + steps * step) / quantum) * quantum), range);
}

/** `value` moved by a drag of `steps` steps from where it started. */
export function dragged(start: number, steps: number, fine: boolean, range: NumberRange): number {
  if (range.scale === "log") return stepped(start, steps, range);
  const step = range.step ?? (range.integer ? 1 : 0.1);
  const quantum = range.integer ? 1 : (step / 10) * (fine ? 0.1 : 1);
  return withinRange(rounded(Math.round((start + steps * step) / quantum) * quantum), range);
}

function withinRange(value: number, range: NumberRange): number {
  return clamp(value, range.min ?? Number.NEGATIVE_INFINITY, range.max ?? Number.POSITIVE_INFINITY);
}

/** Why a control does not take `value`, for the reader; null where it does. */
export function refusal(value: number, range: NumberRange): string | null {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, integer } = range;
  const kind = integer ? "whole numbers" : "numbers";
  if (integer && !Number.isInteger(value)) {
    return `${numberText(value)} is not a whole number.`;
  }
  if (value >= min && value <= max) return null;
  if (max === Number.POSITIVE_INFINITY) return `Takes ${kind} from ${numberText(min)} up.`;
  if (min === Number.NEGATIVE_INFINITY) return `Takes ${kind} up to ${numberText(max)}.`;
  return `Takes ${kind} from ${numberText(min)} to ${numberText(max)}.`;
}
