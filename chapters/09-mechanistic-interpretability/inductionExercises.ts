import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  gatesFor,
  headsOut,
  type InductionConfig,
  readingOf,
  saysAfter,
  scoreNow,
} from "./inductionLab.ts";
import { now } from "./inductionNumbers.ts";
import { letterOf } from "./repeats.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** One head of layer 1 is out, and with it induction. */
function checkBlind(frame: Frame): Verdict {
  const out = headsOut(frame);
  const [only = ""] = out;
  const score = scoreNow(frame, "two", "induction", 2);
  const loss = now(frame, "two", "L_known");
  if (frame.written.length > 0) return notYet("Leave the weights as they were trained.");
  if (out.length !== 1) return notYet(`Take out one head; ${out.length} are out.`);
  const says = `Without ${only} the best induction score of layer 2 is ${numberText(score, 2)}, and the next letter costs ${numberText(loss, 2)} nats.`;
  if (!only.startsWith("1.")) return notYet(`${says} That head is in layer 2.`);
  return { done: score < 0.3 && loss > 2, says };
}

/** How likely each of two followers has to be. */
const torn = 0.25;

/** The last letter stood before with two others after it, and both are likely. */
function checkTorn(frame: Frame): Verdict {
  if (headsOut(frame).length + frame.written.length > 0)
    return notYet("With all heads in, please.");
  const { tokens } = readingOf(frame.config as InductionConfig);
  const last = tokens.at(-1) ?? 0;
  const followers = [
    ...new Set(tokens.flatMap((token, i) => (token === last ? (tokens[i + 1] ?? []) : []))),
  ];
  const letter = letterOf(last);
  if (followers.length < 2) {
    return notYet(`${letter}, the last letter, has not stood before two different letters.`);
  }
  const p = saysAfter(frame, "two", tokens.length - 1);
  const both = followers
    .map((token) => ({ token, share: p[token] ?? 0 }))
    .sort((a, b) => b.share - a.share);
  const [, second] = both;
  const shares = both.map(({ token, share }) => `${letterOf(token)} ${Math.round(100 * share)} %`);
  return {
    done: (second?.share ?? 0) >= torn,
    says: `After ${letter} it says ${shares.join(", ")}.`,
  };
}

/** The exercises on induction heads. */
export const inductionExercises = {
  blind: {
    lab: "mi-induction",
    check: checkBlind,
    solution: [gatesFor(({ layer, head }) => layer !== 1 || head !== 1)],
  },
  torn: {
    lab: "mi-induction",
    check: checkTorn,
    solution: [{ config: { text: "ABCDEAFGHIA", place: 11 } }],
  },
} satisfies Exercises;
