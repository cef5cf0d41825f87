import {
  clockSigns,
  clockTimes,
  clockVocabulary,
  longestClock,
  signsOf,
} from "../../src/data/clock.ts";
import { type Arrays, filled, ndarray } from "../../src/data/ndarray.ts";
import { longestReview, type Review, review, reviewVocabulary } from "../../src/data/reviews.ts";
import {
  distinct,
  encoded,
  type Parted,
  shuffledBy,
  type Vocabulary,
  wordsOf,
} from "../../src/data/sentences.ts";
import { type Hand, strokeOf, strokePoints, trembling } from "../../src/data/strokes.ts";
import {
  longestTagged,
  type TaggedSentence,
  taggedSentence,
  taggingVocabulary,
  tagNames,
} from "../../src/data/tagging.ts";
import { randomStream } from "../../src/training/random.ts";

/** The four shapes, each by its task. */
export const shapeNames = ["draw", "judge", "tag", "clock"] as const;
export type ShapeName = (typeof shapeNames)[number];

/** The shapes that read words. */
export type WordShape = Exclude<ShapeName, "draw">;

/** What each of them knows, and the most words it reads at once. */
export const readers: Readonly<Record<WordShape, { vocabulary: Vocabulary; steps: number }>> = {
  judge: { vocabulary: reviewVocabulary, steps: longestReview },
  tag: { vocabulary: taggingVocabulary, steps: longestTagged },
  clock: { vocabulary: clockVocabulary, steps: longestClock.words },
};

/** One number for each digit, then slant and width. */
export const handInputs = 12;

/** Examples to learn from, and examples kept apart: none of either is among the other. */
export interface Sets {
  readonly training: Arrays;
  /** The answers stand as `target`, so that the model has to find them by itself. */
  readonly held: Arrays;
}

/** Once made, they are kept: the same on every page. */
const made = new Map<ShapeName, Sets>();

export function setsOf(shape: ShapeName): Sets {
  const known = made.get(shape) ?? makers[shape]();
  made.set(shape, known);
  return known;
}

/** The input for a digit as this hand writes it: `[12]`, or for a mixture of two digits. */
export function handInput(
  digit: number,
  { slant, width }: Hand,
  other = digit,
  share = 0,
): number[] {
  const input = Array.from({ length: handInputs }, () => 0);
  input[digit] = 1 - share;
  input[other] = (input[other] ?? 0) + share;
  input[handInputs - 2] = slant;
  input[handInputs - 1] = width;
  return input;
}

const hands = 60;
const heldHands = 6;

/** Hands differ in slant and width; those kept apart write nothing that is learnt from. */
function drawings(): Sets {
  const random = randomStream(1, "hands that write digits");
  const hand = (): Hand => ({ slant: 2 * random.uniform() - 1, width: 2 * random.uniform() - 1 });
  const part = (count: number, tremble: number) => {
    const drawn = Array.from({ length: count }, hand).flatMap((own) =>
      Array.from({ length: 10 }, (_, digit) => ({
        x: handInput(digit, own),
        y: trembling(strokeOf(digit, own), tremble, () => random.uniform()),
      })),
    );
    return { x: ndarray(drawn.map(({ x }) => x)), y: ndarray(drawn.map(({ y }) => y)) };
  };
  const training = part(hands, 0.04);
  const { x, y } = part(heldHands, 0);
  return { training, held: { x, target: y } };
}

/** All sentences kept apart, and what the tests and the page say of them. */
export const reviews: () => Parted<Review> = once(() => {
  const random = randomStream(1, "reviews");
  return distinct(
    () => review(() => random.uniform()),
    ({ words }) => words.join(" "),
    { training: 2000, heldOut: 120 },
  );
});

export const taggedSentences: () => Parted<TaggedSentence> = once(() => {
  const random = randomStream(1, "tagged sentences");
  return distinct(
    () => taggedSentence(() => random.uniform()),
    ({ words }) => words.join(" "),
    { training: 1500, heldOut: 100 },
  );
});

/** The times in words: a time that is kept apart is so in all its phrases. */
export const times = once(() => {
  const random = randomStream(1, "times kept apart");
  const all = clockTimes();
  const figures = [...new Set(all.map((time) => time.figures))];
  const apart = new Set(
    shuffledBy(figures, () => random.uniform()).slice(0, Math.round(figures.length / 10)),
  );
  return {
    training: all.filter((time) => !apart.has(time.figures)),
    heldOut: all.filter((time) => apart.has(time.figures)),
  };
});

function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

/** The words of these examples as numbers, and their answers as `y` and `target`. */
function inParts<T extends { readonly words: readonly string[] }>(
  shape: WordShape,
  { training, heldOut }: Parted<T>,
  answers: (examples: readonly T[]) => Arrays[string],
): Sets {
  const { vocabulary, steps } = readers[shape];
  const x = (examples: readonly T[]) =>
    encoded(
      examples.map(({ words }) => words),
      vocabulary,
      steps,
    );
  return {
    training: { x: x(training), y: answers(training) },
    held: { x: x(heldOut), target: answers(heldOut) },
  };
}

/** Lists of numbers in rows of `length`, −1 past the end of each. */
function padded(lists: readonly (readonly number[])[], length: number): Arrays[string] {
  const rows = filled([lists.length, length], -1);
  for (const [row, list] of lists.entries()) rows.data.set(list.slice(0, length), row * length);
  return rows;
}

const makers: Readonly<Record<ShapeName, () => Sets>> = {
  draw: drawings,
  judge: () =>
    inParts("judge", reviews(), (examples) => ndarray(examples.map(({ verdict }) => verdict))),
  tag: () =>
    inParts("tag", taggedSentences(), (examples) =>
      padded(
        examples.map(({ tags }) => tags.map((tag) => tagNames.indexOf(tag))),
        longestTagged,
      ),
    ),
  clock: () =>
    inParts("clock", times(), (examples) =>
      padded(
        examples.map(({ figures }) => signsOf(figures)),
        longestClock.signs,
      ),
    ),
};

/** The order of the words of every held-out review drawn anew: the same words, the same answers. */
export const shuffledReviews: () => Arrays = once(() => {
  const random = randomStream(1, "words in another order");
  const { heldOut } = reviews();
  return inParts(
    "judge",
    {
      training: [],
      heldOut: heldOut.map(({ words, verdict }) => ({
        words: shuffledBy(words, () => random.uniform()),
        verdict,
      })),
    },
    (examples) => ndarray(examples.map(({ verdict }) => verdict)),
  ).held;
});

/** A word as the reader wrote it, and what the model takes it for. */
export interface ReadWord {
  readonly text: string;
  /** 1 where the model does not know it. */
  readonly number: number;
}

/** What a model that reads words makes of the reader's text. */
export interface Reading {
  readonly words: readonly ReadWord[];
  /** Words beyond the most that it reads. */
  readonly left: readonly string[];
  readonly x: Arrays[string];
}

export function readingOf(shape: WordShape, text: string): Reading {
  const { vocabulary, steps } = readers[shape];
  const all = wordsOf(text);
  const words = all.slice(0, steps);
  return {
    words: words.map((word) => ({ text: word, number: vocabulary.numberOf(word) })),
    left: all.slice(steps),
    x: encoded([words], vocabulary, steps),
  };
}

export const pointCount = strokePoints;
export const signCount = clockSigns.length;
