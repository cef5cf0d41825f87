import { numberText } from "../../src/viz/numberText.ts";

/** A number without zeros at its end. */
export function plainText(value: number, digits = 3): string {
  return numberText(value, digits)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

/** A number as it stands in a small cell: at most four characters, where that can be. */
export function cellText(value: number): string {
  const text = plainText(value, 2);
  return text.length <= 4 ? text : plainText(Math.round(10 * value) / 10, 2);
}
