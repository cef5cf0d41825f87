import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { type GptSettings, gptOf } from "../../src/models/transformer/gpt.ts";
import { rereading, writeTokens } from "../../src/models/transformer/writing.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { alphabet, askedFrom, equals, readTokens, wordLength } from "./blockTask.ts";

/** The two models, by what the names of their parameters and taps begin with. */
export const twins = ["whole", "without"] as const;
export type Twin = (typeof twins)[number];

/** What each change takes out of the model, or moves. */
const changes = {
  residual: { residual: false },
  norm: { norm: "none" },
  post: { norm: "post" },
  ffn: { d_ff: 0 },
  positions: { positions: "none" },
  mask: { causal: false },
} as const satisfies Record<string, Partial<GptSettings>>;
export type Removal = keyof typeof changes;

/** The settings of the model that lacks nothing. */
export function wholeSettings(layers: number): GptSettings {
  return {
    V: alphabet.length,
    T: readTokens,
    d_model: 32,
    heads: 2,
    // So narrow that a head can carry a digit, but not work on it.
    d_head: 4,
    layers,
    d_ff: 64,
    norm: "pre",
    positions: "learned",
  };
}

const inTwin = <T>(twin: Twin, all: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [`${twin}.${name}`, one]));

/** The parameters of one of the two, under their own names. */
function ofTwin(twin: Twin, parameters: Tensors): Tensors {
  const start = `${twin}.`;
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      name.startsWith(start) ? [[name.slice(start.length), value]] : [],
    ),
  );
}

/**
 * `tf-block`. Data: `x` [m, 11], tokens; `y` [m, 11], what comes next, −1 where it is not asked. Two models
 * learn side by side; no parameter occurs in both, and neither feels the other. With `asked`
 * [m, 11], questions without answers, they answer by themselves: taps whole.written and without.written [m, 5],
 * and with `target` [m, 5], `task` [m, 3] and `x` whole.right and without.right [3], the share of right answers.
 */
export function blocks(config: Config): Program {
  const { removed, layers } = config as { removed: Removal; layers: number };
  const whole = wholeSettings(layers);
  const models = { whole: gptOf(whole), without: gptOf({ ...whole, ...changes[removed] }) };
  const each = <T>(parameters: Tensors, tap: Tap, make: (model: Model, inner: Tap) => T) =>
    twins.map((twin) => {
      const { logits } = models[twin];
      const own = ofTwin(twin, parameters);
      return make((x, inner) => logits(own, x, inner), within(twin, tap));
    });

  /** How many answers of each model are right, when it answers by itself: `[2, 3]`. */
  function examined(parameters: Tensors, inputs: Tensors, tap: Tap): tf.Tensor {
    const [asked, x] = [named(inputs, "asked"), named(inputs, "x")]; // [m, 11]
    const [target, task] = [named(inputs, "target"), named(inputs, "task")]; // [m, 5], [m, 3]
    const shares = twins.map((twin) => {
      const own = ofTwin(twin, parameters);
      const model: Model = (text, inner) => models[twin].logits(own, text, inner);
      const isMasked = twin === "whole" || removed !== "mask";
      const y = isMasked ? said(model, x) : answered(model, asked); // [m, 5]
      return within(twin, tap)("right", sharesRight(y, target, task)); // [3]
    });
    return tf.stack(shares);
  }

  return {
    parameters: Object.assign({}, ...twins.map((twin) => inTwin(twin, models[twin].parameters))),
    parts: twins,
    forward(parameters, inputs, tap) {
      if (inputs.target) return examined(parameters, inputs, tap);
      if (inputs.asked) {
        const question = inputs.asked; // [m, 11]
        return tf.stack(
          each(parameters, tap, (model, inner) => inner("written", answered(model, question))),
        );
      }
      const x = named(inputs, "x"); // [m, 11]
      return tf.stack(each(parameters, tap, (model, inner) => model(x, inner))); // [2, m, 11, V]
    },
    loss(parameters, batch, tap) {
      const [x, y] = [named(batch, "x"), named(batch, "y")]; // [m, 11]
      const losses = each(parameters, tap, (model, inner) =>
        inner("L", tokenCrossEntropy(model(x, inner), y)),
      );
      return tap("L", tf.addN(losses) as tf.Scalar);
    },
  };
}

type Model = (x: tf.Tensor, tap: Tap) => tf.Tensor;

/** What a model writes after "=", digit by digit, each read as the next. What is not written yet is nothing, 0. */
// #region answering
function answered(model: Model, question: tf.Tensor): tf.Tensor {
  const { y } = writeTokens({
    step: rereading((text) => model(text, untapped)),
    cache: question, // [m, 11]: task, word, "=", and zeros
    first: tf.fill([question.shape[0] as number], equals), // [m]
    from: askedFrom,
    steps: wordLength,
  });
  return y; // [m, 5]
}
// #endregion

/**
 * What a model says at each place that is asked, the right digits before it given: under a mask, all at once.
 * An answer that is right at every digit is the one that it writes by itself.
 */
function said(model: Model, x: tf.Tensor): tf.Tensor {
  const m = x.shape[0] as number;
  return model(x, untapped).argMax(-1).toFloat().slice([0, askedFrom], [m, wordLength]); // [m, 5]
}

/** Of each task, the share of answers `y` that are right at every digit, `[3]`. */
function sharesRight(y: tf.Tensor, target: tf.Tensor, task: tf.Tensor): tf.Tensor {
  const isRight = y.equal(target).toFloat().min(-1).expandDims(1); // [m, 1]
  return isRight.mul(task).sum(0).div(task.sum(0));
}
