import { d_model, features, period } from "./words.ts";

type Feature = (typeof features)[number];

/** Weights from features to the three numbers of a query, key or value: what is not named is 0. */
type Reading = Readonly<Partial<Record<Feature, readonly [number, number, number]>>>;

interface Head {
  readonly W_Q: Reading;
  readonly W_K: Reading;
}

/** How the query of a word points to the place `ahead` of it, through the second and third number. */
function placeAhead(ahead: number, strength: number): Reading {
  const turn = (2 * Math.PI * ahead) / period;
  const [c, s] = [strength * Math.cos(turn), strength * Math.sin(turn)];
  return { sin: [0, c, -s], cos: [0, s, c] };
}
const ownPlace = (strength: number): Reading => placeAhead(0, strength);

const byHand = {
  near: {
    W_Q: { article: [2.2, 0, 0], adjective: [2.2, 0, 0], ...placeAhead(1, 2.5) },
    W_K: { noun: [2.2, 0, 0], ...ownPlace(2.5) },
  },
  pronoun: { W_Q: { pronoun: [3, 0, 0] }, W_K: { noun: [3, 0, 0] } },
  back: { W_Q: placeAhead(-1, 8), W_K: ownPlace(8) },
} satisfies Record<string, Head>;

/** Values tell what kind of word is looked at: an adjective, a noun, a verb. */
const kinds: Reading = { adjective: [1, 0, 0], noun: [0, 1, 0], verb: [0, 0, 1] };

function matrix(reading: Reading): number[] {
  return features.flatMap((feature) => reading[feature] ?? [0, 0, 0]);
}

export const headOptions = [
  { value: "near", label: "seeks a noun near by" },
  { value: "pronoun", label: "seeks nouns for pronouns" },
  { value: "back", label: "looks one word back" },
  { value: "random", label: "was drawn at random" },
] as const;

export type HeadName = (typeof headOptions)[number]["value"];

/** The sizes that queries, keys and values may have in a head drawn at random. */
export const widths = ["3", "16", "64", "256"] as const;

interface HeadChoice {
  readonly head: HeadName;
  readonly d_k: (typeof widths)[number];
}

/** The size of queries, keys and values: a head made by hand has three. */
export function widthOf({ head, d_k }: HeadChoice): number {
  return head === "random" ? Number(d_k) : 3;
}

/** The weights of a head that is made by hand, `[1, 7, 3]` each; null for one drawn at random. */
export function weightsByHand(
  head: string,
): Readonly<Record<"W_Q" | "W_K" | "W_V", readonly number[]>> | null {
  if (head !== "near" && head !== "pronoun" && head !== "back") return null;
  const { W_Q, W_K }: Head = byHand[head];
  return { W_Q: matrix(W_Q), W_K: matrix(W_K), W_V: matrix(kinds) };
}

export const weightShape = (choice: HeadChoice): number[] => [1, d_model, widthOf(choice)];
