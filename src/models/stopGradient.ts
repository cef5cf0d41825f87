import * as tf from "./tf.ts";

/**
 * What `f` makes of these tensors, as a constant: no gradient flows back through it, and nothing within
 * it needs one.
 */
export function constantly(f: (...xs: tf.Tensor[]) => tf.Tensor, ...xs: tf.Tensor[]): tf.Tensor {
  const detached = tf.customGrad((...given) => {
    // TensorFlow.js hands on the inputs, and after them a function that saves.
    const inputs = given.slice(0, xs.length) as tf.Tensor[];
    return { value: f(...inputs), gradFunc: () => xs.map((x) => tf.zerosLike(x)) };
  });
  return detached(...xs);
}

/** x itself, but a constant to the gradient: PyTorch's `x.detach()`. */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  return constantly((value) => value.clone(), x);
}
