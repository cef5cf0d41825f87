import { clockSigns, longestClock } from "../../src/data/clock.ts";
import { strokePoints } from "../../src/data/strokes.ts";
import { tagNames } from "../../src/data/tagging.ts";
import { type CellName, cellOf, cellParameters, cellTorch } from "../../src/models/cells.ts";
import {
  embedding,
  embeddingOf,
  embeddingParameters,
  embeddingTorch,
  oneHot,
} from "../../src/models/embedding.ts";
import { generate } from "../../src/models/generate.ts";
import { linear, linearTorch } from "../../src/models/linear.ts";
import { named } from "../../src/models/named.ts";
import { answers } from "../../src/models/output.ts";
import type { ParameterSpec, Program, Tensors } from "../../src/models/program.ts";
import { readSteps, unroll } from "../../src/models/sequence.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { binaryCrossEntropy, squaredError } from "../../src/training/loss.ts";
import { handInputs, readers, type ShapeName } from "./sequencesData.ts";

/**
 * `rnn-sequences`. `draw`: `x` [m, 12], `y` [m, T, 2]. `judge`: `x` [m, T] words, `y` [m], 0 or 1. `tag`: `x`
 * [m, T], `y` [m, T], −1 past the end. `clock`: `x` [m, T] words, `y` [m, S] signs, −1 past the end. With
 * `target` in the place of `y` the model answers by itself and taps `right`, the share of right answers.
 */
export type SequencesConfig = {
  readonly shape: ShapeName;
  readonly cell: CellName;
  readonly units: number;
};

/** D, the numbers that stand for a word. */
const wordNumbers = 16;
/** How near the pen has to be to its way, on average: a twentieth of the digit's height. */
const nearEnough = 0.1;

/** The parameters of the output layer, from H units to K numbers. */
function headParameters(H: number, K: number): Record<string, ParameterSpec> {
  return {
    W_y: { shape: [K, H], initial: { kind: "xavier", fanIn: H, fanOut: K } },
    b_y: { shape: [K], initial: { kind: "constant", value: 0 } },
  };
}

/** The output layer as PyTorch's `nn.Linear`. */
const headTorch = linearTorch("head", "W_y", "b_y");

/** W_y h + b_y, `[n, H]` to `[n, K]`. */
function headOf(parameters: Tensors) {
  const layer = { W: named(parameters, "W_y"), b: named(parameters, "b_y") };
  return (h: tf.Tensor) => linear(layer, h);
}

/** Cross-entropy at the steps that have an answer: `logits` [m, T, K], `y` [m, T], −1 where there is none. */
function crossEntropyOfSteps(logits: tf.Tensor, y: tf.Tensor): tf.Scalar {
  // #region stepLoss
  const wanted = oneHot(y, logits.shape[2] as number); // [m, T, K], zeros where there is no answer
  const losses = wanted.mul(logits.logSoftmax()).sum(-1).neg(); // [m, T]
  return losses.sum().div(wanted.sum());
  // #endregion
}

/** Which steps are right, `[m, T]`, and which have an answer. */
function rightSteps(answer: tf.Tensor, target: tf.Tensor) {
  const asked = target.greaterEqual(0).toFloat(); // [m, T]
  return { asked, right: answer.equal(target).toFloat().mul(asked) };
}

type Shape = (config: SequencesConfig) => Program;

/** One to many: the digit and the hand are the input of step 1, and the pen's way is read off the states. */
const draw: Shape = ({ cell: kind, units }) => {
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", named(inputs, "x")); // [m, 12]
    // #region oneToMany
    const silence = tf.zeros([x.shape[0] as number, strokePoints - 1, handInputs]);
    const xs = tf.concat([x.expandDims(1), silence], 1); // [m, T, 12]: an input at step 1 alone
    const { states } = unroll(cellOf(kind, parameters, ""), xs, {}, tap);
    const y_hat = tap("y_hat", readSteps(states, headOf(parameters))); // [m, T, 2]
    // #endregion
    if (inputs.target) {
      const off = y_hat.sub(inputs.target).square().sum(-1).mean(-1).sqrt(); // [m]
      tap("right", off.less(nearEnough).toFloat().mean());
      tap("off", off.mean());
    }
    return y_hat;
  };
  return {
    parameters: {
      ...cellParameters(kind, "", handInputs, units, { weights: "orthogonal" }),
      ...headParameters(units, 2),
    },
    torch: [...cellTorch(kind, "", "rnn"), ...headTorch],
    forward: run,
    loss: (parameters, batch, tap) =>
      tap("L", squaredError(run(parameters, batch, tap), named(batch, "y"))),
  };
};

/** The states of a cell that reads words, `[m, T]`: 0 is no word, and there the state stays as it is. */
function readWords(parameters: Tensors, x: tf.Tensor, kind: CellName, part: string, tap: Tap) {
  const e = embedding(embeddingOf(parameters, ""), x, tap); // [m, T, D]
  const mask = x.greater(0).toFloat(); // [m, T]
  const cellTap = part === "" ? tap : within(part, tap);
  return unroll(cellOf(kind, parameters, part), e, { mask }, cellTap);
}

