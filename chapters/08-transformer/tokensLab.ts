import { ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Frame } from "../../src/training/lab.ts";
import { countText, numberText } from "../../src/viz/numberText.ts";
import { longestLine, longestText, mostMerges, readLine, tokensOf } from "./tokensData.ts";

/** N_dim, the numbers of a token's row. */
export const dimensions = 8;

export const tokensLab = defineLab({
  id: "tf-tokens",
  version: 1,
  title: "Tokens",
  invitation:
    "Press Merge, and see two tokens become one, everywhere at once. Then type a line of your own, in any script.",
  fields: {
    text: {
      kind: "text",
      label: "Text to learn from",
      initial: "",
      longest: longestText,
      place: "figure",
    },
    merges: {
      kind: "number",
      label: "Merges",
      initial: 40,
      min: 0,
      max: mostMerges,
      integer: true,
      place: "figure",
    },
    line: {
      kind: "text",
      label: "Your line",
      initial: "The moon said: 你好 🦊",
      longest: longestLine,
      place: "figure",
    },
    numbers: {
      kind: "text",
      label: "Numbers to decode",
      initial: "",
      longest: 2000,
      place: "figure",
    },
  },
  trains: false,
  data: ({ text, merges, line }) => ({
    x: ndarray([tokensOf(text, merges).coder.encode(readLine(line))]),
  }),
  watch: () => ["W_E", "e"],
  describe: describeTokens,
  presets: [
    { label: "Bytes alone", edit: { config: { merges: 0 } } },
    { label: "40 merges", edit: { config: { merges: 40 } } },
    { label: "All merges", edit: { config: { merges: mostMerges } } },
    { label: "Three times “the”", edit: { config: { line: "The hen and the hen, the-the" } } },
    { label: "Other scripts", edit: { config: { line: "Où est 你好, Ωμέγα, नमस्ते?" } } },
    { label: "One picture, many signs", edit: { config: { line: "👩‍🚀 e\u0301 é" } } },
  ],
});

/** The tokens of a configuration. */
export function tokensIn({ config }: Pick<Frame, "config">) {
  return tokensOf(String(config.text), Number(config.merges));
}

/** The line that the model reads. */
export function lineIn({ config }: Pick<Frame, "config">): string {
  return readLine(String(config.line));
}

function many(count: number, of: string): string {
  return `${countText(count)} ${of}${count === 1 ? "" : "s"}`;
}

function describeTokens(frame: Frame): string {
  const tokens = tokensIn(frame);
  const { lesson, made, V, coder } = tokens;
  const line = lineIn(frame);
  const numbers = coder.encode(line);
  const bytes = new TextEncoder().encode(line).length;
  const now = lesson.lengths[made] ?? 0;
  const all = lesson.lengths[0] ?? 0;
  const each = numberText(all / Math.max(1, now), 2);
  return `After ${many(made, "merge")} there are ${countText(V)} tokens. The text of ${many(all, "byte")} is ${many(now, "token")} long, ${each} ${each === "1" ? "byte" : "bytes"} each. Your line of ${many(bytes, "byte")} is ${many(numbers.length, "token")}, and ${coder.decode(numbers) === line ? "decodes to itself" : "does not decode to itself"}.`;
}
