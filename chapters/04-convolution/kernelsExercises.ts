import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { NDArray } from "../../src/data/ndarray.ts";
import { type Point, rasterise } from "../../src/data/raster.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { kernelCount, ownKernel, weightSum, weightsOf } from "./kernelsLab.ts";
import { farthestWeight } from "./learnLab.ts";
import { namedKernels } from "./namedKernels.ts";
import { sceneSide } from "./scenes.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** A thin line from one place to another: `[1, 40, 40, 1]`. */
function line(from: Point, to: Point): NDArray {
  const data = rasterise([[from, to]], sceneSide, 0.5 / sceneSide);
  return { shape: [1, sceneSide, sceneSide, 1], data };
}

const probes = {
  rising: { x: line([0.2, 0.8], [0.8, 0.2]) },
  falling: { x: line([0.2, 0.2], [0.8, 0.8]) },
};

/** The strongest answer of the reader's own kernel to a probe. */
function strongest({ values }: Frame, probe: keyof typeof probes): number {
  const z = values[`z@${probe}`]?.data ?? [];
  let most = Number.NEGATIVE_INFINITY;
  for (let i = ownKernel; i < z.length; i += kernelCount) most = Math.max(most, z[i] as number);
  return most;
}

function checkRising(frame: Frame): Verdict {
  const sum = weightSum(weightsOf(frame, ownKernel));
  if (Math.abs(sum) > 0.01) {
    return notYet(
      `The weights of “your own” add up to ${numberText(sum)}: an even surface should give 0.`,
    );
  }
  const [rising, falling] = [strongest(frame, "rising"), strongest(frame, "falling")];
  const says = `Its strongest answer to a line like / is ${numberText(rising)}, to one like \\ ${numberText(falling)}.`;
  return { done: rising >= 1 && rising >= 3 * falling, says };
}

function checkBlind(frame: Frame): Verdict {
  const off = farthestWeight(frame);
  const says = `The loss is ${numberText(frame.loss)}, and a weight is ${numberText(off)} from the target’s.`;
  if (frame.step < 50) return notYet(`${says} Train for 50 steps at least.`);
  return { done: frame.loss < 1e-3 && off > 0.2, says };
}

const rising = [-1, -1, 2, -1, 2, -1, 2, -1, -1];

/** The exercises on kernels that are known, and on those that are learnt. */
export const kernelsExercises = {
  rising: {
    lab: "conv-kernels",
    watch: ["z@rising", "z@falling"],
    probes,
    check: checkRising,
    solution: [
      {
        config: { map: ownKernel },
        write: {
          W: {
            shape: [kernelCount, 1, 3, 3],
            data: Float32Array.from([...namedKernels.flatMap(({ weights }) => weights), ...rising]),
          },
        },
      },
    ],
  },
  blind: {
    lab: "conv-learn",
    check: checkBlind,
    solution: [{ config: { pictures: "stripes" } }, { train: 300 }],
  },
} satisfies Exercises;
