import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { bothTexts, cutParts, type InterventionsConfig } from "./interventionsLab.ts";
import { sitesOf, strengths } from "./interventionsNumbers.ts";
import { repeatSizes } from "./repeats.ts";

const notYet = (says: string): Verdict => ({ done: false, says });
const percent = (share: number) => `${numberText(100 * share, 3)} %`;

/** Whether it is the trained two-layer model, as it opens. */
function whyNot({ config, step, written, held }: Frame): string | null {
  if (config.model !== "two" || step > 0 || written.length + held.length > 0) {
    return "With the two-layer model as it opened, please.";
  }
  return null;
}

function checkMoved(frame: Frame): Verdict {
  const config = frame.config as InterventionsConfig;
  const { from, into } = bothTexts(config);
  const other = whyNot(frame);
  if (other) return notYet(other);
  if (config.act !== "patch") return notYet("Choose “Swap”.");
  const differing = from.flatMap((letter, t) => (letter === into[t] ? [] : [t + 1]));
  if (differing.length !== 1) return notYet("The two texts should differ in one letter.");
  const r = frame.values["r@patching"];
  const share = entry(r, config.site * from.length + config.at - 1);
  const label = sitesOf(config)[config.site]?.label ?? "";
  const says = `Letter ${config.at}, ${label}, brings back ${percent(share)}.`;
  if (config.at === differing[0]) return notYet(`${says} But there the texts differ.`);
  if (config.at === from.length) return notYet(`${says} But that is the last letter.`);
  return { done: share >= 0.9, says };
}

function checkNeeded(frame: Frame): Verdict {
  const { config, values } = frame;
  const other = whyNot(frame);
  if (other) return notYet(other);
  if (config.act !== "cut" || config.how !== "mean") {
    return notYet("Choose “Cut”, and “its mean” in its place.");
  }
  const count = cutParts(config).size;
  if (count !== 1) return notYet(`${count} heads are cut; it should be one.`);
  const loss = values["cut_loss@cutting"]?.data.at(-1) ?? Number.NaN;
  return { done: loss > 1, says: `Without ${config.out} the loss is ${numberText(loss)}.` };
}

/** The letter to be heard, F, and the strongest push. */
const [wanted, strongest] = [5, 1];

function checkPushed(frame: Frame): Verdict {
  const config = frame.config as InterventionsConfig;
  const other = whyNot(frame);
  if (other) return notYet(other);
  if (config.act !== "steer" || config.text !== "CFADBHCFA") {
    return notYet("Choose “Push”, and leave the text CFADBHCFA as it is.");
  }
  if (config.alpha > strongest) return notYet(`Push by ${strongest} at most.`);
  const p = entry(frame.values["steered_p@steering"], strengths.length * repeatSizes.V + wanted);
  return { done: p > 0.9, says: `It gives F ${percent(p)}.` };
}

export const interventionsExercises = {
  "moved-on": {
    lab: "mi-interventions",
    watch: ["r@patching"],
    check: checkMoved,
    solution: [{ config: { site: 3, at: 4 } }],
  },
  "needed-head": {
    lab: "mi-interventions",
    watch: ["cut_loss@cutting"],
    check: checkNeeded,
    solution: [{ config: { act: "cut", how: "mean", out: "head 2.1" } }],
  },
  "another-letter": {
    lab: "mi-interventions",
    watch: ["steered_p@steering"],
    check: checkPushed,
    solution: [{ config: { act: "steer", stream: 1, to: 2, alpha: 1 } }],
  },
} satisfies Exercises;
