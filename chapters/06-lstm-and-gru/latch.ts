import { type Arrays, ndarray } from "../../src/data/ndarray.ts";

/** What a step asks of the memory: to take this step's value, to say what it holds, or nothing. */
export const commands = ["none", "write", "read"] as const;
export type Command = (typeof commands)[number];

/** One step of a sequence: a value that always stands there, and what is asked. */
export interface LatchStep {
  readonly value: 1 | -1;
  readonly command: Command;
}

/** The entries of a step's input: the value, and 1 for the command that is given. */
export const latchInputs = 3;

function inputOf({ value, command }: LatchStep): number[] {
  return [value, command === "write" ? 1 : 0, command === "read" ? 1 : 0];
}

/** The steps of an input `[T, 3]` or `[1, T, 3]`. */
export function latchSteps(x: ArrayLike<number>): LatchStep[] {
  return Array.from({ length: x.length / latchInputs }, (_, t) => {
    const [value, write, read] = [x[3 * t], x[3 * t + 1], x[3 * t + 2]].map(Number);
    const command = Number(write) > 0.5 ? "write" : Number(read) > 0.5 ? "read" : "none";
    return { value: Number(value) < 0 ? -1 : 1, command };
  });
}

/** What the memory should say: at a read the value of the last write (0 before the first), else 0. */
export function latchAnswers(steps: readonly LatchStep[]): number[] {
  let stored = 0;
  return steps.map(({ value, command }) => {
    if (command === "write") stored = value;
    return command === "read" ? stored : 0;
  });
}

/** One sequence as the model takes it: `x` [T, 3] and `y` [T]. */
export function latchExample(steps: readonly LatchStep[]): { x: number[][]; y: number[] } {
  return { x: steps.map(inputOf), y: latchAnswers(steps) };
}

/** Sequences in which a quarter of the steps write and a quarter read: `x` [m, T, 3], `y` [m, T]. */
export function latchData(examples: number, T: number, random: () => number): Arrays {
  const all = Array.from({ length: examples }, () =>
    latchExample(
      Array.from({ length: T }, (): LatchStep => {
        const value = random() < 0.5 ? 1 : -1;
        const drawn = random();
        return { value, command: drawn < 0.25 ? "write" : drawn < 0.5 ? "read" : "none" };
      }),
    ),
  );
  return { x: ndarray(all.map(({ x }) => x)), y: ndarray(all.map(({ y }) => y)) };
}

/** A sequence in writing: each step a sign, with W after it where it writes and R where it reads. */
export function latchSequence(text: string): LatchStep[] {
  return text
    .trim()
    .split(/\s+/)
    .map((step) => ({
      value: step.startsWith("+") ? 1 : -1,
      command: step.endsWith("W") ? "write" : step.endsWith("R") ? "read" : "none",
    }));
}
