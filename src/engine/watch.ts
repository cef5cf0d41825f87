import type { Watch } from "../training/lab.ts";

/**
 * The names that `name` stands for among those `known`: itself, or, where it holds a `*` for a number,
 * all that differ in this number alone, in its order.
 */
export function namesMeant(name: string, known: readonly string[]): readonly string[] {
  const [before, after] = name.split("*");
  if (before === undefined || after === undefined) return known.includes(name) ? [name] : [];
  const number = (one: string) => one.slice(before.length, one.length - after.length);
  return known
    .filter((one) => one.startsWith(before) && one.endsWith(after) && /^\d+$/.test(number(one)))
    .sort((a, b) => Number(number(a)) - Number(number(b)));
}

/** A watch, taken apart: `grad z@curve` is the gradient of `z` on the probe `curve`. */
export interface ParsedWatch {
  readonly text: Watch;
  readonly name: string;
  readonly gradient: boolean;
  /** The probe it is taken on; the current input without one. */
  readonly probe: string | undefined;
}

/**
 * @throws SyntaxError when the text is not `[grad ]name[@probe]`, with at most one `*` in the name
 */
export function parseWatch(text: Watch): ParsedWatch {
  const match = /^(grad )?([^\s@*]*\*?[^\s@*]*)(?:@([^\s@]+))?$/.exec(text);
  if (!match?.[2]) {
    throw new SyntaxError(
      `Expected a name such as "w", "y_hat@grid", "grad w" or "steps.*.h", got ${JSON.stringify(text)}.`,
    );
  }
  return { text, name: match[2], gradient: match[1] !== undefined, probe: match[3] };
}
