import type { NDArray } from "../../src/data/ndarray.ts";
import { tokenName } from "../../src/data/tokenNames.ts";
import { bookGptSizes } from "../../src/models/transformer/sizes.ts";
import { defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { countText, numberText } from "../../src/viz/numberText.ts";
import { corpusIn, inputOf, longestText, placeIn, readIn, tokensIn } from "./gptData.ts";
import { writingFields } from "./writingFields.ts";

/** The loss on stories, or on the part of a text, that are not learnt from. */
export const heldLoss = "L@held";

/** What the figure looks at now and then: what may come next, and after every token. */
export const closeWatches = ["logits", "p", "kept"] as const;

/** Rows over which the loss is taken. */
const scored = 2;

/** Beginnings: one whose next word stands earlier in it, one that leaves much open, one that asks for a sum. */
export const colourPrompt =
  'Ida was a girl with a green kite. One day the kite was lost. "Where is my';
export const forkPrompt = "Tom wanted a";
const sumPrompt = "Ben had four apples and gave one apple to a fox. Now Ben had";

/** The sizes of the book's own GPT, as a figure needs them. */
export const gptSizes = bookGptSizes;

export const gptLab = defineLab({
  id: "tf-gpt",
  version: 1,
  title: "A GPT",
  invitation:
    "Press “One token” and see it chosen; then “Write”. Click any token to ask what the model thought would come after it.",
  fields: {
    prompt: {
      kind: "text",
      label: "Begin with",
      initial: "Ida was a girl with a green kite. One day the",
      longest: 400,
      place: "figure",
    },
    written: {
      kind: "text",
      label: "Written after it",
      initial: "",
      longest: 400,
      place: "figure",
    },
    ...writingFields,
    text: { kind: "text", label: "Text", initial: "", longest: longestText, place: "figure" },
    tokens: {
      kind: "choice",
      label: "Tokens",
      initial: "stories",
      options: [
        { value: "stories", label: "of the stories" },
        { value: "own", label: "of your text" },
      ],
      restarts: true,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.004, batchSize: 8 }),
  },
  trains: true,
  data: (config) => corpusIn(config).training,
  scored: () => scored,
  input(config) {
    const read = readIn(config);
    return inputOf(read.tokens, placeIn(config, read));
  },
  probes: (config) => ({ held: corpusIn(config).heldOut }),
  watch: () => [],
  closely: () => closeWatches,
  records: [heldLoss],
  describe: describeGpt,
  presets: [
    { label: "A colour to remember", edit: begin(colourPrompt) },
    { label: "A fork", edit: begin(forkPrompt) },
    { label: "A sum", edit: begin(sumPrompt) },
  ],
  checkpoint: { steps: 3600 },
});

function begin(prompt: string) {
  return { config: { prompt, written: "", place: 0 } };
}

/** The tokens from which a next one is drawn, the likeliest first. */
export function likeliest(p: NDArray | undefined): { token: number; p: number }[] {
  return Array.from(p?.data ?? [], (share, token) => ({ token, p: share })).sort(
    (a, b) => b.p - a.p,
  );
}

function describeGpt(frame: Frame): string {
  const { config, step, curve, values } = frame;
  const read = readIn(config);
  const { coder, pairs } = tokensIn(config);
  const at = placeIn(config, read);
  const held = curve.others?.[heldLoss]?.at(-1) ?? Number.NaN;
  const [first] = likeliest(values.p);
  const after = `after “${tokenName(coder.letters(read.tokens[at] ?? 0))}”`;
  const says = first
    ? ` ${after[0]?.toUpperCase()}${after.slice(1)} it holds “${tokenName(coder.letters(first.token))}” for likeliest: ${numberText(100 * first.p, 3)} %.`
    : "";
  const when = step === 0 ? "" : `${countText(step)} training steps. `;
  const whose = config.text === "" ? "stories" : "text";
  return `${when}On ${whose} that it never read a token costs it ${numberText(held)} nats; a guess among all ${pairs.tokens.length} tokens would cost ${numberText(Math.log(pairs.tokens.length))}.${says}`;
}
