import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText, signedText } from "../../src/viz/numberText.ts";
import { decidedAt, type LensConfig, mostOf, placeIn, ranked, sharesIn } from "./lensLab.ts";
import { nameOf, stages, tokensOf, writers } from "./lensText.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** Whether the model is as it opened, and looked at after the end of the text. */
function whyNot({ config, written, held }: Frame): string | null {
  if (written.length + held.length > 0) return "With the model as it opened, please.";
  const { text } = config as LensConfig;
  const isLast = placeIn(config as LensConfig) === tokensOf(text).length - 1;
  return isLast ? null : "Look after the last token of your text.";
}

function checkEarly(frame: Frame): Verdict {
  const config = frame.config as LensConfig;
  const other = whyNot(frame);
  if (other) return notYet(other);
  const place = placeIn(config);
  const { lens_p } = frame.values;
  const shares = sharesIn(lens_p, stages.length - 1, place);
  const [answer = 0] = mostOf(shares, 1);
  const stage = decidedAt(lens_p, place);
  const says = `“${nameOf(answer)}”, ${numberText(100 * (shares[answer] ?? 0), 3)} %, is first since: ${stages[stage]?.label}.`;
  if (tokensOf(config.text)[place] === answer)
    return notYet(`${says} But it repeats the last token.`);
  return { done: stage <= 1 && (shares[answer] ?? 0) >= 0.9, says };
}

function checkOneHead(frame: Frame): Verdict {
  const { dla, ell } = frame.values;
  const other = whyNot(frame);
  if (other) return notYet(other);
  const lead = entry(ell);
  const most = ranked(dla).find(({ writer }) => writers[writer]?.head);
  const value = most?.value ?? Number.NaN;
  const label = writers[most?.writer ?? 0]?.label ?? "";
  return {
    done: lead > 2 && value > lead / 2,
    says: `The lead is ${signedText(lead)}; of the heads, ${label} adds most to or takes most from it: ${signedText(value)}.`,
  };
}

export const lensExercises = {
  "early-answer": {
    lab: "mi-lens",
    check: checkEarly,
    solution: [
      {
        config: {
          text: "Tom wanted a red drum. So Mia made him a drum, and the drum was",
          place: 0,
        },
      },
    ],
  },
  "one-head": {
    lab: "mi-lens",
    check: checkOneHead,
    solution: [{ config: { text: "Ida put on her", place: 0 } }],
  },
} satisfies Exercises;
