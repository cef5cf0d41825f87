import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { divergences, shareOfKind, silent } from "./planeLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

const nats = (each: readonly number[]): string =>
  each.map((one) => numberText(one, 2)).join(" and ");

function checkCollapse(frame: Frame): Verdict {
  const most = Math.max(...divergences(frame));
  return {
    done: most < silent,
    says: `The number that says most says ${numberText(most)} nats; less than ${silent} is wanted.`,
  };
}

const dear = 20;
const enough = 0.5;
const tried = 50;

function checkAllowance(frame: Frame): Verdict {
  const { config, step } = frame;
  if (Number(config.beta) < dear) return notYet(`Set β to ${dear}, or more.`);
  if (config.z !== 2) return notYet("With two numbers to a code, please.");
  const each = divergences(frame);
  if (step < tried) return notYet(`Step ${step} of ${tried}.`);
  return {
    done: each.every((one) => one >= enough),
    says: `The numbers say ${nats(each)} nats; ${enough} each are wanted.`,
  };
}

const few = 0.35;

function checkTold(frame: Frame): Verdict {
  const said = divergences(frame).reduce((sum, one) => sum + one, 0);
  const share = shareOfKind(frame);
  const percent = `${numberText(100 * share)} %`;
  if (said < 1) return notYet(`The code says ${numberText(said)} nats; it should say 1 or more.`);
  return {
    done: share <= few,
    says: `${percent} of the held-out pictures lie among their own kind; ${100 * few} % are allowed.`,
  };
}

/** The exercises on the plane of digits. */
export const planeExercises = {
  collapse: {
    lab: "vae-plane",
    check: checkCollapse,
    solution: [{ config: { beta: 20 } }, { train: 150 }],
  },
  allowance: {
    lab: "vae-plane",
    check: checkAllowance,
    solution: [{ config: { beta: 20, freeBits: 1 } }, { train: tried }],
  },
  told: {
    lab: "vae-plane",
    check: checkTold,
    solution: [{ config: { conditional: true } }, { train: 100 }],
  },
} satisfies Exercises;
