import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { type AttentionConfig, deadWords, placesOf } from "./attentionLab.ts";
import { weightsByHand } from "./headWeights.ts";
import { d_model, features } from "./words.ts";

const notYet = (says: string): Verdict => ({ done: false, says });
const percent = (share: number) => `${numberText(100 * share, 2)} %`;

/** How sure the verb has to be. */
const sure = 0.9;

function checkSubject({ config, values, held }: Frame): Verdict {
  if (held.length > 0) return notYet(`Let go of ${held.join(", ")}: only weights may be changed.`);
  if (config.mask !== "none") return notYet("Without a mask, please.");
  const words = placesOf(config as AttentionConfig);
  const [cat, sees] = [words.indexOf("cat"), words.indexOf("sees")];
  if (cat < 0 || sees < 0) return notYet("The sentence needs “cat” and “sees”.");
  if (words.indexOf("house") < sees) return notYet("After “sees”, the sentence needs “house”.");
  const share = entry(values.A, sees * words.length + cat);
  return { done: share >= sure, says: `“sees” gives ${percent(share)} of its attention to “cat”.` };
}

/** The head that seeks a noun near by, its verbs asking for a noun behind them. */
function verbSeeks(): number[] {
  const W_Q = [...(weightsByHand("near")?.W_Q ?? [])];
  W_Q.splice(features.indexOf("verb") * 3, 3, 6, 1.5, 6);
  return W_Q;
}

/** So many of the words have to be without a gradient. */
const mostlyDead = 6;

function checkDead(frame: Frame): Verdict {
  if (frame.config.scaled !== true) return notYet("Leave the division by √dₖ on.");
  if (frame.config.head !== "near") return notYet("Take the head that seeks a noun near by.");
  if (frame.held.length > 0) return notYet(`Let go of ${frame.held.join(", ")}.`);
  const { length: T } = placesOf(frame.config as AttentionConfig);
  const dead = deadWords(frame, T);
  return {
    done: T >= 8 && dead >= mostlyDead,
    says: `At ${dead} of ${T} words less than 1 % comes through; ${mostlyDead} are wanted, in a sentence of at least 8.`,
  };
}

const rows = (matrix: readonly number[]) => [
  Array.from({ length: d_model }, (_, row) => matrix.slice(row * 3, row * 3 + 3)),
];

/** The exercises on one head. */
export const attentionExercises = {
  subject: {
    lab: "tf-attention",
    check: checkSubject,
    solution: [{ write: { W_Q: rows(verbSeeks()) } }],
  },
  saturate: {
    lab: "tf-attention",
    check: checkDead,
    solution: [
      { write: { W_Q: rows((weightsByHand("near")?.W_Q ?? []).map((weight) => 10 * weight)) } },
    ],
  },
} satisfies Exercises;
