import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { searched, textOf, verdictOn, writtenWords } from "./translationLab.ts";
import { forcedWords, readSentence } from "./translationText.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** What the lab opens with, but for the articles. */
const openingWords = ["small", "girl", "wants", "red", "car"];

/** A long sentence that was not among those learnt from, right to the last word. */
function checkUnseen(frame: Frame): Verdict {
  const { words, right, place } = readSentence(String(frame.config.sentence));
  if (forcedWords(String(frame.config.forced)).some((word) => word !== null)) {
    return notYet("Let it choose all words itself.");
  }
  if (words.length < 7)
    return notYet(`A sentence of seven words, please: yours has ${words.length}.`);
  const old = words.find((word) => openingWords.includes(word));
  if (old) return notYet(`Without “${old}”, please.`);
  if (!right) return notYet("That is no sentence of the grammar.");
  if (place === "training") return notYet("It learns from this very sentence: change a word.");
  const { text, isRight } = verdictOn(frame);
  return {
    done: isRight === true,
    says: `It writes “${text}”${isRight ? ", which is right" : `; right is “${right.join(" ")}”`}.`,
  };
}

/** One word put in, and the model follows with two others than it would have written. */
function checkFollows(frame: Frame): Verdict {
  const { right } = readSentence(String(frame.config.sentence));
  const put = forcedWords(String(frame.config.forced));
  const count = put.filter((word) => word !== null).length;
  if (!right) return notYet("With a sentence of the grammar, please.");
  if (count !== 1) return notYet(`Put in one word: now it is ${count}.`);
  const at = put.findIndex((word) => word !== null);
  if (put[at] === right[at]) return notYet("That is the right word: put in another.");
  const own = writtenWords(frame);
  const others = own.filter(({ word, isForced }, t) => !isForced && t > at && word !== right[t]);
  return {
    done: others.length >= 1,
    says: `After “${put[at]}” it writes ${others.length === 0 ? "what it should have written anyway" : `${others.map(({ word }) => `“${word}”`).join(", ")} where other words belong`}.`,
  };
}

/** A beginning that is not the likeliest, and leads to the likelier sentence. */
function checkBeam(frame: Frame): Verdict {
  if (frame.config.decoding !== "beam") return notYet("Choose beam search.");
  const greedy = writtenWords(frame);
  if (greedy.some(({ isForced }) => isForced)) return notYet("Let it choose all words itself.");
  const [best] = searched(frame).sequences;
  if (!best) return notYet("The search found nothing.");
  const p = greedy.reduce((product, word) => product * word.p, 1);
  const own = greedy.map(({ word }) => word).filter((word) => word !== "⟨end⟩");
  const found = Math.exp(best.score);
  return {
    done: textOf(best) !== own.join(" ") && found > p,
    says: `Greedy: “${own.join(" ")}”, probability ${numberText(p, 2)}. Beam search: “${textOf(best)}”, ${numberText(found, 2)}.`,
  };
}

/** The exercises on translation. */
export const translationExercises = {
  unseen: {
    lab: "tf-translation",
    check: checkUnseen,
    solution: [{ config: { sentence: "a white boy sees the black house", forced: "" } }],
  },
  follows: {
    lab: "tf-translation",
    check: checkFollows,
    solution: [{ config: { sentence: "the small girl wants a red car", forced: "el" } }],
  },
  beam: {
    lab: "tf-translation",
    check: checkBeam,
    solution: [
      {
        config: {
          heads: "4",
          decoding: "beam",
          width: 5,
          alpha: 0,
          sentence: "the cat has a small book",
          forced: "",
        },
      },
      { train: 60 },
    ],
  },
} satisfies Exercises;
