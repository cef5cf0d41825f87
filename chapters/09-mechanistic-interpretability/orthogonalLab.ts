import { type Arrays, entry, filled, ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  cosineAt,
  cosinesOf,
  drawnDirections,
  draws,
  keptOf,
  mostThatFit,
  pairsOf,
  spaces,
  surelyFit,
} from "./orthogonalNumbers.ts";

/** The pairs of so many directions, as they were drawn, are shown. */
const shownDraws = 120;

export const orthogonalLab = defineLab({
  id: "mi-orthogonal",
  version: 2,
  title: "Almost orthogonal",
  invitation:
    "Press Train: the directions push each other apart, and when all fit, one more is put in. Then allow more degrees, or fewer.",
  fields: {
    degrees: {
      kind: "number",
      label: "Near enough to a right angle: within, in degrees,",
      initial: 15,
      min: 1,
      max: 40,
      restarts: true,
      place: "figure",
    },
    d: {
      kind: "choice",
      label: "Dimensions d",
      initial: "32",
      options: spaces.map(({ d }) => ({ value: String(d), label: String(d) })),
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.1, batchSize: 0 }),
  },
  trains: true,
  data: drawn,
  watch: ({ d }) => ["dims.*.N", `dims.${d}.C`],
  describe: describeCounts,
  presets: [
    { label: "Hardly at all", edit: at(2, "32") },
    { label: "Ten degrees", edit: at(10, "64") },
    { label: "Fifteen", edit: at(15, "32") },
    { label: "Thirty, in a plane", edit: at(30, "2") },
  ],
});

function at(degrees: number, d: string): Edit {
  return { config: { degrees, d } };
}

/**
 * What chance does: `sampled` [1, spaces], how many directions of those drawn can be kept; `cosines`
 * [1, pairs], those of the first ones drawn in the space that is looked at. The model asks for neither.
 */
function drawn({ degrees, d }: { readonly degrees: number; readonly d: string }): Arrays {
  const c = cosineAt(degrees);
  const directions = spaces.map((space) =>
    drawnDirections(draws, space.d, randomStream(1, `directions in ${space.d}`).normal),
  );
  const looked = directions[spaces.findIndex((space) => String(space.d) === d)] ?? [];
  return {
    x: filled([1]),
    sampled: ndarray([directions.map((some) => keptOf(some, c))]),
    cosines: ndarray([cosinesOf(looked.slice(0, shownDraws))]),
  };
}

/** What is known of one space. */
export interface Count {
  readonly d: number;
  /** How many of the directions drawn at random can be kept. */
  readonly sampled: number;
  /** How many fit, found by training so far; and the most that it could find. */
  readonly found: number;
  readonly most: number;
  /** Proved: so many fit at least, and at most. */
  readonly atLeast: number;
  readonly atMost: number;
}

/** What is known of all spaces, of few dimensions first. */
export function countsOf({ values, data, config }: Frame): readonly Count[] {
  const c = cosineAt(Number(config.degrees));
  return spaces.map(({ d, most }, i) => ({
    d,
    most,
    sampled: entry(data.sampled, i),
    found: entry(values["dims.*.N"], i),
    atLeast: surelyFit(d, c),
    atMost: mostThatFit(d, c),
  }));
}

/** The space that is looked at. */
export function lookedAt(frame: Frame): Count {
  const found = countsOf(frame).find(({ d }) => String(d) === frame.config.d);
  if (!found) throw new Error(`mi-orthogonal: there is no space of ${frame.config.d} dimensions.`);
  return found;
}

/** The cosines of all pairs: of the directions found by training, and of some as they were drawn. */
export function bothCosines(frame: Frame) {
  const { d, most, found } = lookedAt(frame);
  return {
    trained: pairsOf(most, frame.values[`dims.${d}.C`]?.data ?? [], found),
    random: Array.from(frame.data.cosines?.data ?? []),
  };
}

function describeCounts(frame: Frame): string {
  const { d, sampled, found, most, atLeast, atMost } = lookedAt(frame);
  const trained =
    frame.step === 0
      ? "training has not begun"
      : `training has found ${found}${found === most ? ", the most that it tries" : ""}`;
  return `Within ${numberText(Number(frame.config.degrees), 2)}° of a right angle in ${d} dimensions: of ${draws} drawn at random ${sampled} can be kept; ${trained}. It is proved that ${atLeast} fit, and that ${atMost === atLeast ? "not one more does" : `no more than ${numberText(atMost, 3)} do`}.`;
}
