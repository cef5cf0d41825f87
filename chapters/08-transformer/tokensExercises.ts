import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { tokensOf, typedNumbers } from "./tokensData.ts";
import { lineIn, tokensIn } from "./tokensLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** “ moon” as one token, by as few merges as can be. */
function checkFewest(frame: Frame): Verdict {
  const { made } = tokensIn(frame);
  const pieces = (merges: number) =>
    tokensOf(String(frame.config.text), merges).coder.pieces(" moon").length;
  const now = pieces(made);
  if (now > 1) return notYet(`After ${made} merges it is ${now} tokens.`);
  return made > 0 && pieces(made - 1) > 1
    ? { done: true, says: `Merge ${made} makes it one token; one merge less, and it is two.` }
    : notYet(`After ${made} merges it is one token. Fewer would do.`);
}

/** A line that costs three tokens a character or more. */
function checkDear(frame: Frame): Verdict {
  const line = lineIn(frame);
  const characters = [...line].length;
  const tokens = tokensIn(frame).coder.encode(line).length;
  const says = `${tokens} tokens for ${characters} ${characters === 1 ? "character" : "characters"}: ${numberText(tokens / characters, 2)} each.`;
  if (characters < 2) return notYet(`${says} Two characters at least, please.`);
  return { done: tokens >= 3 * characters, says };
}

/** Other tokens for the same line. */
function checkTwoWays(frame: Frame): Verdict {
  const line = lineIn(frame);
  const { coder, V } = tokensIn(frame);
  const numbers = typedNumbers(String(frame.config.numbers));
  if (!numbers || numbers.length === 0) return notYet("Change the numbers under “Decode”.");
  if (numbers.some((number) => number >= V))
    return notYet("One of them is the number of no token.");
  if (coder.decode(numbers) !== line) return notYet("They decode to another text.");
  const own = coder.encode(line);
  return own.join() === numbers.join()
    ? notYet("They decode to the line, but they are the very numbers that it is encoded to.")
    : {
        done: true,
        says: `${numbers.length} tokens, and the encoder’s ${own.length}, are the same text.`,
      };
}

/** The exercises on tokens. */
export const tokensExercises = {
  fewest: { lab: "tf-tokens", check: checkFewest, solution: [{ config: { merges: 37 } }] },
  dear: { lab: "tf-tokens", check: checkDear, solution: [{ config: { line: "🦊🌙" } }] },
  twoWays: {
    lab: "tf-tokens",
    check: checkTwoWays,
    solution: [
      { config: { merges: 40, line: "the moon", numbers: "116 104 101 32 109 111 111 110" } },
    ],
  },
} satisfies Exercises;