/** Many to one: words in, and the last state says whether they praise. */
const judge: Shape = ({ cell: kind, units }) => {
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", named(inputs, "x")); // [m, T]
    // #region manyToOne
    const { states, last } = readWords(parameters, x, kind, "", tap);
    const z = headOf(parameters)(last.h); // [m, 1]
    tap("y_hat", answers.binary(z)); // [m]
    // #endregion
    return { z, states };
  };
  return {
    parameters: {
      ...embeddingParameters("", readers.judge.vocabulary.words.length, wordNumbers),
      ...cellParameters(kind, "", wordNumbers, units),
      ...headParameters(units, 1),
    },
    torch: [...embeddingTorch("", "embedding"), ...cellTorch(kind, "", "rnn"), ...headTorch],
    forward: (parameters, inputs, tap) => {
      const { z, states } = run(parameters, inputs, tap);
      // What it would say if the sentence ended after each word.
      tap("y_sofar", answers.binary(readSteps(states, headOf(parameters)))); // [m, T]
      const y_hat = answers.binary(z); // [m]
      if (inputs.target) {
        const said = y_hat.greater(0.5).toFloat();
        tap("right", said.equal(inputs.target).toFloat().mean());
      }
      return y_hat;
    },
    loss: (parameters, batch, tap) => {
      const { z } = run(parameters, batch, tap);
      return tap("L", binaryCrossEntropy(z.squeeze([-1]), named(batch, "y")));
    },
  };
};

/** Many to many, aligned: an answer for every word, when it has been read. */
const tag: Shape = ({ cell: kind, units }) => {
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", named(inputs, "x")); // [m, T]
    // #region manyToMany
    const { states } = readWords(parameters, x, kind, "", tap);
    const z = readSteps(states, headOf(parameters)); // [m, T, K]
    const y_hat = tap("y_hat", z.softmax()); // [m, T, K]
    // #endregion
    if (inputs.target) {
      const { asked, right } = rightSteps(y_hat.argMax(-1).toFloat(), inputs.target);
      tap("right", right.sum().div(asked.sum()));
    }
    return { z, y_hat };
  };
  return {
    parameters: {
      ...embeddingParameters("", readers.tag.vocabulary.words.length, wordNumbers),
      ...cellParameters(kind, "", wordNumbers, units),
      ...headParameters(units, tagNames.length),
    },
    torch: [...embeddingTorch("", "embedding"), ...cellTorch(kind, "", "rnn"), ...headTorch],
    forward: (parameters, inputs, tap) => run(parameters, inputs, tap).y_hat,
    loss: (parameters, batch, tap) =>
      tap("L", crossEntropyOfSteps(run(parameters, batch, tap).z, named(batch, "y"))),
  };
};

/**
 * Encoder and decoder: one cell reads the words, and the state in which they leave it is where another
 * begins, which writes signs. In training the decoder reads the right signs (teacher forcing); by itself,
 * those that it has written.
 */
const clock: Shape = ({ cell: kind, units }) => {
  const K = clockSigns.length;
  const encode = (parameters: Tensors, inputs: Tensors, tap: Tap) =>
    readWords(parameters, tap("x", named(inputs, "x")), kind, "encoder", tap).last;
  return {
    parameters: {
      ...embeddingParameters("", readers.clock.vocabulary.words.length, wordNumbers),
      ...cellParameters(kind, "encoder", wordNumbers, units),
      ...cellParameters(kind, "decoder", K, units),
      ...headParameters(units, K),
    },
    torch: [
      ...embeddingTorch("", "embedding"),
      ...cellTorch(kind, "encoder"),
      ...cellTorch(kind, "decoder"),
      ...headTorch,
    ],
    forward: (parameters, inputs, tap) => {
      const initial = encode(parameters, inputs, tap);
      // #region freeRunning
      const start = tf.fill([initial.h.shape[0] as number], -1); // [m]: before the first sign there is none
      const { y, logits } = generate(
        cellOf(kind, parameters, "decoder"),
        {
          first: start,
          steps: longestClock.signs,
          embed: (sign) => oneHot(sign, K), // [m, K]
          logits: headOf(parameters),
          initial,
        },
        within("decoder", tap),
      );
      // #endregion
      tap("y_hat", logits.softmax()); // [m, S, K]
      if (inputs.target) {
        const { asked, right } = rightSteps(y, inputs.target);
        tap("right", right.sum(-1).equal(asked.sum(-1)).toFloat().mean());
      }
      return tap("signs", y); // [m, S]
    },
    loss: (parameters, batch, tap) => {
      const y = named(batch, "y"); // [m, S]
      const initial = encode(parameters, batch, tap);
      // #region teacherForcing
      const [m, S] = y.shape as [number, number];
      const given = tf.concat([tf.fill([m, 1], -1), y.slice([0, 0], [m, S - 1])], 1); // [m, S]
      const decoder = cellOf(kind, parameters, "decoder");
      const { states } = unroll(decoder, oneHot(given, K), { initial }, within("decoder", tap));
      const z = readSteps(states, headOf(parameters)); // [m, S, K]
      // #endregion
      tap("y_hat", z.softmax()); // [m, S, K]
      return tap("L", crossEntropyOfSteps(z, y));
    },
  };
};

const shapes: Readonly<Record<ShapeName, Shape>> = { draw, judge, tag, clock };

/** A small model of the shape that is chosen. */
export function sequences(config: Config): Program {
  const settings = config as SequencesConfig;
  return shapes[settings.shape](settings);
}
