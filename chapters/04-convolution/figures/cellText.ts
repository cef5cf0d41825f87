import { numberText } from "../../../src/viz/numberText.ts";

/** A number as it stands in a small cell: no zeros at its end, and at most four characters where that can be. */
export function cellText(value: number): string {
  const text = shortText(value);
  return text.length <= 4 ? text : shortText(Math.round(10 * value) / 10);
}

/** A number with two digits, without zeros at its end. */
export function shortText(value: number): string {
  return numberText(value, 2)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}
