import { named } from "../../src/models/named.ts";
import type { ParameterSpec, Program, Tensors } from "../../src/models/program.ts";
import { stopGradient } from "../../src/models/stopGradient.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { cosineAt, spaces } from "./orthogonalNumbers.ts";

/** The cosines between all rows of `V` `[most, d]`: `[most, most]`. */
// #region cosines
function cosines(V: tf.Tensor): tf.Tensor {
  const U = V.div(tf.norm(V, 2, 1, true)); // [most, d]: unit vectors
  return tf.matMul(U, U, false, true); // [most, most]
}
// #endregion

/**
 * `mi-orthogonal`: directions that push each other apart until all cosines are within ±c, in several spaces
 * at once. In each, N of them fit so far, and one more is tried; when all N + 1 fit, N grows.
 * Taps of the space of d dimensions, `dims.d.`: C, the cosines; N; L, by how much they are too near.
 */
export function pushedApart(config: Config): Program {
  const c = cosineAt(Number(config.degrees));
  const parameters: Record<string, ParameterSpec> = {};
  const follows: Record<string, string> = {};
  for (const { d, most } of spaces) {
    parameters[`dims.${d}.V`] = { shape: [most, d], initial: { kind: "normal", deviation: 1 } };
    parameters[`dims.${d}.N`] = { shape: [], initial: { kind: "constant", value: 1 } };
    follows[`dims.${d}.N`] = `dims.${d}.N_next`;
  }
  const lookedAt = (all: Tensors, tap: Tap) =>
    spaces.map(({ d }) => tap(`dims.${d}.C`, cosines(named(all, `dims.${d}.V`))));
  return {
    parameters,
    follows,
    forward: (all, _inputs, tap) => tf.addN(lookedAt(all, tap).map((C) => C.sum())),
    loss(all, _batch, tap) {
      const looked = lookedAt(all, tap);
      const losses = spaces.map(({ d, most }, i) => {
        const C = looked[i] as tf.Tensor; // [most, most]
        return onePush(C, { N: named(all, `dims.${d}.N`), most, c }, (name, value) =>
          tap(`dims.${d}.${name}`, value),
        );
      });
      return tap("L", tf.addN(losses) as tf.Scalar);
    },
  };
}

/** What one space adds to the loss. The push goes a little beyond c: else a pair would come near to it for ever. */
function onePush(
  C: tf.Tensor,
  { N, most, c }: { readonly N: tf.Tensor; readonly most: number; readonly c: number },
  tap: Tap,
): tf.Tensor {
  // #region tooNear
  const tried = tf.range(0, most).lessEqual(N).toFloat().as1D(); // [most]: N that fit, and one more
  const pairs = tf.outerProduct(tried, tried).mul(tf.sub(1, tf.eye(most))); // [most, most]
  const size = C.mul(pairs).abs(); // [most, most]
  const L = tap(
    "L",
    size
      .sub(0.95 * c)
      .relu()
      .sum()
      .div(2),
  ); // []
  // #endregion
  const fits = stopGradient(size).max().lessEqual(c).toFloat(); // []
  tap("N_next", N.add(fits).minimum(most));
  return L;
}
