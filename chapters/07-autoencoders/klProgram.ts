import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { stopGradient } from "../../src/models/stopGradient.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { CodeDistribution } from "../../src/models/vae.ts";
import { gaussianKlBetween } from "../../src/training/elbo.ts";
import type { Config } from "../../src/training/lab.ts";
import { counts, klAxis, klStart } from "./klNumbers.ts";

/** `vae-kl`. Data: `x` [R, N], normal draws ε for R runs, and `coin` [R, N] of ±1: which hump a draw of p is of. */
export type KlConfig = {
  /** Which of the two stands before the bars: `qp` is KL(q ‖ p). */
  readonly direction: "qp" | "pq";
  /** p is half a hump at μ_p, and half its mirror image at −μ_p. */
  readonly twoHumps: boolean;
};

/** log of the density of N(μ, σ²) at z; shaped as z. */
// #region logDensity
function logDensity({ mu, log_var }: CodeDistribution, z: tf.Tensor): tf.Tensor {
  const squares = z.sub(mu).square().div(log_var.exp());
  return squares
    .add(log_var)
    .add(Math.log(2 * Math.PI))
    .div(-2);
}
// #endregion

type LogDensity = (points: tf.Tensor) => tf.Tensor;

/** log of ½ (e^a + e^b). */
function logMean(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const most = tf.maximum(a, b);
  return tf
    .log1p(tf.exp(a.sub(b).abs().neg()))
    .add(most)
    .sub(Math.LN2);
}

/** The means of the first 1, 2, 4, … of N numbers, as a matrix to multiply by: `[N, counts]`. */
function meansOfFirst(N: number): tf.Tensor {
  const data = Float32Array.from({ length: N * counts.length }, (_, i) => {
    const count = counts[i % counts.length] as number;
    return Math.floor(i / counts.length) < count ? 1 / count : 0;
  });
  return tf.tensor(data, [N, counts.length]);
}

/**
 * Two normal distributions, the divergence of each from the other, and what draws say of it. Training
 * moves q alone, down the divergence that `direction` names.
 */
export function klByHand(config: Config): Program {
  const { direction, twoHumps } = config as KlConfig;
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap): tf.Scalar => {
    const q = { mu: named(parameters, "mu_q"), log_var: named(parameters, "log_var_q") };
    const p = {
      mu: stopGradient(named(parameters, "mu_p")),
      log_var: stopGradient(named(parameters, "log_var_p")),
    };
    const log_q = (z: tf.Tensor) => logDensity(q, z);
    const mirrored = { ...p, mu: p.mu.neg() };
    const log_p = (z: tf.Tensor) =>
      twoHumps ? logMean(logDensity(p, z), logDensity(mirrored, z)) : logDensity(p, z);
    const [log_a, log_b] = direction === "qp" ? [log_q, log_p] : [log_p, log_q];

    const points = tf.tensor1d(klAxis); // [G]
    const step = (klAxis[1] as number) - (klAxis[0] as number);
    // #region integrand
    const divergence = (log_a: LogDensity, log_b: LogDensity) => {
      const ratio = log_a(points).sub(log_b(points)); // [G]
      const integrand = log_a(points).exp().mul(ratio); // [G]
      return { integrand, area: integrand.sum().mul(step) }; // [G], []
    };
    // #endregion
    const shown = divergence(log_a, log_b);
    tap("integrand", shown.integrand);
    tap("density_q", log_q(points).exp()); // [G]
    tap("density_p", log_p(points).exp()); // [G]
    // #region bothWays
    const KL_qp = tap("KL_qp", twoHumps ? divergence(log_q, log_p).area : gaussianKlBetween(q, p));
    const KL_pq = tap("KL_pq", twoHumps ? divergence(log_p, log_q).area : gaussianKlBetween(p, q));
    // #endregion

    if (!inputs.training) {
      const x = named(inputs, "x"); // [R, N]
      const sign = twoHumps && direction === "pq" ? named(inputs, "coin") : tf.onesLike(x);
      const a = direction === "qp" ? q : p;
      const mu = a.mu.mul(sign); // [R, N]
      const sigma = a.log_var.div(2).exp(); // []
      const N = x.shape.at(-1) as number;
      // #region monteCarlo
      const draws = mu.add(sigma.mul(x)); // [R, N]
      const log_ratio = log_a(draws).sub(log_b(draws)); // [R, N]
      const estimates = tap("estimates", log_ratio.matMul(meansOfFirst(N))); // [R, counts]
      // #endregion
      tap("draws", draws.slice([0, 0], [1, Math.min(N, 64)])); // [1, 64]
      tap("estimate", estimates.slice([0, counts.length - 1], [1, 1]).reshape([])); // []
    }
    return (direction === "qp" ? KL_qp : KL_pq) as tf.Scalar;
  };
  return {
    parameters: Object.fromEntries(
      Object.entries(klStart).map(([name, value]) => [
        name,
        { shape: [], initial: { kind: "constant", value } as const },
      ]),
    ),
    forward: run,
    loss: (parameters, batch, tap) => tap("L", run(parameters, batch, tap)),
  };
}
