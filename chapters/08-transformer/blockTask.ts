import { type Arrays, filled, type NDArray } from "../../src/data/ndarray.ts";
import { randomStream } from "../../src/training/random.ts";

/** The digits of a word are 0 … 5. */
export const digits = 6;
/** Digits of a word, and of what is made of it. */
export const wordLength = 5;

/**
 * What may be asked of a word. `back`: its digits from the last to the first. `sort`: from the least to the
 * greatest. `code`: each digit by the one that stands for it in a secret table, which each place has of its own.
 */
export const tasks = [
  { name: "back", label: "backwards" },
  { name: "sort", label: "sorted" },
  { name: "code", label: "in code" },
] as const;
export type TaskName = (typeof tasks)[number]["name"];

/** The alphabet: nothing yet, the sign after which the answer comes, the tasks, the digits. */
export const alphabet: readonly string[] = [
  "·",
  "=",
  ...tasks.map(({ name }) => name),
  ...Array.from({ length: digits }, (_, digit) => String(digit)),
];
export const nothing = 0;
export const equals = 1;
const firstTask = 2;
const firstDigit = firstTask + tasks.length;

/** A task, the word, "=", and the answer but for its last digit, which nothing comes after: so many tokens are read. */
export const readTokens = 2 * wordLength + 1;
/** The place of "=": from here on it is asked what comes next. */
export const askedFrom = wordLength + 1;

/** The secret table of each place. */
const codes: readonly (readonly number[])[] = Array.from({ length: wordLength }, (_, place) =>
  randomStream(1, `code ${place}`).shuffled(Array.from({ length: digits }, (_, digit) => digit)),
);

/** What is to be made of a word. */
export function answerTo(task: TaskName, word: readonly number[]): number[] {
  switch (task) {
    case "back":
      return word.toReversed();
    case "sort":
      return word.toSorted((a, b) => a - b);
    case "code":
      return word.map((digit, place) => codes[place % wordLength]?.[digit] ?? 0);
  }
}

/** A question with its answer. */
interface Asked {
  readonly task: TaskName;
  readonly word: readonly number[];
}

const numberOf = (digit: number) => firstDigit + digit;
const taskAt = (index: number) => (tasks[index % tasks.length] ?? tasks[0]).name;

/** So many questions, each task as often as the others. */
function questions(count: number, random: { integer(n: number): number }): Asked[] {
  return Array.from({ length: count }, (_, i) => ({
    task: taskAt(i),
    word: Array.from({ length: wordLength }, () => random.integer(digits)),
  }));
}

/** The tokens of a question: task, word, "=". */
function asked({ task, word }: Asked): number[] {
  const place = tasks.findIndex(({ name }) => name === task);
  return [firstTask + place, ...word.map(numberOf), equals];
}

/** `x` `[n, 11]`, what is read; `y` `[n, 11]`, what comes next where it is asked, −1 elsewhere. */
function taught(all: readonly Asked[]): { readonly x: NDArray; readonly y: NDArray } {
  const x = filled([all.length, readTokens]);
  const y = filled([all.length, readTokens], -1);
  for (const [row, question] of all.entries()) {
    const answer = answerTo(question.task, question.word).map(numberOf);
    x.data.set([...asked(question), ...answer.slice(0, -1)], row * readTokens);
    y.data.set(answer, row * readTokens + askedFrom);
  }
  return { x, y };
}

/**
 * What is to be answered without help: `x` `[n, 11]` with nothing after "="; `target` `[n, 5]`, the answers;
 * `task` `[n, 3]`, 1 at the task's place.
 */
function examined(all: readonly Asked[]): Record<"x" | "target" | "task", NDArray> {
  const x = filled([all.length, readTokens]);
  const target = filled([all.length, wordLength]);
  const task = filled([all.length, tasks.length]);
  for (const [row, question] of all.entries()) {
    x.data.set(asked(question), row * readTokens);
    target.data.set(answerTo(question.task, question.word).map(numberOf), row * wordLength);
    task.data[row * tasks.length + tasks.findIndex(({ name }) => name === question.task)] = 1;
  }
  return { x, target, task };
}

const trainingQuestions = 3000;
export const heldQuestions = 90;

/** What is learnt from. */
export function trainingData(uniform: () => number): Arrays {
  return { ...taught(questions(trainingQuestions, { integer: (n) => Math.floor(n * uniform()) })) };
}

/** Questions drawn apart, to examine with. There are 7,776 words a task, so hardly any is among those learnt from. */
const held = questions(heldQuestions, randomStream(1, "questions held out"));
export const heldData: Arrays = heldAsked();

function heldAsked(): Arrays {
  const { x, target, task } = examined(held);
  return { x: taught(held).x, asked: x, target, task };
}
/** A third of them, to take the loss over at every point of the curve. */
export const heldTaught: Arrays = { ...taught(held.slice(0, heldQuestions / 3)) };

/** The word that somebody typed: its digits that the alphabet has, at most so many; filled up with 0. */
export function typedWord(text: string): number[] {
  const own = Array.from(text.matchAll(/\d/g), ([digit]) => Number(digit)).filter(
    (digit) => digit < digits,
  );
  return Array.from({ length: wordLength }, (_, i) => own[i] ?? 0);
}

/** One question, as it is taught, and as it is asked. */
export function questionOf(task: TaskName, text: string) {
  const question: Asked = { task, word: typedWord(text) };
  return {
    taught: taught([question]),
    asked: { asked: examined([question]).x },
    answer: answerTo(task, question.word),
  };
}

/** The digits of a row of tokens; what is no digit as the alphabet writes it. */
export function digitsOf(tokens: ArrayLike<number>): string[] {
  return Array.from(tokens, (token) => alphabet[token] ?? "?");
}
