import type { Watch } from "../training/lab.ts";

/** A watch, taken apart: `grad z@curve` is the gradient of `z` on the probe `curve`. */
export interface ParsedWatch {
  readonly text: Watch;
  readonly name: string;
  readonly gradient: boolean;
  /** The probe it is taken on; the current input without one. */
  readonly probe: string | undefined;
}

/**
 * @throws SyntaxError when the text is not `[grad ]name[@probe]`
 */
export function parseWatch(text: Watch): ParsedWatch {
  const match = /^(grad )?([^\s@]+)(?:@([^\s@]+))?$/.exec(text);
  if (!match?.[2]) {
    throw new SyntaxError(
      `Expected a name such as "w", "y_hat@grid" or "grad w", got ${JSON.stringify(text)}.`,
    );
  }
  return { text, name: match[2], gradient: match[1] !== undefined, probe: match[3] };
}
