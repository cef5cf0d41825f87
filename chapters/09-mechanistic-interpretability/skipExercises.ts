import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { ends, phrases, prepositions, readPhrase, vocabulary } from "./phrases.ts";
import { nextWords, skills, twinOf } from "./skipLab.ts";

const percent = (share: number): string => `${numberText(100 * share, 2)} %`;

/** The end that the texts have for the last verb and preposition of a text; undefined where it does not end in one. */
function rightEnd(text: string): string | undefined {
  const words = readPhrase(text).tokens.map((token) => vocabulary[token] ?? "");
  const verb = words.findLast((word) => word in phrases);
  const place = (prepositions as readonly string[]).indexOf(words.at(-1) ?? "");
  return verb === undefined ? undefined : phrases[verb]?.[place];
}

function checkWrongEnd(frame: Frame): Verdict {
  const right = rightEnd(String(frame.config.text));
  const [best] = nextWords(frame, 1);
  if (right === undefined || !best) {
    return { done: false, says: "The text has to hold a verb, and to end with in, at, to or on." };
  }
  const isEnd = (ends as readonly string[]).includes(best.word);
  return {
    done: twinOf(frame) === "one" && isEnd && best.word !== right,
    says: `After this the texts have “${right}”; the model finds “${best.word}” likeliest, ${percent(best.p)}.`,
  };
}

function checkPhraseHead(frame: Frame): Verdict {
  if (twinOf(frame) !== "two") return { done: false, says: "Choose the model of two heads." };
  const out = Array.from(frame.values["two.blocks.0.attn.gate"]?.data ?? []).filter((g) => g === 0);
  const { phrases: right, copies } = skills(frame);
  return {
    done: out.length === 1 && right < 0.6 && copies > 0.7,
    says: `${out.length} out. Right ends ${percent(right)}, things again ${percent(copies)}.`,
  };
}

/** The exercises on the model of one layer. */
export const skipExercises = {
  "wrong-end": {
    lab: "mi-skip",
    check: checkWrongEnd,
    solution: [{ config: { model: "one", text: "Mia can keep the kite on" } }],
  },
  "phrase-head": {
    lab: "mi-skip",
    check: checkPhraseHead,
    solution: [
      { config: { model: "two" } },
      { write: { "two.blocks.0.attn.gate": [[[0]], [[1]]] } },
    ],
  },
} satisfies Exercises;
