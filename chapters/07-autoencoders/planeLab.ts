import { type Arrays, entry, filled, type NDArray } from "../../src/data/ndarray.ts";
import { takeRows } from "../../src/training/batches.ts";
import { defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { evenly } from "../../src/viz/scale.ts";
import { digits, emptyPictures } from "./digits.ts";
import { shareAtHome } from "./planeNumbers.ts";

/** Classes that a conditional model can be told. */
export const classes = 10;
/** How much the hands differ: less than elsewhere, so that two numbers are nearly enough. */
const variety = 0.7;
/** At most so many pictures are kept from training and shown on the plane. */
const mostHeldOut = 200;

/** The window on the plane of codes, the same in both directions. */
export const reach = 3.2;
/** So many pictures a side lie on the ground of the plane. */
export const groundSide = 10;

/** The most numbers that a code may have. */
export const longest = 16;

/** A dimension of the code that says less than this, in nats a picture, says as good as nothing. */
export const silent = 0.05;

const plain = { z: 2, beta: 1, freeBits: 0, warmUp: 0, conditional: false } as const;

export const planeLab = defineLab({
  id: "vae-plane",
  version: 1,
  title: "The plane of digits",
  invitation: "Move over the plane: the decoder draws what lies under your hand.",
  fields: {
    beta: { kind: "number", label: "Price of the code β", initial: plain.beta, min: 0, max: 100 },
    z: {
      kind: "number",
      label: "Numbers of a code d",
      initial: plain.z,
      min: 2,
      max: longest,
      integer: true,
    },
    freeBits: {
      kind: "number",
      label: "Free bits λ (nats a number)",
      initial: plain.freeBits,
      min: 0,
      max: 3,
    },
    warmUp: {
      kind: "number",
      label: "Warm-up of β (steps)",
      initial: plain.warmUp,
      min: 0,
      max: 2000,
      integer: true,
      restarts: true,
    },
    conditional: {
      kind: "switch",
      label: "Tell it the digit",
      initial: plain.conditional,
    },
    source: {
      kind: "choice",
      label: "Pictures",
      initial: "digits",
      options: [
        { value: "digits", label: "stroke digits" },
        { value: "own", label: "your own" },
      ],
      restarts: true,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.003, batchSize: 64 }),
  },
  trains: true,
  data: ({ source }) => (source === "own" ? ownPicturesToBe() : bookPictures()),
  heldOut: (_, { x }) => {
    const count = x?.shape[0] ?? 0;
    return Array.from({ length: Math.min(mostHeldOut, Math.floor(count / 5)) }, (_, row) => row);
  },
  scored: () => 64,
  input: ({ source }) => pairOf(source === "own" ? ownPicturesToBe() : bookPictures(), [6, 7]),
  // Those of a figure that nobody has touched yet; a live one puts its own in their place.
  probes: ({ z }) => {
    const base = new Array<number>(z).fill(0);
    return {
      ground: groundOf({ base, axes: [0, 1], digit: 0 }),
      walk: codesOf([base], 0),
      traversal: traversalOf(base, 0),
    };
  },
  watch: () => [
    "mu",
    "mu@test",
    "KL_d@test",
    "KL@test",
    "reconstruction@test",
    "beta_t@test",
    "x_hat@ground",
  ],
  closely: () => ["x_hat@walk", "x_hat@traversal"],
  records: ["reconstruction@test", "KL@test"],
  describe: describePlane,
  checkpoint: { steps: 1500 },
  presets: [
    { label: "Two numbers", edit: { config: plain } },
    { label: "Collapse", edit: { config: { ...plain, beta: 20 } } },
    { label: "Free bits", edit: { config: { ...plain, beta: 20, freeBits: 1 } } },
    { label: "Sixteen, dear", edit: { config: { ...plain, z: 16, beta: 8 } } },
    { label: "… warmed up", edit: { config: { ...plain, z: 16, beta: 8, warmUp: 400 } } },
    { label: "Eight numbers", edit: { config: { ...plain, z: 8 } } },
    { label: "Told the digit", edit: { config: { ...plain, conditional: true } } },
  ],
});

