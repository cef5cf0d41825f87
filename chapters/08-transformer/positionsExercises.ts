import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { nearShare } from "./positionsData.ts";
import { rowOf, settingsOf } from "./positionsLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** A learned table that knows which places are near each other. */
function checkNeighbours(frame: Frame): Verdict {
  const A = frame.values["learned.A"];
  const { T, heard } = settingsOf(frame);
  if (heard < T) return notYet("Let all places occur in training.");
  const share = A ? nearShare(A, T) : 0;
  return {
    done: share >= 0.85,
    says: `After ${frame.step} steps a place gives ${numberText(100 * share, 2)} % of its attention to the two nearest on each side.`,
  };
}

/** The learned table fails where it has never been, and the waves do not. */
function checkBeyond({ metrics, ...frame }: Frame): Verdict {
  const [waves, learned] = [metrics["waves, beyond"], metrics["learned, beyond"]];
  if (waves === undefined || learned === undefined) {
    return notYet("All places occur in training: let fewer do so.");
  }
  const trained = (metrics.learned ?? 1) < 0.3;
  return {
    done: trained && learned > 3 * waves,
    says: `After ${frame.step} steps the error beyond is ${numberText(waves, 2)} with the waves and ${numberText(learned, 2)} with the learned table${trained ? "" : ", which has not learned its own places yet"}.`,
  };
}

/** A shift that brings the fastest hand back to where it stood, but not the others. */
function checkRound(frame: Frame): Verdict {
  const { t, k } = settingsOf(frame);
  const [from, to] = [rowOf(frame.values.P, t), rowOf(frame.values.PR, t)];
  const apart = (i: number) =>
    Math.hypot(
      (from[2 * i] ?? 0) - (to[2 * i] ?? 0),
      (from[2 * i + 1] ?? 0) - (to[2 * i + 1] ?? 0),
    );
  if (k === 0) return notYet("A shift of 0 moves nothing.");
  return {
    done: apart(0) < 0.1 && apart(1) > 0.3,
    says: `${k} places on, the tip of the first hand is ${numberText(apart(0), 2)} away from where it was, that of the second ${numberText(apart(1), 2)}.`,
  };
}

/** The exercises on places. */
export const positionsExercises = {
  neighbours: { lab: "tf-positions", check: checkNeighbours, solution: [{ train: 60 }] },
  beyond: {
    lab: "tf-positions",
    check: checkBeyond,
    solution: [{ config: { view: "guess", heard: 16, place: 24 } }, { train: 60 }],
  },
  round: {
    lab: "tf-positions",
    watch: ["P", "PR"],
    check: checkRound,
    solution: [{ config: { view: "shift", shift: 44 } }],
  },
} satisfies Exercises;
