import type * as tf from "./tf.ts";

/** What a network's output answers: yes or no, which of k classes, or how much. */
export type Task = "binary" | "classes" | "regression";

/**
 * The answer ŷ that a task makes of the logits, `[k]` or `[m, k]`, with k = 1 but for `classes`.
 *
 * - `binary` σ(z), the probability of yes: `[]` or `[m]`.
 * - `classes` softmax(z)ⱼ = e^zⱼ / Σᵢ e^zᵢ, a probability for each class, summing to 1: `[k]` or `[m, k]`.
 *   Bridle 1990; Bishop 2006, eq. 4.104.
 * - `regression` z itself: `[]` or `[m]`.
 */
// #region answers
export const answers = {
  binary: (logits) => logits.squeeze([-1]).sigmoid(), // [] or [m]
  classes: (logits) => logits.softmax(), // [k] or [m, k]
  regression: (logits) => logits.squeeze([-1]), // [] or [m]
} satisfies Record<Task, (logits: tf.Tensor) => tf.Tensor>;
// #endregion
