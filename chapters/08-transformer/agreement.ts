import { type Arrays, ndarray } from "../../src/data/ndarray.ts";
import { distinct, oneOf, type Parted } from "../../src/data/sentences.ts";

/*
 * A grammar in which words agree with others that may stand far away: a verb and a reflexive pronoun with
 * the subject, though another noun may stand between; “a” or “an” with the word that follows.
 */

/** What fills a short sentence up, and what stands where a word is hidden. */
export const [filling, gap] = ["", "▢"] as const;

interface Noun {
  readonly word: string;
  readonly isPlural: boolean;
  readonly reflexive: "himself" | "herself" | "itself" | "themselves";
}

const nouns: readonly Noun[] = (
  [
    ["boy", "himself"],
    ["king", "himself"],
    ["girl", "herself"],
    ["queen", "herself"],
    ["dog", "itself"],
    ["cat", "itself"],
  ] as const
).flatMap(([word, reflexive]) => [
  { word, isPlural: false, reflexive },
  { word: `${word}s`, isPlural: true, reflexive: "themselves" as const },
]);
const adjectives = ["old", "angry", "small", "happy"] as const;
const prepositions = ["near", "behind"] as const;
const verbs = [
  ["sees", "see"],
  ["likes", "like"],
  ["washes", "wash"],
] as const;

/** The kinds of words of which one agrees with something elsewhere, and the forms that each has. */
export const agreements = {
  verb: { label: "verbs", forms: [verbs.map(([one]) => one), verbs.map(([, many]) => many)] },
  reflexive: {
    label: "pronouns",
    forms: [["himself"], ["herself"], ["itself"], ["themselves"]],
  },
  article: { label: "a or an", forms: [["a"], ["an"]] },
} as const;
export type Agreement = keyof typeof agreements;
export const agreementNames = Object.keys(agreements) as Agreement[];

/** The words that the model knows; a word’s number is its place here. */
export const vocabulary: readonly string[] = [
  filling,
  gap,
  "the",
  "a",
  "an",
  ...adjectives,
  ...nouns.map(({ word }) => word),
  ...prepositions,
  ...verbs.flat(),
  ...agreements.reflexive.forms.flat(),
];

/** The most words of a sentence: “near an old king the small girls see themselves” has nine. */
export const longest = 10;

function phrase(noun: Noun, random: () => number, adorned: number): string[] {
  const adjective = random() < adorned ? [oneOf(adjectives, random)] : [];
  const [next = noun.word] = adjective;
  const article = noun.isPlural || random() < 0.4 ? "the" : /^[aeiou]/.test(next) ? "an" : "a";
  return [article, ...adjective, noun.word];
}

/** A sentence: its subject with or without another noun near by, before or after it; a verb; whom it is about. */
function sentence(random: () => number): string[] {
  const subject = oneOf(nouns, random);
  const other = [oneOf(prepositions, random), ...phrase(oneOf(nouns, random), random, 0.3)];
  const where = random();
  const [sees, see] = oneOf(verbs, random);
  const whom = random() < 0.6 ? [subject.reflexive] : phrase(oneOf(nouns, random), random, 0);
  return [
    ...(where < 0.35 ? other : []),
    ...phrase(subject, random, 0.4),
    ...(where >= 0.35 && where < 0.75 ? other : []),
    subject.isPlural ? see : sees,
    ...whom,
  ];
}

/** Sentences to learn from, and others. */
export function agreeingSentences(
  counts: { readonly training: number; readonly heldOut: number },
  random: () => number,
): Parted<readonly string[]> {
  return distinct(
    () => sentence(random),
    (words) => words.join(" "),
    counts,
  );
}

/** What of a typed sentence the model can read: the words that it knows, ten at most; and the others. */
export function readWords(text: string): { words: string[]; strange: string[]; leftOut: number } {
  const typed =
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}'’]+/gu) ?? [];
  const known = typed.filter((word) => wordNumber(word) > 1);
  return {
    words: known.length > 0 ? known.slice(0, longest) : ["the"],
    strange: [...new Set(typed.filter((word) => wordNumber(word) <= 1))],
    leftOut: Math.max(0, known.length - longest),
  };
}

/** The number of a word; −1 of one that is not known. */
export const wordNumber = (word: string): number => vocabulary.indexOf(word);

/** A sentence as the model reads it, the word at `hidden` replaced; a row of `longest` numbers. */
export function tokensOf(words: readonly string[], hidden: number): number[] {
  return Array.from({ length: longest }, (_, t) =>
    wordNumber(t === hidden ? gap : (words[t] ?? filling)),
  );
}

/** Sentences, each as often as it has words, each time another hidden: `x` [n, T], and `y` [n, T], −1 but where the word is hidden. */
export function hiddenWords(sentences: readonly (readonly string[])[]): Arrays {
  const rows = sentences.flatMap((words) => words.map((word, t) => ({ words, word, t })));
  const wanted = ({ word, t }: (typeof rows)[number]) =>
    Array.from({ length: longest }, (_, i) => (i === t ? wordNumber(word) : -1));
  return {
    x: ndarray(rows.map(({ words, t }) => tokensOf(words, t))),
    y: ndarray(rows.map(wanted)),
  };
}

/** A sentence with an agreeing word hidden, and the form that it has to have. */
export interface Question {
  readonly words: readonly string[];
  readonly hidden: number;
  readonly of: Agreement;
  readonly form: number;
}

/**
 * What can be asked about these sentences, the hard questions: a verb's or a pronoun's only where another noun
 * before the verb would ask for another form, a verb's only where no pronoun gives it away.
 */
export function hardQuestions(sentences: readonly (readonly string[])[]): Question[] {
  return sentences.flatMap((words) =>
    words.flatMap((word, hidden) =>
      agreementNames.flatMap((of) => {
        const form = formOf(of, word);
        return form < 0 || !isContested(of, words) ? [] : [{ words, hidden, of, form }];
      }),
    ),
  );
}

/** Which form of this kind a word is; −1 if it is none. */
function formOf(of: Agreement, word: string): number {
  return agreements[of].forms.findIndex((forms) => (forms as readonly string[]).includes(word));
}

/** Whether the nouns before the verb do not agree in what counts. */
function isContested(of: Agreement, words: readonly string[]): boolean {
  if (of === "article") return true;
  const verb = words.findIndex((word) => formOf("verb", word) >= 0);
  if (of === "verb" && words.some((word) => formOf("reflexive", word) >= 0)) return false;
  const before = nouns.filter(({ word }) => words.slice(0, verb).includes(word));
  return new Set(before.map((noun) => (of === "verb" ? noun.isPlural : noun.reflexive))).size > 1;
}

/**
 * Questions as arrays: `x` [n, T]; `good` and `others` [n, V], ones at the words of the right form and at those of
 * the wrong forms; `where` [n, T], 1 at the hidden word.
 */
export function askedArrays(questions: readonly Question[]): Arrays {
  const ones = (words: readonly string[]) =>
    vocabulary.map((word) => (words.includes(word) ? 1 : 0));
  return {
    x: ndarray(questions.map(({ words, hidden }) => tokensOf(words, hidden))),
    where: ndarray(
      questions.map(({ hidden }) =>
        Array.from({ length: longest }, (_, t) => (t === hidden ? 1 : 0)),
      ),
    ),
    good: ndarray(questions.map(({ of, form }) => ones(agreements[of].forms[form] ?? []))),
    others: ndarray(
      questions.map(({ of, form }) =>
        ones(agreements[of].forms.filter((_, i) => i !== form).flat()),
      ),
    ),
  };
}
