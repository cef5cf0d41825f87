import type { Arrays } from "../../src/data/ndarray.ts";
import { randomStream } from "../../src/training/random.ts";
import { repeats } from "./repeats.ts";

let held: Arrays | undefined;

/** Sequences that nobody learns from: `x` [24, T], and `next` [24, T], the letter after each, −1 where nobody could know it. */
export function heldRepeats(): Arrays {
  if (held) return held;
  const { x, y } = repeats(24, randomStream(1, "held repeats").uniform);
  if (!x || !y) throw new Error("Expected repeated blocks with x and y.");
  held = { x, next: y };
  return held;
}
