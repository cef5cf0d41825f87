import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { countsOf } from "./orthogonalLab.ts";

/** At this many dimensions the exercise counts, and so many directions are wanted for each of them. */
const [dimensions, forEach] = [16, 2];
/** Training may not be allowed more than this. */
const mostDegrees = 15;

function checkCrowd(frame: Frame): Verdict {
  const found = countsOf(frame).find(({ d }) => d === dimensions)?.found ?? 0;
  const degrees = Number(frame.config.degrees);
  return {
    done: degrees <= mostDegrees && found >= forEach * dimensions,
    says: `Within ${degrees}°, ${found} directions are found in ${dimensions} dimensions; ${forEach * dimensions} are wanted, within ${mostDegrees}° at most.`,
  };
}

/** The exercise on almost orthogonal directions. */
export const orthogonalExercises = {
  crowd: {
    lab: "mi-orthogonal",
    check: checkCrowd,
    solution: [{ config: { degrees: 15, d: "16" } }, { train: 600 }],
  },
} satisfies Exercises;
