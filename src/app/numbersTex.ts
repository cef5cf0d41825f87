import { sizeOf } from "../data/ndarray.ts";
import { rowsAndColumns } from "../viz/grid.ts";
import { numberText } from "../viz/numberText.ts";
import type { LiveValue } from "./liveValues.ts";

/** Arrays up to this many rows and columns are written out; of larger ones the shape is. */
const largestSide = 6;

/** The text between the brace at `start` and its partner, and where that ends. */
function braced(tex: string, start: number): { inside: string; end: number } {
  let depth = 0;
  for (let at = start; at < tex.length; at++) {
    if (tex[at] === "\\") at++;
    else if (tex[at] === "{") depth++;
    else if (tex[at] === "}" && --depth === 0) {
      return { inside: tex.slice(start + 1, at), end: at + 1 };
    }
  }
  throw new Error(`Expected braces that match in the formula ${tex}.`);
}

function numberTex(value: number): string {
  const text = numberText(value).replace("−", "-");
  if (!Number.isFinite(value)) return String.raw`\text{${text}}`;
  return text.replace(/×10(.*)$/, (_, exponent: string) => {
    const digits = [...exponent].map((sign) => (sign === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign)));
    return String.raw`\times 10^{${digits.join("")}}`;
  });
}

function valueTex(value: LiveValue): string {
  if (typeof value === "number") return numberTex(value);
  if (typeof value !== "object") return String.raw`\text{${value}}`;
  const { shape, data } = value;
  if (sizeOf(shape) === 1) return numberTex(data[0] ?? Number.NaN);
  const [rows, columns] = rowsAndColumns(shape);
  if (rows > largestSide || columns > largestSide) {
    return String.raw`\text{[${shape.join(" × ")}]}`;
  }
  const lines = Array.from({ length: rows }, (_, row) =>
    [...data.subarray(row * columns, (row + 1) * columns)].map(numberTex).join(" & "),
  );
  return String.raw`\begin{bmatrix} ${lines.join(String.raw` \\ `)} \end{bmatrix}`;
}

/** A negative number after an operator or a factor stands in parentheses. */
function inContext(number: string, before: string): string {
  const isBare = /^$|[=({[&,]$|\\\\$/.test(before.trimEnd());
  return number.startsWith("-") && !isBare ? `(${number})` : number;
}

/**
 * A formula as it stands, each symbol of which has its value put in; or an author's template, in which
 * only `\val` is a value and a symbol stays a letter.
 */
export type FormulaKind = "formula" | "template";

/** The names whose values a formula wants: `\sym{w}{…}` (not in a template), `\val{w}{0}`. */
export function wantedNames(tex: string, kind: FormulaKind = "formula"): readonly string[] {
  const wanted = kind === "formula" ? /\\(?:sym|val)\{([^}]+)\}/g : /\\val\{([^}]+)\}/g;
  return [...new Set([...tex.matchAll(wanted)].map(([, name = ""]) => name))];
}

/**
 * The formula with numbers in it: `\sym{w}{…}` becomes the value of w, `\val{w}{2}` its entry 2, and
 * `\val{w}{}` the whole of it. A symbol without a value (a function) stays as it is, and so does every
 * `\sym` of a template. Every number keeps the link to its symbol.
 *
 * @throws Error when braces do not match
 */
export function withNumbers(
  tex: string,
  values: ReadonlyMap<string, LiveValue>,
  kind: FormulaKind = "formula",
): string {
  let out = "";
  let at = 0;
  for (const match of tex.matchAll(/\\(sym|val)\{/g)) {
    if (match.index < at) continue;
    out += tex.slice(at, match.index);
    const name = braced(tex, match.index + match[0].length - 1);
    const second = braced(tex, name.end);
    at = second.end;
    const value = values.get(name.inside);
    if (match[1] === "sym") {
      const isLetter = value === undefined || kind === "template";
      const shown = isLetter ? withNumbers(second.inside, values, kind) : valueTex(value);
      out += String.raw`\sym{${name.inside}}{${inContext(shown, out)}}`;
    } else {
      const entry =
        second.inside && typeof value === "object" ? value.data[Number(second.inside)] : value;
      const shown = entry === undefined ? String.raw`\text{?}` : valueTex(entry);
      out += String.raw`\sym{${name.inside}}{${inContext(shown, out)}}`;
    }
  }
  return out + tex.slice(at);
}
