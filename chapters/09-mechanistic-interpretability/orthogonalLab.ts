import { filled } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { degreesOff, pairsOf, spreadOfPairs, welchBound } from "./orthogonalNumbers.ts";

export const orthogonalLab = defineLab({
  id: "mi-orthogonal",
  version: 1,
  title: "Almost orthogonal",
  invitation:
    "Twice as many directions as there are dimensions, at random. Press Train: they make room for each other.",
  fields: {
    N: { kind: "number", label: "Directions N", initial: 64, min: 2, max: 256, integer: true },
    d: { kind: "number", label: "Dimensions d", initial: 32, min: 2, max: 128, integer: true },
    degrees: {
      kind: "number",
      label: "Near enough to a right angle: within, in degrees,",
      initial: 12,
      min: 0.5,
      max: 45,
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.03, batchSize: 0 }),
  },
  trains: true,
  // The loss asks the directions alone; an example is only there to be counted.
  data: () => ({ x: filled([1]) }),
  watch: () => ["C", "C_random"],
  describe: describePairs,
  presets: [
    { label: "As many as dimensions", edit: many(32, 32, 2) },
    { label: "Twice as many", edit: many(64, 32, 12) },
    { label: "Eight times as many", edit: many(256, 32, 22) },
    { label: "256 in 128", edit: many(256, 128, 5) },
    { label: "Eight in a plane", edit: many(8, 2, 12) },
  ],
});

function many(N: number, d: number, degrees: number): Edit {
  return { config: { N, d, degrees } };
}

/** The pairs of the trained directions and of those that stay as they were drawn. */
export function bothSpreads({ values, config }: Pick<Frame, "values" | "config">) {
  const of = (name: "C" | "C_random") => {
    const cosines = pairsOf({ length: Number(config.N) }, values[name]?.data ?? []);
    return { cosines, ...spreadOfPairs(cosines, Number(config.degrees)) };
  };
  return { trained: of("C"), random: of("C_random") };
}

function describePairs(frame: Frame): string {
  const { N, d, degrees } = frame.config as Record<"N" | "d" | "degrees", number>;
  const { trained, random } = bothSpreads(frame);
  const least = degreesOff(welchBound(N, d));
  const bound =
    N <= d
      ? "All of them could be at right angles."
      : `No ${N} directions in ${d} dimensions can all be within ${numberText(least, 2)}°.`;
  return `Of ${N} directions in ${d} dimensions, ${numberText(100 * trained.within, 3)} % of the pairs are within ${numberText(degrees, 2)}° of a right angle, the farthest is ${numberText(trained.farthest, 3)}° off; as they were drawn, ${numberText(100 * random.within, 3)} % and ${numberText(random.farthest, 3)}°. ${bound}`;
}
