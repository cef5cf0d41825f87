import { type Arrays, entry, type NDArray } from "../../src/data/ndarray.ts";
import { takeRows } from "../../src/training/batches.ts";
import { type Config, defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { evenly } from "../../src/viz/scale.ts";
import { digits } from "./digits.ts";
import { estimatesOf, roughly } from "./trickNumbers.ts";

/** Pictures that it learns from, the loss being looked at over the first of them. */
const learnt = 1000;
const scored = 100;
const variety = 0.7;
/** How often z is drawn to see how the estimates differ from draw to draw. */
const drawCount = 500;
/** A grid of draws that holds nearly all of the normal distribution, in deviations. */
const gridReach = 4.2;
const gridSide = 21;

/** What is costly to look at: each draw's own gradient, in both ways. */
export const estimateWatches = (d: string) => [
  "grad pathwise.mu@draws",
  "grad score.mu@draws",
  ...(hasGrid(d) ? ["grad pathwise.mu@grid"] : []),
];

/** A grid in more than two dimensions would have too many points. */
const hasGrid = (d: string): boolean => Number(d) <= 2;

export const trickLab = defineLab({
  id: "vae-trick",
  version: 1,
  title: "The reparameterisation trick",
  invitation:
    "Draw z a few times, and watch what comes back to μ and σ. Then choose another way to draw it.",
  fields: {
    sampling: {
      kind: "choice",
      label: "z is",
      initial: "reparameterised",
      options: [
        { value: "reparameterised", label: "μ + σ ⊙ ε" },
        { value: "plain", label: "a plain draw" },
        { value: "score", label: "a plain draw, and the score function" },
      ],
    },
    baseline: { kind: "switch", label: "Baseline for the score function", initial: false },
    d: {
      kind: "choice",
      label: "Numbers of a code d",
      initial: "2",
      options: [
        { value: "1", label: "1" },
        { value: "2", label: "2" },
        { value: "8", label: "8" },
      ],
    },
    digit: {
      kind: "number",
      label: "Picture of a",
      initial: 3,
      min: 0,
      max: 9,
      integer: true,
      place: "figure",
    },
    draw: {
      kind: "number",
      label: "Draw",
      initial: 1,
      min: 1,
      max: 9999,
      integer: true,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.005, batchSize: 64 }),
  },
  trains: true,
  data: ({ d }) => learning(Number(d)),
  scored: () => scored,
  input: (config) => shownInput(config),
  probes: (config) => ({
    few: takeRows(learning(Number(config.d)), firstRows(scored)),
    draws: { ...shownInput(config), draws: manyDraws(Number(config.d)) },
    ...(hasGrid(config.d) && {
      grid: { ...shownInput(config), draws: gridDraws(Number(config.d)) },
    }),
  }),
  watch: () => [
    "mu",
    "log_var",
    "sigma",
    "z",
    "x_hat",
    "reconstruction",
    "KL",
    "grad z",
    "grad drawn.mu",
    "grad drawn.log_var",
    "grad priced.mu",
    "grad priced.log_var",
  ],
  closely: ({ d }) => estimateWatches(d),
  records: ["reconstruction@few", "KL@few"],
  describe: describeTrick,
  openingSteps: 60,
  presets: [
    { label: "The trick", edit: ways("reparameterised", false) },
    { label: "A plain draw", edit: ways("plain", false) },
    { label: "Score function", edit: ways("score", false) },
    { label: "… with a baseline", edit: ways("score", true) },
  ],
});

function ways(sampling: string, baseline: boolean) {
  return { config: { sampling, baseline }, release: true } as const;
}

const firstRows = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

const known = new Map<number, Arrays>();

/** The pictures, each with a draw of its own for the loss to be looked at; `d` is 1, 2 or 8. */
function learning(d: number): Arrays {
  const before = known.get(d);
  if (before) return before;
  const { x, y } = takeRows(digits(variety), firstRows(learnt));
  const { normal } = randomStream(1, "draws to look at the loss by");
  const epsilon = Float32Array.from({ length: learnt * d }, normal);
  const made = { x: x as NDArray, y: y as NDArray, epsilon: { shape: [learnt, d], data: epsilon } };
  known.set(d, made);
  return made;
}

/** The picture on show, with the draw of ε that is on show. */
export function shownInput({ d, digit, draw }: Config): Arrays {
  const numbers = Number(d);
  const { normal } = randomStream(Number(draw), "the draw on show");
  return {
    ...takeRows(learning(numbers), [Number(digit)]),
    epsilon: { shape: [1, numbers], data: Float32Array.from({ length: numbers }, normal) },
  };
}

function manyDraws(d: number): NDArray {
  const { normal } = randomStream(1, "many draws");
  return { shape: [drawCount, d], data: Float32Array.from({ length: drawCount * d }, normal) };
}

const gridPlaces = evenly([-gridReach, gridReach], gridSide);

function gridDraws(d: number): NDArray {
  const rows =
    d === 1
      ? gridPlaces.map((at) => [at])
      : gridPlaces.flatMap((first) => gridPlaces.map((second) => [first, second]));
  return { shape: [rows.length, d], data: Float32Array.from(rows.flat()) };
}

/** The weight of each draw of the grid: the normal density there; they sum to 1. */
export function gridWeights(d: number): number[] {
  const { data } = gridDraws(d);
  const density = Array.from({ length: data.length / d }, (_, row) => {
    const square = data.subarray(row * d, (row + 1) * d).reduce((sum, e) => sum + e * e, 0);
    return Math.exp(-square / 2);
  });
  const whole = density.reduce((sum, weight) => sum + weight, 0);
  return density.map((weight) => weight / whole);
}

function describeTrick(frame: Frame): string {
  const { values, config, curve } = frame;
  const back = Array.from(values["grad drawn.mu"]?.data ?? []);
  const few = (name: string) => numberText(curve.others?.[`${name}@few`]?.at(-1));
  const flows = back.some((slope) => slope !== 0)
    ? `Through z comes back to μ₁: ${numberText(back[0])}.`
    : "Through z nothing comes back to μ and σ.";
  const estimates = estimatesOf(values, 0, Number(config.d));
  const ratio = estimates
    ? ` The score function needs about ${roughly(estimates.ratio)} draws where the trick needs one.`
    : "";
  const learning =
    frame.step > 0 && curve.others
      ? ` After ${frame.step} steps a picture costs ${few("reconstruction")} nats given its code, and the code ${few("KL")}.`
      : "";
  return `${flows}${ratio}${learning}`;
}

/** The gradient of a watch on the picture on show, at one number of the code. */
export function slopeAt({ values }: Pick<Frame, "values">, name: string, k: number): number {
  return entry(values[`grad ${name}`], k);
}
