import { entry } from "../../src/data/ndarray.ts";
import { storyVocabulary } from "../../src/data/tokenCorpus.ts";
import { tokenName } from "../../src/data/tokenNames.ts";
import { type Config, defineLab, type Frame } from "../../src/training/lab.ts";
import { countText, numberText } from "../../src/viz/numberText.ts";
import type { PathSizes } from "./figures/tokenPath.ts";
import { likeliest } from "./gptLab.ts";
import { inputRead, placeRead, tokensRead } from "./ownTokens.ts";
import { isOwn, vocabularyIn } from "./ownVocabulary.ts";
import { writingFields } from "./writingFields.ts";

/** A size that a file of weights sets. */
function size(label: string, initial: number, max: number) {
  return {
    kind: "number",
    label,
    initial,
    min: 1,
    max,
    integer: true,
    restarts: true,
    place: "figure",
  } as const;
}

/** What the figure shows of the model. */
export const ownViews = [
  { value: "heads", label: "Every head" },
  { value: "next", label: "What may come next" },
  { value: "way", label: "The way of a token" },
] as const;

/** What may come next is always looked at; every head’s attention where it is shown. */
export const nextWatches = ["p", "kept"] as const;
export const headWatches = [...nextWatches, "blocks.*.attn.A", "blocks.*.attn.gate"] as const;

export const ownLab = defineLab({
  id: "tf-own",
  version: 1,
  title: "Your own weights",
  invitation:
    "Give it a GPT-2’s files. Until then a model of the same make runs here, its weights drawn at random.",
  fields: {
    model: {
      kind: "text",
      label: "Weights",
      initial: "",
      longest: 200,
      restarts: true,
      place: "figure",
    },
    V: size("Tokens V", storyVocabulary, 100_000),
    T: size("Longest text T", 64, 8192),
    d_model: size("Width of the stream", 48, 4096),
    layers: size("Blocks", 3, 64),
    heads: size("Heads", 4, 64),
    tokens: { kind: "text", label: "Tokens read", initial: "", longest: 600, place: "figure" },
    ...writingFields,
    view: {
      kind: "choice",
      label: "Look at",
      initial: "heads",
      options: ownViews,
      place: "figure",
    },
  },
  trains: false,
  data: () => inputRead([0], 0),
  input: (config) => inputRead(tokensRead(config), placeRead(config)),
  watch: () => [],
  closely: ({ view }) => (view === "heads" ? headWatches : nextWatches),
  describe: describeOwn,
  weights: async () => (await import("./ownWeights.ts")).readOwnWeights,
});

/** The sizes of the model that runs. */
export function sizesOf(config: Config): PathSizes {
  const [layers, heads, d_model] = [config.layers, config.heads, config.d_model].map(Number) as [
    number,
    number,
    number,
  ];
  return { layers, heads, d_model, d_head: d_model / heads, d_ff: 4 * d_model };
}

/** How many numbers a GPT-2 of these sizes has learned. */
export function parametersOf(config: Config): number {
  const [V, T, d, layers] = [config.V, config.T, config.d_model, config.layers].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return V * d + T * d + layers * (12 * d * d + 13 * d) + 2 * d;
}

/** A token as the reader sees it; by its number where its letters are not known. */
export function ownTokenName(config: Config, token: number): string {
  const vocabulary = vocabularyIn(config);
  if (!vocabulary || token >= vocabulary.pairs.tokens.length) return `#${token}`;
  return tokenName(vocabulary.coder.letters(token));
}

function describeOwn(frame: Frame): string {
  const { config, values } = frame;
  const whose = isOwn(config) ? `“${config.model}”` : "A random model";
  const sizes = `${whose}: ${countText(parametersOf(config))} parameters, ${config.layers} blocks of ${config.heads} heads.`;
  const [first] = likeliest(values.p);
  if (!first) return sizes;
  const even = 1 / Number(config.V);
  const at = tokensRead(config)[placeRead(config)] ?? 0;
  const rest = isOwn(config)
    ? ""
    : ` A guess among all ${config.V} tokens would give each ${numberText(100 * even)} %.`;
  return `${sizes} After “${ownTokenName(config, at)}” it holds “${ownTokenName(config, first.token)}” for likeliest: ${numberText(100 * first.p, 3)} %.${rest}`;
}

/** The entry of A by which token `i` looks at token `j`, in one head of one block. */
export function attentionAt(
  A: Frame["values"][string] | undefined,
  [layer, head, i, j]: readonly [number, number, number, number],
): number {
  const [, , h = 1, n = 1] = A?.shape ?? [];
  return entry(A, ((layer * h + head) * n + i) * n + j);
}
