import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { maskedSoftmax } from "../../src/models/transformer/masks.ts";
import {
  placesOf,
  positionParameters,
  sinusoidal,
} from "../../src/models/transformer/positions.ts";
import { tokenEmbedding, tokenParameters } from "../../src/models/transformer/tokens.ts";
import type { Config } from "../../src/training/lab.ts";
import { squaredError } from "../../src/training/loss.ts";
import { mostWords, omega } from "./positionsData.ts";

/**
 * What turns the code of every place t into that of place t + k: sin and cos of a pair are the hands of a
 * clock, and each pair turns by k ω_i. `[d, d]`, d even; P_t R = P_{t + k}.
 */
// #region shift
export function turned(k: number, d: number): tf.Tensor {
  const R = tf.buffer([d, d]);
  for (let i = 0; i < d / 2; i++) {
    const angle = k * omega(i, d);
    R.set(Math.cos(angle), 2 * i, 2 * i);
    R.set(-Math.sin(angle), 2 * i, 2 * i + 1);
    R.set(Math.sin(angle), 2 * i + 1, 2 * i);
    R.set(Math.cos(angle), 2 * i + 1, 2 * i + 1);
  }
  return R.toTensor();
}
// #endregion

/**
 * Which places a place looks at: the others, and where it occurs in training, only those that occur there
 * too. Zeros and ones, `[T, T]`.
 */
function others(T: number, heard: number): tf.Tensor {
  const M = tf.buffer([T, T]);
  for (let t = 0; t < T; t++) {
    for (let s = 0; s < T; s++) M.set(s !== t && (t >= heard || s < heard) ? 1 : 0, t, s);
  }
  return M.toTensor();
}

/** A reading at each place, guessed from those at the others: places that are alike count most. */
function guesses(x: tf.Tensor, S: tf.Tensor, M: tf.Tensor, tap: Tap): tf.Tensor {
  // #region guess
  const A = tap("A", maskedSoftmax(S, M)); // [T, T]; a place never looks at itself
  return tap("y_hat", x.matMul(A, false, true)); // [m, T]
  // #endregion
}

/**
 * `tf-positions`. Inputs: `x` [m, T], readings of a curve at T places. Output [2, m, T]: each reading, guessed
 * from the others by attention that knows of nothing but places, first with the waves P, whose one parameter
 * is beta, then with the learned table W_P. With `tokens` [1, n] besides or instead, the places are added to
 * the words' rows: taps e, x and learned.x, [1, n, d]. Loss: the mean square errors of both.
 */
export function placeCodes({ places, width, heard: asked, shift }: Config): Program {
  const [T, d, k] = [Number(places), Number(width), Number(shift)];
  const heard = Math.min(T, Number(asked));
  const tables = (parameters: Tensors, tap: Tap) => {
    const W_P = named(parameters, "W_P"); // [T, d]
    const P = tap("P", sinusoidal(T, d)); // [T, d]
    return { P, W_P };
  };
  const withWords = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const { P, W_P } = tables(parameters, tap);
    const tokens = named(inputs, "tokens"); // [1, n]
    const n = tokens.shape[1] as number;
    // #region added
    const e = tap("e", tokenEmbedding(named(parameters, "W_E"), tokens)); // [1, n, d]
    const x = tap("x", e.add(placesOf(P, n))); // [1, n, d]
    tap("learned.x", e.add(placesOf(W_P, n))); // [1, n, d]
    // #endregion
    return x;
  };
  const bothGuesses = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = named(inputs, "x"); // [m, T]
    const beta = named(parameters, "beta"); // []
    const { P, W_P } = tables(parameters, tap);
    const M = tap("M", others(T, heard)); // [T, T]
    // #region products
    const PP = tap("PP", P.matMul(P, false, true)); // [T, T]
    const learned = tap("learned.PP", W_P.matMul(W_P, false, true)); // [T, T]
    // #endregion
    const R = tap("R", turned(k, d)); // [d, d]
    tap("PR", P.matMul(R)); // [T, d]
    // #region scores
    const S = { waves: PP.mul(beta), learned: learned.div(Math.sqrt(d)) }; // [T, T] each
    // #endregion
    return {
      waves: guesses(x, S.waves, M, within("waves", tap)),
      learned: guesses(x, S.learned, M, within("learned", tap)),
    };
  };
  const cost = (y_hat: tf.Tensor, x: tf.Tensor, from: number, to: number) => {
    const [m] = x.shape as [number, number];
    const part = [m, to - from];
    return squaredError(y_hat.slice([0, from], part), x.slice([0, from], part));
  };
  return {
    parameters: {
      ...positionParameters("", T, d, 0.3),
      beta: { shape: [], initial: { kind: "constant", value: 1 / Math.sqrt(d) } },
      ...tokenParameters("", mostWords, d, 1),
    },
    forward(parameters, inputs, tap) {
      if (!inputs.x) return withWords(parameters, inputs, tap);
      const { waves, learned } = bothGuesses(parameters, inputs, tap);
      return tf.stack([waves, learned]);
    },
    loss(parameters, batch, tap) {
      const { waves, learned } = bothGuesses(parameters, batch, tap);
      const x = named(batch, "x");
      const L_w = tap("waves.L", cost(waves, x, 0, heard));
      const L_l = tap("learned.L", cost(learned, x, 0, heard));
      return tap("L", L_w.add(L_l) as tf.Scalar);
    },
    metrics(parameters, batch) {
      const { waves, learned } = bothGuesses(parameters, batch, (_name, value) => value);
      const x = named(batch, "x");
      return {
        waves: cost(waves, x, 0, heard),
        learned: cost(learned, x, 0, heard),
        ...(heard < T && {
          "waves, beyond": cost(waves, x, heard, T),
          "learned, beyond": cost(learned, x, heard, T),
        }),
      };
    },
  };
}
