import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { answersOf, isOpening, isRight, kindOf, sequenceOf, tapAt } from "./cellLab.ts";
import { flowOf } from "./gradientLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** The steps, from 1, at which something is asked. */
function questions(frame: Frame): number[] {
  return sequenceOf(frame).flatMap(({ command }, i) => (command === "read" ? [i + 1] : []));
}

const silent = 0.3;

function checkAmnesia(frame: Frame): Verdict {
  if (kindOf(frame) !== "lstm") return notYet("Choose the LSTM.");
  if (!isOpening(frame)) return notYet("The sequence has been changed: undo that first.");
  if (frame.held.length !== 1) {
    return notYet(`${frame.held.length} values are held: exactly one is wanted.`);
  }
  const { said, wanted } = answersOf(frame);
  const at = (t: number) => said[t - 1] ?? Number.NaN;
  const early = [4, 8].every((t) => isRight(at(t), wanted[t - 1]));
  const late = [11, 14].every((t) => Math.abs(at(t)) < silent);
  return {
    done: early && late,
    says: `The answers at steps 4, 8, 11 and 14 are ${[4, 8, 11, 14].map((t) => numberText(at(t), 2)).join(", ")}.`,
  };
}

function checkOverwrite(frame: Frame): Verdict {
  if (kindOf(frame) !== "lstm") return notYet("Choose the LSTM.");
  const [held, ...others] = frame.held;
  const sequence = sequenceOf(frame);
  const t = sequence.findIndex((_, i) => held === tapAt("lstm", i + 1, "i")) + 1;
  if (others.length > 0 || t === 0) {
    return notYet("Hold the input gate, at one step, and nothing else.");
  }
  if (sequence[t - 1]?.command !== "none") return notYet(`At step ${t} something is asked.`);
  const units = Number(frame.config.units);
  const gate = frame.values["lstm.steps.*.i"]?.data[(t - 1) * units] ?? 0;
  if (gate < 0.9) return notYet(`The input gate is held at ${numberText(gate)}: that is not open.`);
  const next = questions(frame).find((step) => step > t);
  if (next === undefined) return notYet(`Nobody asks after step ${t}.`);
  const { said, wanted } = answersOf(frame);
  const error = Math.abs((said[next - 1] ?? 0) - (wanted[next - 1] ?? 0));
  return {
    done: error >= 0.5,
    says: `The answer at step ${next} is off by ${numberText(error, 2)}.`,
  };
}

function checkQuiet(frame: Frame): Verdict {
  if (kindOf(frame) !== "gru") return notYet("Choose the GRU.");
  const asked = questions(frame);
  if (asked.length < 4) return notYet("The sequence should have at least four questions.");
  if (frame.held.length > 0) return notYet("Let the gates go.");
  const { said, wanted } = answersOf(frame);
  const right = said.filter((answer, i) => isRight(answer, wanted[i])).length;
  return {
    done: right === said.length,
    says: `At ${right} of ${said.length} steps the GRU says what is wanted.`,
  };
}

function checkBridge(frame: Frame): Verdict {
  const { bias, length, strength } = frame.config;
  if (bias !== "same") return notYet("The same forget bias for all units, please.");
  if (Number(length) < 100) return notYet(`${length} steps: 100 are wanted.`);
  if (Number(strength) !== 0) return notYet("Set the inputs to × 0.");
  const arrives = flowOf(frame).direct[0] ?? 0;
  const says = `Of a nudge of the first cell state ${numberText(arrives, 2)} arrives on the straight path.`;
  if (arrives > 0.25) return notYet(`${says} A smaller bias would do.`);
  return { done: arrives >= 0.1, says };
}

function checkWorse(frame: Frame): Verdict {
  const { length, strength, gain } = frame.config;
  if (Number(length) !== 40) return notYet("With 40 steps, please.");
  if (Number(strength) !== 1 || Number(gain) !== 1) {
    return notYet("Leave the inputs and the recurrent weights at × 1.");
  }
  const { rnn, lstm } = flowOf(frame);
  const ratio = (rnn[0] ?? 0) / (lstm[0] ?? Number.NaN);
  return {
    done: ratio >= 10,
    says:
      ratio >= 1
        ? `The RNN feels its first state ${numberText(ratio, 2)} times as much as the LSTM.`
        : `The LSTM feels its first state ${numberText(1 / ratio, 2)} times as much as the RNN.`,
  };
}

/** The exercises on the inside of the cell, and on the gradient. */
export const cellExercises = {
  amnesia: {
    lab: "lstm-cell",
    check: checkAmnesia,
    solution: [{ write: { "lstm.steps.10.f": [[0]] } }],
  },
  overwrite: {
    lab: "lstm-cell",
    check: checkOverwrite,
    solution: [{ write: { "lstm.steps.5.i": [[1]] } }],
  },
  quiet: {
    lab: "lstm-cell",
    check: checkQuiet,
    solution: [{ config: { cell: "gru", units: 4 } }, { train: 150 }],
  },
  bridge: {
    lab: "lstm-gradient",
    check: checkBridge,
    solution: [{ config: { bias: "same", length: 100, strength: 0, forgetBias: 4 } }],
  },
  worse: {
    lab: "lstm-gradient",
    check: checkWorse,
    solution: [{ config: { bias: "same", length: 40, forgetBias: 0 } }],
  },
} satisfies Exercises;
