const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]);
  return (exponent < 0 ? "⁻" : "") + digits.join("");
}

const trueMinus = (text: string): string => text.replace("-", "\u2212");

/**
 * A number as the book prints it: three significant digits (or `digits`), whole numbers whole, a true
 * minus sign. What is not a finite number is said in words.
 *
 * @param digits significant digits, 1 to 15
 */
export function numberText(value: number | undefined, digits = 3): string {
  if (value === undefined) return "no value";
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "\u2212∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa = "", exponent = "0"] = value.toExponential(digits - 1).split("e");
    return `${trueMinus(mantissa)}×10${superscript(Number(exponent))}`;
  }
  if (Number.isInteger(value) || size >= 10 ** digits) return trueMinus(String(Math.round(value)));
  const text = value.toPrecision(digits);
  return trueMinus(text.includes("e") ? String(Number(text)) : text);
}

/** `numberText` with the sign always shown: a contribution, a change. */
export function signedText(value: number | undefined, digits = 3): string {
  const text = numberText(value, digits);
  return value !== undefined && value > 0 ? `+${text}` : text;
}

/** A power of ten by its whole exponent: `10⁻³`, and 10 and 1 as they are. */
export function powerOfTenText(exponent: number): string {
  if (exponent === 0 || exponent === 1) return String(10 ** exponent);
  return `10${superscript(exponent)}`;
}

/** A count: whole, its thousands set apart by thin spaces. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/**
 * The number that a reader typed: either minus sign, a point or a comma, and powers of ten as `1e-3`.
 * Null where the text is no finite number.
 */
export function parseNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[\u2212\u2013]/g, "-")
    .replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}
