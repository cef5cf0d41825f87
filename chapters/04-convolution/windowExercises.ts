import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { learntNumbers, operationOf, outputAt, outputSide } from "./windowLab.ts";
import { side } from "./windowPicture.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

function checkSame({ config }: Frame): Verdict {
  if (operationOf(config) !== "convolution") return notYet("Let the window take a weighted sum.");
  if (config.kernel !== 5) return notYet(`The kernel’s size is ${config.kernel}: 5 is wanted.`);
  if (config.stride !== 1) return notYet("At stride 1, please.");
  const size = outputSide(config);
  return { done: size === side, says: `${side} cells a side go in, ${size} come out.` };
}

function checkCount({ config }: Frame): Verdict {
  if (operationOf(config) !== "convolution") return notYet("Let the window take a weighted sum.");
  const count = learntNumbers(config);
  return { done: count === 84, says: `There are ${count} numbers to learn.` };
}

/** Whether each cell of the output is the cell to the left of it in the picture. */
function isShifted(frame: Frame): boolean {
  const x = frame.input.x?.data ?? [];
  return Array.from({ length: side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    const wanted = column === 0 ? 0 : (x[i - 1] ?? 0);
    return Math.abs(outputAt(frame, [row, column], 0) - wanted) < 1e-4;
  }).every(Boolean);
}

function checkShift(frame: Frame): Verdict {
  const { config } = frame;
  if (operationOf(config) !== "convolution") return notYet("Let the window take a weighted sum.");
  if (config.c_in !== 1) return notYet("With one channel, please.");
  const ink = frame.input.x?.data.filter((value) => value > 0).length ?? 0;
  if (ink < 5) return notYet("The picture is nearly blank: draw something.");
  if (outputSide(config) !== side) {
    return notYet(`${outputSide(config)} cells a side come out: they should be ${side}.`);
  }
  const done = isShifted(frame);
  return {
    done,
    says: done
      ? "What comes out is the picture, one cell to the right."
      : "What comes out is not yet the picture moved one cell to the right.",
  };
}

/** The exercises on the sliding window. */
export const windowExercises = {
  same: {
    lab: "conv-window",
    check: checkSame,
    solution: [{ config: { kernel: 5, padding: 2 } }],
  },
  count: {
    lab: "conv-window",
    check: checkCount,
    solution: [{ config: { kernel: 3, c_in: 3, c_out: 3 } }],
  },
  shift: {
    lab: "conv-window",
    check: checkShift,
    solution: [
      {
        config: { padding: 1 },
        write: {
          W: [
            [
              [
                [0, 0, 0],
                [1, 0, 0],
                [0, 0, 0],
              ],
            ],
          ],
        },
      },
    ],
  },
} satisfies Exercises;
