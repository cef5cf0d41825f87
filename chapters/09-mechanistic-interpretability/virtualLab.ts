import { entry, filled, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { heldRepeats } from "./heldRepeats.ts";
import { lettersInput, repeatSizes, repeats } from "./repeats.ts";
import {
  headWires,
  type ReadKind,
  readers,
  readerText,
  type Wire,
  wireEntry,
  wireNamed,
  wires,
  writers,
  writerText,
} from "./wires.ts";

/** The root of the mean square of a score, when what is written is turned at random. */
export const chance = 1 / Math.sqrt(repeatSizes.d_model);

export const virtualLab = defineLab({
  id: "mi-virtual",
  version: 1,
  title: "Virtual weights",
  invitation:
    "Each line is one part of the model that reads what another has written. Choose one, and cut it.",
  fields: {
    wire: {
      kind: "choice",
      label: "Wire",
      initial: "1.1>2.1.K",
      options: wires.map(({ name }) => ({ value: name, label: name })),
      place: "figure",
    },
    text: {
      kind: "text",
      label: "Letters",
      initial: "GAMBLINGAMBLINGAM",
      longest: 60,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
  },
  trains: true,
  data: (_config, random) => repeats(3200, random),
  scored: () => 16,
  input: ({ text }) => lettersInput(text),
  probes: () => ({
    held: heldRepeats(),
    turned: { turned: ndarray([1]) },
  }),
  watch: () => ["score", "wires", "W_virtual", "p", "right@held", "by_chance@turned"],
  describe: describeWires,
  checkpoint: { steps: 400 },
  presets: [
    { label: "All wires", edit: { release: ["wires"] } },
    { label: "No keys from heads", edit: withoutHeads("K") },
    { label: "No queries from heads", edit: withoutHeads("Q") },
    { label: "No values from heads", edit: withoutHeads("V") },
  ],
});

/** The tap `wires` [6, 13] with these wires and no others. */
export function onlyWires(isIn: (wire: Wire) => boolean): NDArray {
  const gates = filled([writers.length, readers.length], 1);
  for (const wire of wires) gates.data[wireEntry(wire)] = isIn(wire) ? 1 : 0;
  return gates;
}

/** Cuts the wires by which heads read for this what other heads wrote. */
function withoutHeads(kind: ReadKind): Edit {
  const cut = headWires.filter((wire) => wire.kind === kind);
  return { write: { wires: onlyWires((wire) => !cut.includes(wire)) } };
}

/** What is known of a wire. */
export function wireState({ values }: Pick<Frame, "values">, wire: Wire) {
  return {
    score: entry(values.score, wireEntry(wire)),
    isCut: entry(values.wires, wireEntry(wire)) === 0,
  };
}

/** The wires that are not cut. */
export const wholeWires = (frame: Pick<Frame, "values">): Wire[] =>
  wires.filter((wire) => !wireState(frame, wire).isCut);

/** The share of letters that can be known and are guessed right, in sequences kept apart. */
export const rightShare = ({ values }: Pick<Frame, "values">): number =>
  entry(values["right@held"], 0);

/** "head 1.1 → the keys of head 2.1". */
export const wireText = ({ from, to }: Pick<Wire, "from" | "to">): string =>
  `${writerText(from)} → ${readerText(to)}`;

function describeWires(frame: Frame): string {
  const wire = wireNamed(String(frame.config.wire));
  const { score, isCut } = wireState(frame, wire);
  const cut = wires.length - wholeWires(frame).length;
  const state = cut === 0 ? "Nothing is cut." : `${cut} of ${wires.length} wires are cut.`;
  return `${wireText(wire)}${isCut ? " (cut)" : ""}: ${numberText(score, 3)}, by chance ${numberText(chance, 3)}. ${state} Of the letters that can be known ${numberText(100 * rightShare(frame), 3)} % are guessed right.`;
}
