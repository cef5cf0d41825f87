import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { type NDArray, ndarray } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { targetHeights } from "./bumpsLab.ts";
import { irisParts, rightAnswers } from "./irisData.ts";
import { layerSizes, parameterCount } from "./network.ts";
import { playground, pointsOf, settingsOf, testScore } from "./playgroundLab.ts";
import { shapeSizes } from "./shapesLab.ts";
import { counted, numbers } from "./words.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

const same = (a: NDArray | undefined, b: NDArray | undefined): boolean =>
  String(numbers(a)) === String(numbers(b));

/** Whether the playground still learns from the points that its settings draw. */
function hasDrawnPoints({ config, data }: Frame): boolean {
  const { x, y } = pointsOf(config);
  return same(data.x, x) && same(data.y, y);
}

/** The largest distance from zero; NaN where nothing has come. */
function largest(array: NDArray | undefined): number {
  return array ? Math.max(...numbers(array).map(Math.abs)) : Number.NaN;
}

function checkByHand(frame: Frame): Verdict {
  const { config, metrics } = frame;
  if (config.dataset !== "xor" || !hasDrawnPoints(frame)) return notYet("Choose “XOR, by hand”.");
  if (layerSizes(config).join() !== "2,2,1") {
    return notYet("The network must be x₁ and x₂, one hidden layer of two units, one output.");
  }
  if (frame.step > 0) return notYet("By hand: choose “XOR, by hand” again, and do not train.");
  const right = Math.round(100 * (metrics.accuracy ?? 0));
  return { done: metrics.accuracy === 1, says: `${right} % of the points are right.` };
}

const budget = { parameters: 80, steps: 1500, share: 0.95 } as const;

function checkSpiral(frame: Frame): Verdict {
  const { config } = frame;
  const isSpiral =
    config.dataset === "spiral" && config.points === 200 && Number(config.noise) >= 0.1;
  if (!isSpiral || !hasDrawnPoints(frame)) {
    return notYet("Choose “Spiral”, with its 200 points and its noise.");
  }
  const score = testScore(frame);
  if (!score || score.of < 40) return notYet("Keep at least 20 % of the points for the test.");
  const count = parameterCount(layerSizes(config));
  const share = score.right / score.of;
  const isWithin = count <= budget.parameters && frame.step <= budget.steps;
  return {
    done: share >= budget.share && isWithin,
    says: `${numberText(100 * share)} % of the test points, with ${counted(count, "parameter")}${count > budget.parameters ? " (too many)" : ""} and ${counted(frame.step, "step")}${frame.step > budget.steps ? " (too many)" : ""}.`,
  };
}

function checkDead(frame: Frame): Verdict {
  const { config, values } = frame;
  if (Number(config.depth) < 1 || config.activation1 !== "relu") {
    return notYet("Give the first hidden layer the activation ReLU.");
  }
  const a = values["layers.0.a"];
  const [m = 0, k = 1] = a?.shape ?? [];
  const units = Array.from({ length: k }, (_, j) => j);
  const alive = units.filter((j) =>
    Array.from({ length: m }, (_, i) => a?.data[i * k + j] ?? 0).some((value) => value > 0),
  );
  if (alive.length > 0) return notYet(`${alive.length} of ${k} units still answer some point.`);
  const slope = largest(values["grad layers.0.W"]);
  if (!(slope === 0)) return notYet("Waiting for the gradient of that layer.");
  if (frame.step < 50) return notYet("All are dead. Now train for at least 50 steps.");
  return {
    done: true,
    says: `After ${frame.step} steps all ${k} units are silent, and the gradient of each of their weights is exactly 0.`,
  };
}

function checkHundred({ config }: Frame): Verdict {
  const sizes = shapeSizes(config);
  const count = parameterCount(sizes);
  const hasHidden = sizes.length > 2;
  return {
    done: count === 100 && hasHidden,
    says: `${sizes.join(" → ")} has ${counted(count, "parameter")}${hasHidden ? "" : ", and no hidden layer"}.`,
  };
}

function checkBump({ config, data, loss }: Frame): Verdict {
  const wave = ndarray(targetHeights("wave"));
  if (config.target !== "wave" || !same(data.y, wave)) return notYet("Choose the curve “Wave”.");
  return { done: loss < 0.002, says: `The loss is ${numberText(loss)}.` };
}

function checkFlowers(frame: Frame): Verdict {
  const { config, input, values } = frame;
  if (config.source !== "iris") return notYet("Choose the irises, not your own table.");
  const own = irisParts({ split: Number(config.split), standardise: config.standardise === true });
  if (!same(input.y, own.heldOut.y) || !same(frame.data.x, own.training.x)) {
    return notYet("Ask the network about the flowers put away: choose the preset “Petals”.");
  }
  const count = own.heldOut.y?.shape[0] ?? 1;
  const right = rightAnswers(values.y_hat, own.heldOut.y);
  return {
    done: right / count >= 0.95,
    says: `${right} of ${count} flowers put away are named rightly: ${numberText((100 * right) / count)} %.`,
  };
}

const byHandPreset = playground.presets?.find(({ label }) => label.startsWith("XOR"))?.edit ?? {};

/** The chapter's exercises, in the order of the page. */
export const exercises = {
  byHand: {
    lab: "mlp-playground",
    check: checkByHand,
    solution: [
      byHandPreset,
      {
        write: {
          "layers.0.W": [
            [1, -1],
            [-1, 1],
          ],
          "layers.0.b": [-2.5, -2.5],
          "layers.1.W": [[1, 1]],
          "layers.1.b": [-0.5],
        },
      },
    ],
  },
  spiral: {
    lab: "mlp-playground",
    check: checkSpiral,
    solution: [
      {
        config: {
          ...settingsOf("spiral"),
          points: 200,
          noise: 0.1,
          testShare: 30,
          depth: 2,
          units1: 6,
          units2: 4,
          activation1: "tanh",
          activation2: "tanh",
          sinX1: true,
          sinX2: true,
          optimiser: "adam",
          learningRate: 0.03,
          batchSize: 16,
        },
      },
      { train: 1000 },
    ],
  },
  dead: {
    lab: "mlp-playground",
    watch: ["layers.0.a", "grad layers.0.W"],
    check: checkDead,
    solution: [
      { config: { ...settingsOf("moons"), depth: 1, units1: 4, activation1: "relu" } },
      { write: { "layers.0.b": [-100, -100, -100, -100] } },
      { train: 60 },
    ],
  },
  hundred: {
    lab: "mlp-shapes",
    check: checkHundred,
    solution: [{ config: { inputs: 4, depth: 1, units1: 14, outputs: 2 } }],
  },
  bump: {
    lab: "mlp-bumps",
    check: checkBump,
    solution: [{ config: { target: "wave", bumps: 5 } }, { train: 1000 }],
  },
  flowers: {
    lab: "mlp-iris",
    check: checkFlowers,
    solution: [{ config: { source: "iris", split: 5, standardise: true } }, { train: 300 }],
  },
} satisfies Exercises;
