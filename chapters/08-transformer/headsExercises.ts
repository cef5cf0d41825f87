import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { agreementNames, agreements } from "./agreement.ts";
import { gateOf, gates, headsOut, sharesOf } from "./headsLab.ts";

const percent = (share: number) => `${numberText(100 * share, 2)} %`;

function sharesText(frame: Frame): string {
  const shares = sharesOf(frame.values["right@asked"]);
  return agreementNames.map((of) => `${agreements[of].label} ${percent(shares[of])}`).join(", ");
}

function checkPronouns(frame: Frame): Verdict {
  const { verb, reflexive, article } = sharesOf(frame.values["right@asked"]);
  const out = headsOut(frame).length;
  return {
    done: out === 1 && reflexive < 0.6 && verb > 0.9 && article > 0.9,
    says: `${out === 1 ? "One head is" : `${out} heads are`} out. Right: ${sharesText(frame)}.`,
  };
}

/** So many heads can be spared, and so much must stay right. */
const [spared, wanted] = [3, 0.9];

function checkSpared(frame: Frame): Verdict {
  const shares = sharesOf(frame.values["right@asked"]);
  const out = headsOut(frame).length;
  return {
    done: out >= spared && agreementNames.every((of) => shares[of] >= wanted),
    says: `${out} out, at least ${spared} are wanted. Right: ${sharesText(frame)}.`,
  };
}

/** The exercises on heads. */
export const headsExercises = {
  "pronoun-head": {
    lab: "tf-heads",
    check: checkPronouns,
    solution: [{ write: { [gateOf(2)]: gates((head) => head !== 3) } }],
  },
  "spare-heads": {
    lab: "tf-heads",
    check: checkSpared,
    solution: [
      {
        write: {
          [gateOf(1)]: gates((head) => head > 1),
          [gateOf(2)]: gates((head) => head > 2),
        },
      },
    ],
  },
} satisfies Exercises;
