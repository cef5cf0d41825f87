import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import { blame, praise } from "../../src/data/reviews.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { bits, corpusIn } from "./charactersLab.ts";
import { readWordsOf, shapeKinds, tagsOf } from "./sequencesLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** A sentence without a word of blame that is blame all the same. */
function checkFaint(frame: Frame): Verdict {
  if (frame.config.shape !== "judge") return notYet("Choose “Many to one”.");
  const words = readWordsOf(frame.config).words.map(({ text }) => text);
  const spoken = (list: readonly string[]) => words.filter((word) => list.includes(word));
  const bad = [...spoken(blame), ...spoken(["hate", "hated", "dislike", "disliked"])];
  if (bad.length > 0) return notYet(`“${bad[0]}” is a word of blame: do without.`);
  if (spoken(praise).length < 2) return notYet("Two words of praise, such as “good”, are wanted.");
  if (!words.includes("but")) return notYet("With a “but”, please.");
  const p = entry(frame.values.y_hat);
  return {
    done: p < 0.1 && frame.step > 0,
    says: `After ${frame.step} steps it takes this for praise with probability ${numberText(p, 2)}.`,
  };
}

/** One word that it has never seen, tagged as a noun and as a verb in one sentence. */
function checkStranger(frame: Frame): Verdict {
  if (frame.config.shape !== "tag") return notYet("Choose “Many to many”.");
  const { words } = readWordsOf(frame.config);
  const tags = tagsOf(frame);
  const given = new Map<string, Set<string>>();
  for (const [i, { text, number }] of words.entries()) {
    if (number !== 1) continue;
    const own = given.get(text) ?? new Set();
    own.add(tags[i]?.tag ?? "");
    given.set(text, own);
  }
  if (given.size === 0) return notYet("Every word is one that it knows: make one up.");
  const both = [...given].find(([, own]) => own.has("NOUN") && own.has("VERB"));
  const [word, own] = both ?? [...given][0] ?? ["", new Set()];
  return {
    done: both !== undefined && frame.step > 0,
    says: `After ${frame.step} steps “${word}” is ${[...own].join(" and ")}.`,
  };
}

/** Better than all that pairs of characters can tell, in the text that both have read. */
function checkPairs(frame: Frame): Verdict {
  const { pairs } = corpusIn(frame.config);
  return {
    done: frame.loss < pairs,
    says: `After ${frame.step} steps a character of the text that it learns from costs ${numberText(bits(frame.loss))} bits; the pairs alone get it down to ${numberText(bits(pairs))}.`,
  };
}

/** The exercises on the four shapes and on the character model. */
export const sequenceExercises = {
  faint: {
    lab: "rnn-sequences",
    check: checkFaint,
    solution: [
      {
        config: {
          shape: "judge",
          ...shapeKinds.judge.recipe,
          judge: "the music was lovely but the plot was not good",
        },
      },
      { train: 250 },
    ],
  },
  stranger: {
    lab: "rnn-sequences",
    check: checkStranger,
    solution: [
      {
        config: { shape: "tag", ...shapeKinds.tag.recipe, tag: "the zonk can zonk my friend" },
      },
      { train: 120 },
    ],
  },
  pairs: {
    lab: "rnn-characters",
    check: checkPairs,
    solution: [{ config: { units: 32, window: 16, learningRate: 0.01 } }, { train: 120 }],
  },
} satisfies Exercises;
