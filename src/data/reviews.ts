import { oneOf, shuffledBy, unknownWord, vocabularyOf } from "./sentences.ts";

/** A sentence about a film, and what it says of it all in all: 1 for praise, 0 for blame. */
export interface Review {
  readonly words: readonly string[];
  readonly verdict: 0 | 1;
}

const things = ["acting", "camera", "cast", "ending", "film", "music", "plot", "story"] as const;
export const praise = [
  "brilliant",
  "clever",
  "fresh",
  "funny",
  "good",
  "lovely",
  "moving",
] as const;
export const blame = ["awful", "bad", "boring", "dull", "lazy", "silly", "slow"] as const;
const degrees = ["quite", "really", "so", "very"] as const;
/** Each verb in the past and as it stands after "did not". */
const likes = [
  ["enjoyed", "enjoy"],
  ["liked", "like"],
  ["loved", "love"],
] as const;
const dislikes = [
  ["disliked", "dislike"],
  ["hated", "hate"],
] as const;

/** The words of the grammar. */
export const reviewVocabulary = vocabularyOf([
  ...["although", "and", "but", "did", "i", "not", "the", "was"],
  ...things,
  ...praise,
  ...blame,
  ...degrees,
  ...likes.flat(),
  ...dislikes.flat(),
]);

/** The most words that a sentence of the grammar has. */
export const longestReview = 13;

/** How often a thing is one the reader may not know. */
const strangeShare = 0.06;

/** A clause of the verdict that is asked for, about this thing: "not" turns round the word behind it. */
function clause(verdict: 0 | 1, about: string, random: () => number): string[] {
  const thing = random() < strangeShare ? unknownWord : about;
  const negated = random() < 0.4;
  const isPraise = (verdict === 1) !== negated;
  if (random() < 0.3) {
    const [past, plain] = oneOf<readonly [string, string]>(isPraise ? likes : dislikes, random);
    return negated ? ["i", "did", "not", plain, "the", thing] : ["i", past, "the", thing];
  }
  const quality = oneOf<string>(isPraise ? praise : blame, random);
  const degree = random() < 0.3 ? [oneOf(degrees, random)] : [];
  return ["the", thing, "was", ...(negated ? ["not"] : []), ...degree, quality];
}

/**
 * A sentence of a small grammar of praise and blame. What it says all in all depends on the order of
 * its words: of "A but B" B counts, of "A although B" and "although B A" A does, and "not" turns round
 * what follows it. `random` is uniform on [0, 1).
 */
export function review(random: () => number): Review {
  const verdict = random() < 0.5 ? 1 : 0;
  const other = verdict === 1 ? 0 : 1;
  const [first = "", second = ""] = shuffledBy(things, random);
  const main = clause(verdict, first, random);
  const form = random();
  if (form < 0.3) return { words: main, verdict };
  if (form < 0.4) return { words: [...main, "and", ...clause(verdict, second, random)], verdict };
  const aside = clause(other, second, random);
  if (form < 0.76) return { words: [...aside, "but", ...main], verdict };
  if (form < 0.88) return { words: [...main, "although", ...aside], verdict };
  return { words: ["although", ...aside, ...main], verdict };
}
