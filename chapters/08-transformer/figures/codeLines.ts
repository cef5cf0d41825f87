import attention from "../../../src/models/transformer/attention.ts?raw";
import masks from "../../../src/models/transformer/masks.ts?raw";
import type { ArrayName } from "./cells.ts";

/** The one line of the source that holds this text, without its indentation. */
function lineOf(source: string, text: string): string {
  const line = source.split("\n").find((candidate) => candidate.includes(text));
  if (line === undefined) {
    throw new Error(
      `No line of the model's source holds ${text}. Name one that the model has now.`,
    );
  }
  return line.trim();
}

const tapped = (name: string): string => lineOf(attention, `= tap("${name}",`);

/** The lines of the model that make each array: cut from the source that runs. */
export const codeLines: Readonly<Record<ArrayName, readonly string[]>> = {
  Q: [tapped("Q"), lineOf(attention, "const all = withBias(")],
  K: [tapped("K"), lineOf(attention, "const all = withBias(")],
  V: [tapped("V"), lineOf(attention, "const all = withBias(")],
  QK: [tapped("QK")],
  S: [tapped("S")],
  M: [lineOf(masks, "j.lessEqual(i)"), lineOf(masks, "tokens.notEqual(padding)")],
  A: [tapped("A"), lineOf(masks, "mul(unreachable)")],
  Z: [lineOf(attention, 'tap("Z",')],
};
