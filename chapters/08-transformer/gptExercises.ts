import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { storyWords } from "../../src/data/stories.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { placeIn, readIn, tokensIn } from "./gptData.ts";
import { colourPrompt, forkPrompt, likeliest } from "./gptLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });
const percent = (share: number) => `${numberText(100 * share, 3)} %`;

/** Whether the reader looks at the end of the text. */
function atEnd({ config }: Frame): boolean {
  const read = readIn(config);
  return placeIn(config, read) === read.tokens.length - 1;
}

const isWhole = ({ k, share }: Frame["config"]) => k === 0 && share === 1;

function checkCopying(frame: Frame): Verdict {
  const { config, values } = frame;
  if (config.tau !== 1 || !isWhole(config)) return notYet("With τ = 1 and nothing cut, please.");
  if (!atEnd(frame)) return notYet("Look at the last token of your text.");
  const { coder } = tokensIn(config);
  const [best] = likeliest(values.p);
  if (!best) return notYet("It has not read yet.");
  const word = coder.decode([best.token]).trim();
  const last = coder.decode([readIn(config).tokens.at(-1) ?? 0]).trim();
  const says = `It holds “${word}” for likeliest, with ${percent(best.p)}.`;
  if (storyWords.colours.includes(last)) return notYet(`${says} But your text ends in a colour.`);
  return { done: storyWords.colours.includes(word) && best.p >= 0.9, says };
}

function checkNucleus(frame: Frame): Verdict {
  const { config, values } = frame;
  if (config.prompt !== forkPrompt || config.written !== "") {
    return notYet(`Let it begin with “${forkPrompt}”, and nothing after it.`);
  }
  if (!atEnd(frame)) return notYet("Look at the last token.");
  if (config.tau !== 2) return notYet("Set τ to 2.");
  if (config.k !== 0) return notYet("Leave all of the k likeliest in.");
  const left = likeliest(values.kept).filter(({ p }) => p > 0).length;
  return { done: left === 3, says: `${left} tokens can be drawn.` };
}

const allowed = 2;

function checkForgetful(frame: Frame): Verdict {
  const { config, values } = frame;
  if (config.prompt !== colourPrompt || config.written !== "" || !atEnd(frame)) {
    return notYet("Choose “A colour to remember”, and look at its last token.");
  }
  if (config.tau !== 1) return notYet("With τ = 1, please.");
  const gates = Array.from(values["blocks.*.attn.gate"]?.data ?? []);
  const out = gates.filter((gate) => gate === 0).length;
  if (gates.some((gate) => gate !== 0 && gate !== 1)) return notYet("A head is in, or out.");
  if (frame.written.length > 0) return notYet("Leave the weights as they are: start over.");
  if (frame.step > 0) return notYet("Without training it: start over.");
  const [green = -1] = tokensIn(config).coder.encode(" green");
  const share = values.p?.data[green] ?? Number.NaN;
  const says = `With ${out} of ${gates.length} heads out it gives “green” ${percent(share)}.`;
  return { done: out > 0 && out <= allowed && share < 0.4, says };
}

/** The exercises on the GPT. */
export const gptExercises = {
  copying: {
    lab: "tf-gpt",
    watch: ["p"],
    check: checkCopying,
    solution: [{ config: { prompt: colourPrompt } }],
  },
  nucleus: {
    lab: "tf-gpt",
    watch: ["kept"],
    check: checkNucleus,
    solution: [{ config: { prompt: forkPrompt, tau: 2, share: 0.38 } }],
  },
  forgetful: {
    lab: "tf-gpt",
    watch: ["p", "blocks.*.attn.gate"],
    check: checkForgetful,
    solution: [
      {
        config: { prompt: colourPrompt },
        write: { "blocks.0.attn.gate": [[[1]], [[1]], [[0]], [[1]]] },
      },
    ],
  },
} satisfies Exercises;
