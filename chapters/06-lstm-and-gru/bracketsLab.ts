import { bracketTexts, bracketTruth } from "../../src/data/brackets.ts";
import { type Arrays, entry, type NDArray } from "../../src/data/ndarray.ts";
import { clipField, defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { cellName, inputOf, kindsOf, longestText } from "./bracketsText.ts";

/** The texts that it learns from: how long, and how many brackets are open at once at most. */
const learnt = { count: 1024, length: 24, maxDepth: 8 } as const;
const heldCount = 64;
/** Texts such as it has never seen. */
export const longer = { count: 16, length: 72, maxDepth: 16 } as const;

/** The text that is shown until the reader writes one. */
const openings = { one: "((·)(()·))·(()())((", two: "([·]([]·))·[(())][(" } as const;

const plain = { kinds: "one", units: 4, price: 0.03, text: "" } as const;

export const bracketsLab = defineLab({
  id: "lstm-brackets",
  version: 1,
  title: "Count and parenthesise",
  invitation:
    "Press Train until it answers rightly. Then hold one cell after the other at zero: which one counts?",
  fields: {
    units: {
      kind: "number",
      label: "Cells H",
      initial: plain.units,
      min: 1,
      max: 16,
      integer: true,
    },
    price: { kind: "number", label: "Price of speaking λ", initial: plain.price, min: 0, max: 0.2 },
    kinds: {
      kind: "choice",
      label: "Brackets",
      initial: plain.kinds,
      options: [
        { value: "one", label: "( )" },
        { value: "two", label: "( ) and [ ]" },
      ],
      restarts: true,
    },
    text: {
      kind: "text",
      label: "Your own text",
      initial: plain.text,
      longest: longestText,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.02, batchSize: 32 }),
    clipNorm: { ...clipField(1).clipNorm, place: "more" },
  },
  trains: true,
  data: ({ kinds }, random) => bracketTexts({ ...learnt, kinds: kindsOf(kinds) }, random),
  scored: () => heldCount,
  input: ({ kinds, text }) => inputOf(text || openings[kinds], kindsOf(kinds)),
  probes: ({ kinds, units }) => {
    const held = heldTexts(kinds);
    const random = randomStream(1, "longer texts").uniform;
    return {
      held,
      ablated: withoutEach(held, units),
      long: bracketTexts({ ...longer, kinds: kindsOf(kinds) }, random),
    };
  },
  watch: () => [
    "keep",
    "y_hat",
    "steps.*.c",
    "steps.*.c@held",
    "accuracy@held",
    "accuracy_closing@held",
    "accuracy_without@ablated",
    "accuracy@long",
  ],
  records: ["accuracy@held"],
  describe: describeBrackets,
  openingSteps: 20,
  presets: [
    { label: "Four cells", edit: { config: plain } },
    { label: "Speaking is free", edit: { config: { ...plain, price: 0 } } },
    { label: "Eight cells", edit: { config: { ...plain, units: 8 } } },
    { label: "Two kinds", edit: { config: { ...plain, kinds: "two", units: 8 } } },
  ],
});

/** The texts that are held out. */
function heldTexts(kinds: string): Arrays {
  const random = randomStream(1, "texts held out").uniform;
  return bracketTexts({ ...learnt, count: heldCount, kinds: kindsOf(kinds) }, random);
}

/** The texts once for each unit, that unit's cell taken out: what `accuracy_without` is taken over. */
function withoutEach({ x, y }: Arrays, units: number): Arrays {
  const each = Array.from({ length: units }, (_, unit) => unit);
  const repeated = ({ shape, data }: NDArray): NDArray => ({
    shape: [units * (shape[0] as number), ...shape.slice(1)],
    data: Float32Array.from(each.flatMap(() => Array.from(data))),
  });
  const masks = each.flatMap((unit) =>
    Array.from({ length: heldCount }, () => each.map((other) => (other === unit ? 0 : 1))),
  );
  return {
    x: repeated(x as NDArray),
    y: repeated(y as NDArray),
    without: { shape: [masks.length, units], data: Float32Array.from(masks.flat()) },
  };
}

const depthsByKind = new Map<string, readonly (readonly number[])[]>();

/** The true depth of each text that is held out, at each place. */
export function heldDepths(kinds: string): readonly (readonly number[])[] {
  const known = depthsByKind.get(kinds);
  if (known) return known;
  const { x } = heldTexts(kinds) as { x: NDArray };
  const [m = 0, T = 0] = x.shape;
  const depths = Array.from(
    { length: m },
    (_, row) =>
      bracketTruth(Array.from(x.data.subarray(row * T, (row + 1) * T)), kindsOf(kinds)).depth,
  );
  depthsByKind.set(kinds, depths);
  return depths;
}

export const percent = (share: number): string => `${numberText(100 * share)} %`;

/** The cells that are held at zero, by their number from 0. */
export function outOf({ values }: Frame): number[] {
  return Array.from(values.keep?.data ?? []).flatMap((keep, unit) => (keep === 0 ? [unit] : []));
}

function describeBrackets(frame: Frame): string {
  const out = outOf(frame).map(cellName);
  const held = out.length === 0 ? "" : ` with ${out.join(" and ")} held at zero`;
  const closing = percent(entry(frame.values["accuracy_closing@held"]));
  const all = percent(entry(frame.values["accuracy@held"]));
  const long = percent(entry(frame.values["accuracy@long"]));
  return `After ${frame.step} steps${held} it is right at ${all} of all places of texts held out (at ${closing} of the closing brackets) and at ${long} in texts three times as long.`;
}
