import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { bellsOf, divergencesOf } from "./klLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

function checkLopsided(frame: Frame): Verdict {
  if (frame.config.twoHumps) return notYet("With one hump each, please.");
  const { q, p } = bellsOf(frame);
  if (Math.abs(q.mu - p.mu) > 0.1) return notYet("Bring the two means together.");
  const { qp, pq } = divergencesOf(frame);
  const ratio = Math.max(qp, pq) / Math.min(qp, pq);
  return {
    done: Math.min(qp, pq) > 0.1 && ratio >= 10,
    says: `The two divergences are ${numberText(qp)} and ${numberText(pq)}: one is ${numberText(ratio, 2)} times the other.`,
  };
}

function checkHump(frame: Frame): Verdict {
  if (!frame.config.twoHumps) return notYet("Give p its two humps.");
  const { q, p } = bellsOf(frame);
  if (Math.abs(p.mu) < 1.5 || p.sigma > 0.8) {
    return notYet("Keep the humps apart: a mean of 1.5 or more, and a deviation of at most 0.8.");
  }
  if (frame.step < 50) return notYet("By training, 50 steps or more.");
  const isWide = q.sigma >= 1.5 && Math.abs(q.mu) < 0.3;
  return {
    done: isWide,
    says: `q stands at ${numberText(q.mu, 2)}, with a deviation of ${numberText(q.sigma, 2)}.`,
  };
}

/** The exercises on divergences. */
export const klExercises = {
  lopsided: {
    lab: "vae-kl",
    check: checkLopsided,
    solution: [
      {
        write: {
          mu_q: 0,
          mu_p: 0,
          log_var_q: 2 * Math.log(2.4),
          log_var_p: 2 * Math.log(0.4),
        },
      },
    ],
  },
  humps: {
    lab: "vae-kl",
    check: checkHump,
    solution: [
      {
        config: { twoHumps: true, direction: "pq" },
        write: {
          mu_q: 0.3,
          log_var_q: 0,
          mu_p: 2,
          log_var_p: 2 * Math.log(0.6),
        },
      },
      { train: 100 },
    ],
  },
} satisfies Exercises;
