import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import { type GateName, logicGate } from "../../src/data/points.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { corners } from "./points.ts";
import { isYes, numbers, pointText } from "./words.ts";

/** What a gate answers at the corners, in the order of `corners`. */
const answersOf = (gate: GateName): readonly number[] => numbers(logicGate(gate).y);

/** Whether the neuron of the line lab answers the corners as the gate does. */
function answersAs(gate: GateName, frame: Frame): Verdict {
  const said = numbers(frame.values["y_hat@corners"]);
  const wrong = answersOf(gate).flatMap((y, i) => (isYes(said[i]) === isYes(y) ? [] : [i]));
  if (wrong.length === 0) return { done: true, says: `All four corners answer as ${gate} does.` };
  const where = wrong.map((i) => pointText(corners, i)).join(" and ");
  return {
    done: false,
    says: `${4 - wrong.length} of 4 corners answer as ${gate} does; not yet: ${where}.`,
  };
}

/** Whether the lab still learns from exactly this gate, by gradient descent. */
function learns(gate: GateName, frame: Frame): Verdict | null {
  if (frame.config.rule !== "gradient") {
    return { done: false, says: "Choose gradient descent: the perceptron rule has another loss." };
  }
  const own = logicGate(gate);
  const isGate = (["x", "y"] as const).every(
    (name) => String(numbers(frame.data[name])) === String(numbers(own[name])),
  );
  if (!isGate) return { done: false, says: `Choose ${gate}, with its own four dots.` };
  return frame.step === 0 ? { done: false, says: "Now train." } : null;
}

const steepest = 0.01;

/** Every hunger (0 or 1), and every wish for pizza and for burrito from 0 to 4. */
const dinners = [0, 1].flatMap((hunger) =>
  [0, 1, 2, 3, 4].flatMap((pizza) =>
    [0, 1, 2, 3, 4].map((burrito) => [hunger, pizza, burrito] as const),
  ),
);

function checkDinner(frame: Frame): Verdict {
  const w = numbers(frame.values.w);
  const b = entry(frame.values.b);
  if (w.length !== 3) {
    return { done: false, says: "The neuron needs three inputs: hunger, pizza, burrito." };
  }
  const wrong = dinners.filter((dinner) => {
    const z = dinner.reduce((sum, x, i) => sum + x * (w[i] ?? 0), b);
    const [hunger, pizza, burrito] = dinner;
    return z > 0 !== (hunger === 1 && burrito > pizza);
  });
  const [first] = wrong;
  if (!first) return { done: true, says: "Right for all 50 evenings." };
  const [hunger, pizza, burrito] = first;
  return {
    done: false,
    says: `Right for ${50 - wrong.length} of 50 evenings. Wrong for one with hunger ${hunger}, pizza ${pizza}, burrito ${burrito}.`,
  };
}

function checkBias(frame: Frame): Verdict {
  const isUntouched = numbers(frame.values.w).every((weight) => Math.abs(weight - 1) < 1e-3);
  if (!isUntouched)
    return { done: false, says: "Both weights must be 1: start from the preset OR." };
  return answersAs("OR", frame);
}

function checkSaturated(frame: Frame): Verdict {
  if (frame.config.rule !== "gradient") {
    return { done: false, says: "Choose gradient descent: its neuron has a sigmoid." };
  }
  // σ′(z) = σ(z) (1 − σ(z)).
  const slopes = numbers(frame.values["y_hat@corners"]).map((y_hat) => y_hat * (1 - y_hat));
  const largest = Math.max(...slopes);
  const at = slopes.indexOf(largest);
  return {
    done: largest < steepest,
    says: `The steepest corner is ${pointText(corners, at)}, with a slope of ${numberText(largest)}.`,
  };
}

function checkLearnt(frame: Frame): Verdict {
  return (
    learns("OR", frame) ?? {
      done: frame.loss < 0.05,
      says: `The loss is ${numberText(frame.loss)} after ${frame.step} steps.`,
    }
  );
}

function checkFloor(frame: Frame): Verdict {
  return (
    learns("XOR", frame) ?? {
      done: Math.abs(frame.loss - Math.LN2) < 1e-3,
      says: `The loss is ${numberText(frame.loss, 4)}; ln 2 is ${numberText(Math.LN2, 4)}.`,
    }
  );
}

function checkTwoGates(frame: Frame): Verdict {
  const { X, Y_hat } = frame.values;
  const [m, n] = X?.shape ?? [];
  const isCorners = n === 2 && String(numbers(X)) === String(numbers(corners));
  if (!isCorners || m !== 4) {
    return {
      done: false,
      says: "X must hold the four corners: start from the preset “A batch of four”.",
    };
  }
  const k = Y_hat?.shape[1] ?? 1;
  if (k < 2) return { done: false, says: "Two gates need two neurons." };
  const column = (j: number) => [0, 1, 2, 3].map((i) => isYes(entry(Y_hat, i * k + j)));
  const is = (j: number, gate: GateName) =>
    answersOf(gate).every((y, i) => isYes(y) === column(j)[i]);
  const [first, second] = [is(0, "AND"), is(1, "OR")];
  const word = (right: boolean) => (right ? "yes" : "not yet");
  return {
    done: first && second,
    says: `Neuron 1 says AND: ${word(first)}. Neuron 2 says OR: ${word(second)}.`,
  };
}

/** The chapter's exercises, in the order of the page. */
export const exercises = {
  dinner: {
    lab: "perceptron-neuron",
    check: checkDinner,
    solution: [
      {
        config: { inputs: 3, activation: "step", names: "dinner" },
        write: { w: [10, -1, 1], b: -10.5 },
        data: { x: [[1, 3, 4]], y: [1] },
      },
    ],
  },
  nand: {
    lab: "perceptron-line",
    check: (frame) => answersAs("NAND", frame),
    solution: [{ config: { task: "NAND" }, write: { w: [-1, -1], b: 1.5 } }],
  },
  bias: {
    lab: "perceptron-line",
    check: checkBias,
    solution: [{ config: { task: "OR" }, write: { w: [1, 1], b: -0.5 } }],
  },
  saturated: {
    lab: "perceptron-line",
    check: checkSaturated,
    solution: [{ config: { rule: "gradient" }, write: { w: [20, 20], b: -10 } }],
  },
  learnt: {
    lab: "perceptron-line",
    check: checkLearnt,
    solution: [
      {
        config: { task: "OR", rule: "gradient", optimiser: "sgd", learningRate: 5, batchSize: 0 },
        data: logicGate("OR"),
        write: { w: [0, 0], b: 0 },
      },
      { train: 200 },
    ],
  },
  floor: {
    lab: "perceptron-line",
    check: checkFloor,
    solution: [
      {
        config: { task: "XOR", rule: "gradient", optimiser: "sgd", learningRate: 1, batchSize: 0 },
        data: logicGate("XOR"),
        write: { w: [1, -1], b: 0 },
      },
      { train: 200 },
    ],
  },
  gates: {
    lab: "perceptron-layer",
    check: checkTwoGates,
    solution: [
      {
        config: { neurons: 2, inputs: 2, examples: 4 },
        write: {
          W: [
            [1, 1],
            [1, 1],
          ],
          b: [-1.5, -0.5],
        },
      },
    ],
  },
} satisfies Exercises;
