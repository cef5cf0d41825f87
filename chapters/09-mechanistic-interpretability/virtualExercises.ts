import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { onlyWires, rightShare, wholeWires } from "./virtualLab.ts";

/** At most so many wires, and at least this share right. */
const [most, wanted] = [10, 0.85];

/** One induction circuit: a head of layer 1 that looks one place back, and one of layer 2 whose keys it fills. */
const circuit: readonly string[] = [
  ...["place>1.1.Q", "place>1.1.K", "token>1.1.V", "1.1>2.1.K"],
  ...["token>2.1.Q", "token>2.1.K", "token>2.1.V", "2.1>U"],
];

function checkFewWires(frame: Frame): Verdict {
  const left = wholeWires(frame).length;
  const right = rightShare(frame);
  return {
    done: left <= most && right >= wanted,
    says: `${left} wires are left, at most ${most} are wanted; ${Math.round(100 * right)} % are right.`,
  };
}

/** The exercises on virtual weights. */
export const virtualExercises = {
  "few-wires": {
    lab: "mi-virtual",
    check: checkFewWires,
    solution: [{ write: { wires: onlyWires(({ name }) => circuit.includes(name)) } }],
  },
} satisfies Exercises;
