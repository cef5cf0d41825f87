import type { NDArray } from "../../../src/data/ndarray.ts";

/**
 * The way of one token through a GPT: which numbers there are, and where they stand. It knows the taps of
 * `gptOf` by name and works for a model of any size.
 */

export interface PathSizes {
  readonly layers: number;
  readonly heads: number;
  readonly d_model: number;
  readonly d_head: number;
  readonly d_ff: number;
}

/** What there is to look at: a model that has read some tokens. */
export interface PathModel {
  readonly sizes: PathSizes;
  /** The tokens' numbers. */
  readonly tokens: readonly number[];
  /** A token as it is named. */
  readonly nameOf: (token: number) => string;
  /** What the model tapped on them, and its parameters, by name, as far as they are there. */
  readonly values: Readonly<Record<string, NDArray>>;
}

/** Quantities of one place, in the order in which they are made. */
export const quantities = [
  "e",
  "P",
  "resid_pre",
  "norm_1",
  "Q",
  "K",
  "V",
  "S",
  "A",
  "Z",
  "attn",
  "resid_mid",
  "norm_2",
  "z",
  "a",
  "ffn",
  "resid_post",
  "norm_f",
  "logits",
] as const;
export type Quantity = (typeof quantities)[number];

/** One number of the model: of which quantity, in which block and head, at which place, and which of them. */
export interface Spot {
  readonly quantity: Quantity;
  /** From 0; not for what is before the first block or after the last. */
  readonly layer: number;
  /** From 0; for Q, K, V, S, A and Z. */
  readonly head: number;
  readonly place: number;
  /** For S and A: the place that is looked at. */
  readonly index: number;
}

/** The taps' names within a block. */
const inBlock: Partial<Record<Quantity, string>> = {
  resid_pre: "resid_pre",
  norm_1: "norm_1.y",
  Q: "attn.Q",
  K: "attn.K",
  V: "attn.V",
  S: "attn.S",
  A: "attn.A",
  Z: "attn.Z",
  attn: "attn.out",
  resid_mid: "resid_mid",
  norm_2: "norm_2.y",
  z: "ffn.z",
  a: "ffn.a",
  ffn: "ffn.out",
  resid_post: "resid_post",
};
const ofHeads: ReadonlySet<Quantity> = new Set(["Q", "K", "V", "S", "A", "Z"]);

/** The tap that holds a quantity. */
export function tapOf(quantity: Quantity, layer: number): string {
  const own = inBlock[quantity];
  if (own) return `blocks.${layer}.${own}`;
  return quantity === "norm_f" ? "norm_f.y" : quantity;
}

/** All numbers of a quantity at a place, as a view; empty where the tap is not there. */
export function rowAt(
  { values }: Pick<PathModel, "values">,
  { quantity, layer, head, place }: Pick<Spot, "quantity" | "layer" | "head" | "place">,
): Float32Array {
  const array = values[tapOf(quantity, layer)];
  if (!array) return new Float32Array(0);
  const [rows = 0, width = 0] = array.shape.slice(-2);
  const first = (ofHeads.has(quantity) ? head * rows : 0) + place;
  return array.data.subarray(first * width, (first + 1) * width);
}

export function valueAt(model: Pick<PathModel, "values">, spot: Spot): number {
  return rowAt(model, spot)[spot.index] ?? Number.NaN;
}

const subscripts = "₀₁₂₃₄₅₆₇₈₉";
/** A place in a quantity as a subscript, from 1. */
export const sub = (index: number) =>
  [...String(index + 1)].map((digit) => subscripts[Number(digit)]).join("");

/** A number is named after its quantity and its place in it, from 1. */
export function spotName({ quantity, index }: Spot): string {
  return `${letters[quantity]}${sub(index)}`;
}

const letters: Readonly<Record<Quantity, string>> = {
  e: "e",
  P: "P",
  resid_pre: "x",
  norm_1: "y",
  Q: "q",
  K: "k",
  V: "v",
  S: "S",
  A: "A",
  Z: "Z",
  attn: "out",
  resid_mid: "x′",
  norm_2: "y′",
  z: "z",
  a: "a",
  ffn: "out′",
  resid_post: "x″",
  norm_f: "y",
  logits: "logit",
};

/** What a quantity is, in words. */
export const quantityTitles: Readonly<Record<Quantity, string>> = {
  e: "e, the token’s row",
  P: "P, the place’s row",
  resid_pre: "x, the stream before the block",
  norm_1: "y, the stream normalised",
  Q: "q, what each head asks here",
  K: "k, what each head may find here",
  V: "v, what each head would take from here",
  S: "S, how well each key fits",
  A: "A, how each head shares out its attention",
  Z: "Z, what each head has gathered",
  attn: "out, what attention adds",
  resid_mid: "x′, the stream after attention",
  norm_2: "y′, the stream normalised again",
  z: "z, the hidden units before GELU",
  a: "a, the hidden units after it",
  ffn: "out′, what feed-forward adds",
  resid_post: "x″, the stream after the block",
  norm_f: "y, the last stream normalised",
  logits: "the logits, one a token",
};

const parts = {
  start: ["e", "P", "resid_pre"],
  attention: ["resid_pre", "norm_1", "Q", "K", "V", "S", "A", "Z", "attn", "resid_mid"],
  feedForward: ["norm_2", "z", "a", "ffn", "resid_post"],
  end: ["norm_f", "logits"],
} as const satisfies Record<string, readonly Quantity[]>;

export type Part = keyof typeof parts;

/** The part of the model that makes a quantity. */
export function partOf(quantity: Quantity): Part {
  const names = Object.keys(parts) as Part[];
  return names.find((name) => quantitiesOf(name).includes(quantity)) as Part;
}

/** What a part makes, in its order. */
export function quantitiesOf(part: Part): readonly Quantity[] {
  return parts[part];
}

/** The places of the greatest numbers, the greatest first. */
export function mostOf(numbers: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number;
    if (best.length === count && value <= (numbers[best[count - 1] as number] as number)) continue;
    const at = best.findIndex((other) => value > (numbers[other] as number));
    best.splice(at < 0 ? best.length : at, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}
