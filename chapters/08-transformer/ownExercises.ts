import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { likeliest } from "./gptLab.ts";
import { ownTokenName } from "./ownLab.ts";
import { isOwn } from "./ownVocabulary.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** The gates of each block: `[layers, h]`. */
function gatesOf({ values, config }: Frame): number[][] {
  const gates = Array.from(values["blocks.*.attn.gate"]?.data ?? []);
  const heads = Number(config.heads);
  return Array.from({ length: gates.length / heads }, (_, i) =>
    gates.slice(i * heads, (i + 1) * heads),
  );
}

function checkMute(frame: Frame): Verdict {
  const [first, ...others] = gatesOf(frame);
  if (!first) return notYet("It has not read yet.");
  if (others.flat().some((gate) => gate !== 1)) {
    return notYet("Leave the heads of the other blocks in.");
  }
  const out = first.filter((gate) => gate === 0).length;
  const [best] = likeliest(frame.values.p);
  const says = `${out} of ${first.length} heads of block 1 are out.`;
  if (out < first.length) return notYet(says);
  return {
    done: true,
    says: `${says} What it holds for likeliest now: “${ownTokenName(frame.config, best?.token ?? 0)}”.`,
  };
}

function checkCertain(frame: Frame): Verdict {
  const { config, values } = frame;
  if (config.k !== 0) return notYet("Leave all of the k likeliest in: with k it is no art.");
  if (isOwn(config)) return notYet("On the random model, please: start over.");
  const left = likeliest(values.kept).filter(({ p }) => p > 0).length;
  return { done: left > 0 && left <= 5, says: `${left} tokens can be drawn.` };
}

/** The exercises of the lab on one’s own weights. */
export const ownExercises = {
  "own-mute": {
    lab: "tf-own",
    watch: ["p", "blocks.*.attn.gate"],
    check: checkMute,
    solution: [{ write: { "blocks.0.attn.gate": [[[0]], [[0]], [[0]], [[0]]] } }],
  },
  "own-certain": {
    lab: "tf-own",
    watch: ["kept"],
    check: checkCertain,
    solution: [{ config: { tau: 0.1, share: 0.05 } }],
  },
} satisfies Exercises;
