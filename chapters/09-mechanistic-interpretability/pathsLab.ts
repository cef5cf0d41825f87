import { entry } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { heldRepeats } from "./heldRepeats.ts";
import { askedOf, pathsInto, scoreTap } from "./pathsNumbers.ts";
import { letterOf, lettersInput, repeatSizes, repeats } from "./repeats.ts";

const { T, V, heads } = repeatSizes;

const number = (label: string, max: number) =>
  ({ kind: "number", label, initial: 0, min: 0, max, integer: true, place: "figure" }) as const;

export const pathsLab = defineLab({
  id: "mi-paths",
  version: 1,
  title: "Every path through the model",
  invitation: "Choose a path to see what it says. Take it out, and see who misses it.",
  fields: {
    letters: {
      kind: "text",
      label: "Letters",
      initial: "GAMBLINGAMBLIN",
      longest: 60,
      place: "figure",
    },
    place: number("Asked place (0: the last)", T),
    letter: number("Letter (0: the likeliest)", V),
    open: number("Open path (0: the largest)", 18),
    head: { ...number("Head of the second layer", heads), initial: 1, min: 1 },
    from: number("Place looked at (0: where it looks most)", T),
    apart: { kind: "switch", label: "Letter and place apart", initial: false, place: "figure" },
    ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
  },
  trains: true,
  data: (_config, random) => repeats(3200, random),
  scored: () => 16,
  input: ({ letters }) => lettersInput(letters),
  probes: () => ({ held: heldRepeats() }),
  watch: ({ head }) => [
    ...["logits", "p", "paths.p", "paths.error"],
    ...["terms", "kept", "along", "table"].map((name) => `paths.${name}`),
    ...["paths.L@held", "paths.L_without@held"],
    ...["S_parts", "kept", "A"].map((name) => scoreTap(head - 1, name)),
  ],
  describe: describePaths,
  checkpoint: { of: "mi-virtual" },
  presets: [
    { label: "All paths", edit: { release: true } },
    { label: "No virtual heads", edit: keeping((passed) => passed.length < 2) },
    {
      label: "Only the second layer’s heads",
      edit: keeping((passed) => passed.length === 1 && passed[0]?.startsWith("2.") === true),
    },
    { label: "Blind to the first layer", edit: blind() },
  ],
});

/** Which paths are kept, by the heads that they pass. */
function keeping(isKept: (heads: readonly string[]) => boolean): Edit {
  const kept = pathsInto(2, {}).map((path) => Number(isKept(path.heads)));
  return { config: { apart: false }, release: true, write: { "paths.kept": kept } };
}

/** The scores of the second layer without what the first has written. */
function blind(): Edit {
  const alone = pathsInto(1, {}).map((_, q, all) => all.map((_, k) => Number(q + k === 0)));
  const write = Object.fromEntries(
    Array.from({ length: heads }, (_, head) => [scoreTap(head, "kept"), alone]),
  );
  return { config: { apart: false }, release: true, write };
}

function describePaths(frame: Frame): string {
  const { values, held } = frame;
  const { place, letter } = askedOf(frame);
  const count = values["paths.kept"]?.data.length ?? 0;
  const p = numberText(100 * entry(values["paths.p"], place * V + letter), 3);
  const error = entry(values["paths.error"]);
  const isCut = held.some((name) => name.startsWith("paths."));
  const sum = isCut
    ? `What is in is off the model’s logits by up to ${numberText(error, 2)}`
    : `The ${count} paths sum to the model’s logits, off by ${numberText(error, 1)} at most`;
  const loss = numberText(entry(values["paths.L@held"]), 2);
  return `${sum}. It gives ${letterOf(letter)} ${p} % after place ${place + 1}; on sequences kept apart its loss is ${loss}.`;
}
