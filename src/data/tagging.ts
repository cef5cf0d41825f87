import { oneOf, unknownWord, vocabularyOf } from "./sentences.ts";

/** The parts of speech, in the order of their numbers. */
export const tagNames = ["DET", "PRON", "ADJ", "NOUN", "VERB", "AUX", "PREP"] as const;
export type TagName = (typeof tagNames)[number];

/** What a part of speech is called. */
export const tagMeanings: Readonly<Record<TagName, string>> = {
  DET: "determiner",
  PRON: "pronoun",
  ADJ: "adjective",
  NOUN: "noun",
  VERB: "verb",
  AUX: "auxiliary verb",
  PREP: "preposition",
};

/** A sentence, and the part of speech of each of its words. */
export interface TaggedSentence {
  readonly words: readonly string[];
  readonly tags: readonly TagName[];
}

type Tagged = readonly [word: string, tag: TagName];

/** What is a noun or a verb, as its neighbours will have it: the plain form, and that with an s. */
const both = [
  ["coach", "coaches"],
  ["cook", "cooks"],
  ["dance", "dances"],
  ["drink", "drinks"],
  ["guard", "guards"],
  ["guide", "guides"],
  ["judge", "judges"],
  ["nurse", "nurses"],
  ["paint", "paints"],
  ["park", "parks"],
  ["pilot", "pilots"],
  ["plant", "plants"],
  ["play", "plays"],
  ["watch", "watches"],
] as const;
const nounsOnly = [
  ["baker", "bakers"],
  ["dog", "dogs"],
  ["friend", "friends"],
  ["song", "songs"],
] as const;
const verbsOnly = [
  ["follow", "follows"],
  ["hear", "hears"],
  ["remember", "remembers"],
  ["see", "sees"],
] as const;
/** Auxiliaries; the first two are nouns besides. */
const auxiliaries = ["can", "will", "must"] as const;
const adjectives = ["blue", "happy", "old", "small", "young"] as const;
const prepositions = ["behind", "in", "near", "with"] as const;
const one = ["a", "my", "the"] as const;
const many = ["my", "some", "the"] as const;
const subjectsOne = ["he", "she"] as const;
const subjectsMany = ["they", "we", "you"] as const;
const objects = ["him", "it", "them", "us"] as const;

/** The words of the grammar. */
export const taggingVocabulary = vocabularyOf(
  [
    both,
    nounsOnly,
    verbsOnly,
    auxiliaries,
    adjectives,
    prepositions,
    one,
    many,
    subjectsOne,
    subjectsMany,
    objects,
  ].flat(2),
);

/** The most words that a sentence of the grammar has. */
export const longestTagged = 12;

/** How often a noun or a verb is one the reader may not know. */
const strangeShare = 0.05;

type Number = "one" | "many";

/** The word, or what stands for one that is not known. */
function known(word: string, random: () => number): string {
  return random() < strangeShare ? unknownWord : word;
}

function noun(number: Number, random: () => number): Tagged {
  if (number === "one" && random() < 0.1) {
    return [oneOf(auxiliaries.slice(0, 2), random), "NOUN"];
  }
  const [plain, s] = oneOf<readonly [string, string]>(random() < 0.7 ? both : nounsOnly, random);
  return [known(number === "one" ? plain : s, random), "NOUN"];
}

function verb(form: "plain" | "s", random: () => number): Tagged {
  const [plain, s] = oneOf<readonly [string, string]>(random() < 0.7 ? both : verbsOnly, random);
  return [known(form === "plain" ? plain : s, random), "VERB"];
}

/** "the old cook", "some plays", "judges". */
function nounPhrase(number: Number, random: () => number): Tagged[] {
  const adjective: Tagged[] = random() < 0.25 ? [[oneOf(adjectives, random), "ADJ"]] : [];
  const bare = number === "many" && random() < 0.3;
  const determiner: Tagged[] = bare
    ? []
    : [[oneOf<string>(number === "one" ? one : many, random), "DET"]];
  return [...determiner, ...adjective, noun(number, random)];
}

function subject(number: Number, random: () => number): Tagged[] {
  if (random() < 0.3) {
    return [[oneOf<string>(number === "one" ? subjectsOne : subjectsMany, random), "PRON"]];
  }
  return nounPhrase(number, random);
}

const anyNumber = (random: () => number): Number => (random() < 0.5 ? "one" : "many");

function object(random: () => number): Tagged[] {
  if (random() < 0.2) return [[oneOf(objects, random), "PRON"]];
  return nounPhrase(anyNumber(random), random);
}

/**
 * A sentence of a small grammar in which most nouns are verbs too ("the cook can watch the play"), and
 * the words before one say which it is. `random` is uniform on [0, 1).
 */
export function taggedSentence(random: () => number): TaggedSentence {
  const number = anyNumber(random);
  const parts: Tagged[] = [...subject(number, random)];
  if (random() < 0.4) parts.push([oneOf(auxiliaries, random), "AUX"], verb("plain", random));
  else parts.push(verb(number === "one" ? "s" : "plain", random));
  const end = random();
  if (end < 0.65) parts.push(...object(random));
  if (end > 0.4 && end < 0.9) {
    parts.push([oneOf(prepositions, random), "PREP"], ...nounPhrase(anyNumber(random), random));
  }
  return { words: parts.map(([word]) => word), tags: parts.map(([, tag]) => tag) };
}

/**
 * The part of speech that each word has most often in these sentences: all that can be said of a word
 * by itself.
 */
export function usualTags(sentences: readonly TaggedSentence[]): ReadonlyMap<string, TagName> {
  const counts = new Map<string, Map<TagName, number>>();
  for (const { words, tags } of sentences) {
    for (const [i, word] of words.entries()) {
      const own = counts.get(word) ?? new Map<TagName, number>();
      const tag = tags[i] as TagName;
      own.set(tag, (own.get(tag) ?? 0) + 1);
      counts.set(word, own);
    }
  }
  const most = (own: ReadonlyMap<TagName, number>) =>
    [...own].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  return new Map([...counts].map(([word, own]) => [word, most(own)]));
}