let pictures: Arrays | null = null;
let blank: Arrays | null = null;

function bookPictures(): Arrays {
  pictures ??= withDraws(digits(variety));
  return pictures;
}

function ownPicturesToBe(): Arrays {
  blank ??= withDraws(emptyPictures());
  return blank;
}

/** Pictures with the draws by which the loss over them is looked at, enough for the longest code. */
export function withDraws({ x, y }: Arrays): Arrays {
  const count = x?.shape[0] ?? 0;
  const { normal } = randomStream(1, "draws to look at the loss by");
  const epsilon = Float32Array.from({ length: count * longest }, normal);
  return {
    x: x as NDArray,
    y: y ?? filled([count]),
    epsilon: { shape: [count, longest], data: epsilon },
  };
}

/** Pictures of a set as the lab's input, without chance: z = μ. */
export function pairOf(set: Arrays, rows: readonly number[]): Arrays {
  const { x, y } = set;
  return {
    ...takeRows({ x: x as NDArray, y: y as NDArray }, rows),
    epsilon: filled([rows.length, longest]),
  };
}

/** A plane through the space of codes: all numbers but two as in `base`. */
export interface Slice {
  readonly base: ArrayLike<number>;
  readonly axes: readonly [across: number, up: number];
  /** What a conditional decoder is told. */
  readonly digit: number;
}

/** Codes with the digit that each is to be decoded as. */
export function codesOf(codes: readonly (readonly number[])[], digit: number): Arrays {
  const d = codes[0]?.length ?? 0;
  return {
    code: { shape: [codes.length, d], data: Float32Array.from(codes.flat()) },
    y: filled([codes.length], digit),
  };
}

/** The code at a place of the slice. */
export function codeAt({ base, axes: [across, up] }: Slice, [x, y]: readonly [number, number]) {
  return Array.from(base, (number, k) => (k === across ? x : k === up ? y : number));
}

/** The codes of the ground: row by row from the top of the plane. */
export function groundOf(slice: Slice): Arrays {
  const step = reach / groundSide;
  const places = evenly([-reach + step, reach - step], groundSide);
  const codes = [...places].reverse().flatMap((y) => places.map((x) => codeAt(slice, [x, y])));
  return codesOf(codes, slice.digit);
}

/** So many places of a number are shown, from one end to the other. */
export const traversalSteps = 9;
export const traversalEnd = 2.4;

/** Every number in turn from one end to the other, the others as in `code`. */
export function traversalOf(code: readonly number[], digit: number): Arrays {
  const places = evenly([-traversalEnd, traversalEnd], traversalSteps);
  const codes = code.flatMap((_, k) =>
    places.map((at) => code.map((number, i) => (i === k ? at : number))),
  );
  return codesOf(codes, digit);
}

/** The divergences of the single numbers, over the pictures held out. */
export function divergences({ values }: Pick<Frame, "values">): number[] {
  return Array.from(values["KL_d@test"]?.data ?? []);
}

/** The share of the pictures held out whose codes lie among their own kind; NaN while none are known. */
export function shareOfKind({ values, data, heldOut }: Frame): number {
  const codes = values["mu@test"];
  if (!codes) return Number.NaN;
  return shareAtHome(codes, (row) => entry(data.y, heldOut[row]));
}

function describePlane(frame: Frame): string {
  const { values, config } = frame;
  const each = divergences(frame);
  const speaking = each.filter((nats) => nats >= silent).length;
  const state =
    speaking === 0
      ? "The code says nothing any more: collapse."
      : `${speaking} of ${each.length} numbers say something.`;
  const beta = entry(values["beta_t@test"]);
  const now = beta === config.beta ? "" : ` (β is at ${numberText(beta)} so far)`;
  return `Held out, a picture costs ${numberText(entry(values["reconstruction@test"]))} nats given its code, and its code ${numberText(entry(values["KL@test"]))}${now}. ${state}`;
}
