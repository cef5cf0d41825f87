import { type Tap, untapped } from "../models/tap.ts";
import * as tf from "../models/tf.ts";

/** A normal distribution, each number of its own: mean and logarithm of the variance, of one shape. */
interface Normal {
  readonly mu: tf.Tensor;
  readonly log_var: tf.Tensor;
}

/**
 * The Kullback–Leibler divergence from N(0, 1) of each number's distribution, in closed form:
 * KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − 1 − log σ²).
 *
 * Shaped as μ and log σ², `[m, d]`; in nats, at least 0, and 0 only for μ = 0, σ = 1.
 * Kingma & Welling 2014, appendix B.
 */
// #region gaussianKl
export function gaussianKl({ mu, log_var }: Normal): tf.Tensor {
  const squares = mu.square().add(log_var.exp());
  return squares.sub(1).sub(log_var).div(2); // [m, d]
}
// #endregion

/**
 * The divergence between two normal distributions, q from p:
 * KL(q ‖ p) = ½ (log σₚ² − log σ_q² + (σ_q² + (μ_q − μₚ)²) / σₚ² − 1). In nats, at least 0; KL(p ‖ q) is
 * another number. Kullback & Leibler 1951.
 */
// #region gaussianKlBetween
export function gaussianKlBetween(q: Normal, p: Normal): tf.Tensor {
  const far = q.mu.sub(p.mu).square();
  const ratio = q.log_var.exp().add(far).div(p.log_var.exp());
  return p.log_var.sub(q.log_var).add(ratio).sub(1).div(2);
}
// #endregion

/**
 * What a picture costs when each pixel is a coin of probability x̂ = σ(logit):
 * −log p(x|z) = −Σ [x log x̂ + (1 − x) log(1 − x̂)], from the logits, so that nothing overflows.
 *
 * `logits` and `x` are `[m, n]`, x from 0 to 1; `[m]`, in nats. For x strictly between 0 and 1 it is a
 * cross-entropy, not a probability, and never 0. Kingma & Welling 2014, appendix C.1.
 */
// #region bernoulliCost
export function bernoulliCost(logits: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const softplus = tf.relu(logits).add(tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
  return softplus.sub(logits.mul(x)).sum(-1); // [m]
}
// #endregion

/**
 * What a picture costs when each pixel is normal about x̂ with one deviation σ_x:
 * −log p(x|z) = Σ [½ ((x − x̂) / σ_x)² + log σ_x + ½ log 2π]. The squared error, but for scale and a
 * constant. `x_hat` and `x` are `[m, n]`; `[m]`, in nats, and may be below 0: it is of a density.
 */
// #region gaussianCost
export function gaussianCost(x_hat: tf.Tensor, x: tf.Tensor, sigma_x: number): tf.Tensor {
  const squares = x.sub(x_hat).div(sigma_x).square().div(2);
  return squares.add(Math.log(sigma_x) + Math.log(2 * Math.PI) / 2).sum(-1); // [m]
}
// #endregion

export interface ElboTerms {
  /** −log p(x|z) of each example, `[m]`. */
  readonly cost: tf.Tensor;
  /** The divergence of each number of each code, `[m, d]`. */
  readonly kl: tf.Tensor;
  /** The weight of the divergence: 1 for the bound itself (Higgins et al. 2017). A number or a scalar. */
  readonly beta: number | tf.Tensor;
  /** Nats a number that cost nothing (Kingma et al. 2016, appendix C.8). Default 0. */
  readonly freeBits?: number;
}

/**
 * The loss of a variational autoencoder, the negative of the evidence lower bound
 * ELBO = E[log p(x|z)] − β KL(q(z|x) ‖ p(z)), averaged over the examples.
 *
 * With free bits λ, each number of the code is charged max(λ, its mean divergence): below λ there is
 * nothing to gain, so that it is not pushed into collapse.
 *
 * Taps KL_d `[d]` (of each number, before free bits), KL and reconstruction (scalars), ELBO and L; all in
 * nats an example. Kingma & Welling 2014, eq. 3 and 10.
 */
// #region negativeElbo
export function negativeElbo(
  { cost, kl, beta, freeBits = 0 }: ElboTerms,
  tap: Tap = untapped,
): tf.Scalar {
  const KL_d = tap("KL_d", kl.mean(0)); // [d]
  const KL = tap("KL", KL_d.sum()); // []
  const charged = freeBits > 0 ? KL_d.maximum(freeBits).sum() : KL; // []
  const reconstruction = tap("reconstruction", cost.mean()); // []
  const ELBO = tap("ELBO", reconstruction.neg().sub(charged.mul(beta))); // []
  return tap("L", ELBO.neg() as tf.Scalar);
}
// #endregion

/**
 * How far a warm-up over so many steps has come after `t` of them: min(1, t / steps); 1 without one.
 * `t` is a scalar. Bowman et al. 2016, § 3.1; Sønderby et al. 2016, § 2.3.
 */
export function warmUp(t: tf.Tensor, steps: number): tf.Tensor {
  return steps > 0 ? t.div(steps).minimum(1) : tf.onesLike(t);
}
