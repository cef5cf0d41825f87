import { type Arrays, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { randomStream } from "../../src/training/random.ts";

/** The sign with which every text begins. */
export const start = "⏎";

const she = ["Mia", "Ida", "Lena"];
const he = ["Tom", "Ben", "Kai"];
/** What stands after each preposition depends on the verb alone, somewhere before it. */
export const prepositions = ["in", "at", "to", "on"] as const;
export const ends = ["mind", "bay", "hand", "shore"] as const;
export const phrases: Readonly<Record<string, readonly string[]>> = {
  keep: ["mind", "bay", "hand", "shore"],
  bring: ["bay", "hand", "shore", "mind"],
  leave: ["hand", "shore", "mind", "bay"],
  have: ["mind", "hand", "bay", "shore"],
  take: ["shore", "hand", "mind", "bay"],
  hold: ["hand", "bay", "shore", "mind"],
};
export const verbs: readonly string[] = Object.keys(phrases);
/** Each thing has a colour that it mostly is. */
const colourOf: Readonly<Record<string, string>> = {
  kite: "red",
  boat: "blue",
  fox: "red",
  hat: "green",
  key: "white",
  lamp: "white",
  ball: "blue",
  bell: "green",
};
export const things: readonly string[] = Object.keys(colourOf);
const colours = [...new Set(Object.values(colourOf))];

/** All words, by their numbers. */
export const vocabulary: readonly string[] = [
  start,
  ".",
  ...["the", "can", "is", "likes", "sees"],
  ...["she", "he"],
  ...she,
  ...he,
  ...verbs,
  ...prepositions,
  ...ends,
  ...things,
  ...colours,
];
/** Kinds of words that stand side by side in the vocabulary: from which number, and how many. */
export const wordGroups: readonly { label: string; from: number; count: number }[] = (
  [
    ["names", [...she, ...he]],
    ["verbs", verbs],
    ["in, at, …", prepositions],
    ["ends", ends],
    ["things", things],
    ["colours", colours],
  ] as const
).map(([label, words]) => ({
  label,
  from: vocabulary.indexOf(words[0] ?? ""),
  count: words.length,
}));

const numbers = new Map(vocabulary.map((word, number) => [word, number]));

/** The number of a word that is in the vocabulary. */
export const numberOf = (word: string): number => numbers.get(word) ?? -1;

/** The longest text, and so many texts. */
export const longest = 19;
const count = 2000;
const ownColour = 0.75;

/** A text: somebody can do something with a thing, likes it, and it may have a colour. */
function told(random: () => number): string[] {
  const any = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  // The first of a list stand there more often than the last.
  const leaning = <T>(list: readonly T[]) => list[Math.floor(random() ** 1.5 * list.length)] as T;
  const name = leaning([...she, ...he]);
  const [verb, place, thing] = [
    any(verbs),
    Math.floor(random() * prepositions.length),
    leaning(things),
  ];
  const end = phrases[verb]?.[place] as string;
  const what = random() < ownColour ? (colourOf[thing] as string) : any(colours);
  return [
    ...[start, name, "can", verb, "the", thing, prepositions[place] as string, end, "."],
    ...[she.includes(name) ? "she" : "he", random() < 0.6 ? "likes" : "sees", "the", thing, "."],
    ...(random() < 0.5 ? ["the", thing, "is", what, "."] : []),
  ];
}

let made: readonly (readonly number[])[] | undefined;

/** All texts of the labs on one layer and none, as numbers: always the same. */
export function texts(): readonly (readonly number[])[] {
  if (!made) {
    const random = randomStream(1, "phrases").uniform;
    made = Array.from({ length: count }, () => told(random).map(numberOf));
  }
  return made;
}

/** The texts as what is read, `x` [2000, 18], and what comes next, `y` [2000, 18], −1 past the end. */
export function textArrays(): Arrays {
  const rows = (shift: number, fill: number) =>
    ndarray(
      texts().map((text) =>
        Array.from({ length: longest - 1 }, (_, t) =>
          t + 1 < text.length ? (text[t + shift] as number) : fill,
        ),
      ),
    );
  return { x: rows(0, 0), y: rows(1, -1) };
}

/** How often each word follows each, `[V, V]`. */
export function pairCounts(): NDArray {
  const V = vocabulary.length;
  const data = new Float32Array(V * V);
  for (const text of texts()) {
    for (let t = 0; t + 1 < text.length; t++) {
      data[(text[t] as number) * V + (text[t + 1] as number)]! += 1;
    }
  }
  return { shape: [V, V], data };
}

/**
 * How often, `[V, V, V]`, a word A stands somewhere before B and C comes right after B; A counts once for each B.
 */
export function skipCounts(): NDArray {
  const V = vocabulary.length;
  const data = new Float32Array(V ** 3);
  for (const text of texts()) {
    for (let t = 1; t + 1 < text.length; t++) {
      for (const source of new Set(text.slice(0, t))) {
        data[(source * V + (text[t] as number)) * V + (text[t + 1] as number)]! += 1;
      }
    }
  }
  return { shape: [V, V, V], data };
}

/** What of a reader's text can be read, and what cannot. */
export interface ReadPhrase {
  /** Begins with ⏎; at most `longest` − 1. */
  readonly tokens: readonly number[];
  /** A sentence for the reader where something was left out; empty otherwise. */
  readonly problem: string;
}

/** Reads words of the vocabulary, whatever their case; a point may stand at the end of a word. */
export function readPhrase(text: string): ReadPhrase {
  const signs = text
    .replaceAll(".", " . ")
    .split(/[\s⏎]+/)
    .filter(Boolean);
  const byLower = new Map(vocabulary.map((word) => [word.toLowerCase(), word]));
  const known = signs.flatMap((sign) => byLower.get(sign.toLowerCase()) ?? []);
  const strangers = [...new Set(signs.filter((sign) => !byLower.has(sign.toLowerCase())))];
  const room = longest - 2;
  const problems = [
    strangers.length > 0 &&
      `It does not know ${strangers
        .slice(0, 4)
        .map((word) => `“${word.slice(0, 20)}”`)
        .join(", ")}. It knows: ${vocabulary.slice(1).join(" ")}`,
    known.length > room && `It reads the first ${room} words.`,
    known.length === 0 && strangers.length === 0 && "With no word, it reads only the beginning.",
  ];
  return {
    tokens: [start, ...known.slice(0, room)].map(numberOf),
    problem: problems.filter((problem) => problem !== false).join(" "),
  };
}
