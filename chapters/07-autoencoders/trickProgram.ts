import { asRows } from "../../src/models/autoencoder.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { stopGradient } from "../../src/models/stopGradient.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import {
  type CodeDistribution,
  plainSample,
  reparameterise,
  scoreFunction,
  vaeOf,
} from "../../src/models/vae.ts";
import { bernoulliCost, gaussianKl, negativeElbo } from "../../src/training/elbo.ts";
import type { Config } from "../../src/training/lab.ts";
import { pixels } from "./digits.ts";

/**
 * `vae-trick`. Data: `x` [m, 16, 16], `y` [m], `epsilon` [m, d]. With an input `draws` [S, d] beside one
 * picture, the loss also takes S draws for it, each with a gradient of its own.
 */
export type TrickConfig = {
  /** d: the numbers of a code. */
  readonly d: "1" | "2" | "8";
  readonly sampling: "reparameterised" | "plain" | "score";
  /** Whether the score function is told what the other draws cost. */
  readonly baseline: boolean;
};

/** Units of the hidden layers. Their tanh is smooth, so that sums over a grid of draws are as good as exact. */
const hidden = 64;

/** The mean of the other draws' costs, for each: it depends on no draw of its own. `f` is `[m]`. */
// #region baseline
function meanOfOthers(f: tf.Tensor): tf.Tensor {
  const others = Math.max(1, f.size - 1);
  return f.sum().sub(f).div(others); // [m]
}
// #endregion

/** A small variational autoencoder whose codes are drawn in one of three ways. */
export function trickProgram(config: Config): Program {
  const { d, sampling, baseline } = config as TrickConfig;
  const vae = vaeOf({ pixels, hidden: [hidden], z: Number(d), activation: "tanh" });
  const draw = sampling === "reparameterised" ? reparameterise : plainSample;
  const toCompare = (f: tf.Tensor) => (baseline ? meanOfOthers(f) : 0);

  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", asRows(named(inputs, "x"))); // [m, n]
    const q = vae.encode(parameters, x, undefined, tap); // mu, log_var [m, d]
    const drawn = copied(q, "drawn", 1, tap);
    const z = draw(drawn, inputs.epsilon, tap); // [m, d]
    return { x, q, drawn, z, ...vae.decode(parameters, z, undefined, tap) };
  };

  // #region estimates
  const estimates = (
    parameters: Tensors,
    q: CodeDistribution,
    x: tf.Tensor,
    draws: tf.Tensor,
    tap: Tap,
  ) => {
    const S = draws.shape[0] as number;
    const path = copied(q, "pathwise", S, tap); // mu, log_var [S, d]
    const z = reparameterise(path, draws, within("pathwise", tap)); // [S, d]
    const { logits } = vae.decode(parameters, z); // [S, n]
    const f = tap("f", bernoulliCost(logits, x)); // [S]
    const score = copied(q, "score", S, tap);
    const plain = stopGradient(f);
    const f_score = scoreFunction(plain, score, stopGradient(z), toCompare(plain)); // [S]
    return f.sum().add(f_score.sum());
  };
  // #endregion

  return {
    parameters: vae.parameters,
    noise: vae.noise,
    forward: (parameters, inputs, tap) => run(parameters, inputs, tap).x_hat,
    loss: (parameters, batch, tap) => {
      const { x, q, drawn, z, logits } = run(parameters, batch, tap);
      const plain = bernoulliCost(logits, x); // [m]
      const cost = sampling === "score" ? scoreFunction(plain, drawn, z, toCompare(plain)) : plain;
      const kl = tap("kl", gaussianKl(copied(q, "priced", 1, tap))); // [m, d]
      const L = negativeElbo({ cost, kl, beta: 1 }, tap);
      if (!batch.draws) return L;
      return L.add(estimates(parameters, q, x, batch.draws, tap)) as tf.Scalar;
    },
  };
}

/**
 * μ and log σ², `times` over, under names of their own: the gradient there is what comes back on this way
 * alone, and, where every draw has a copy, what comes back from each draw.
 */
function copied({ mu, log_var }: CodeDistribution, way: string, times: number, tap: Tap) {
  const copies = (of: tf.Tensor) => (times === 1 ? of : of.tile([times, 1]));
  return {
    mu: tap(`${way}.mu`, copies(mu)),
    log_var: tap(`${way}.log_var`, copies(log_var)),
  };
}
