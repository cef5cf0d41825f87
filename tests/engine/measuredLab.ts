import { ndarray } from "../../src/data/ndarray.ts";
import type { Program } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import { defineLab, trainingFields } from "../../src/training/lab.ts";

/** A small lab of the tests' own: logistic regression on AND, as no chapter can change it. */
export const measuredLab = defineLab({
  id: "measured-lab",
  version: 1,
  title: "Measured lab",
  invitation: "Measure it.",
  fields: trainingFields({ optimiser: "sgd", learningRate: 0.5, batchSize: 1 }),
  trains: true,
  data: () => ({
    x: ndarray([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]),
    y: ndarray([0, 0, 0, 1]),
  }),
  probes: () => ({ corner: { x: ndarray([[1, 1]]) } }),
  watch: () => ["w", "b", "z", "grad w", "z@corner"],
  describe: ({ loss }) => `The loss is ${loss}.`,
});

export function measuredProgram(): Program {
  return {
    parameters: {
      w: { shape: [2], initial: { kind: "normal", deviation: 1 } },
      b: { shape: [], initial: { kind: "constant", value: 0 } },
    },
    forward({ w, b }, { x }, tap) {
      const z = tap(
        "z",
        tf.add(tf.sum(tf.mul(x as tf.Tensor, w as tf.Tensor), -1), b as tf.Tensor),
      );
      return tap("y_hat", tf.sigmoid(z));
    },
    loss(parameters, batch, tap) {
      let z: tf.Tensor | undefined;
      this.forward(parameters, batch, (name, value) => {
        const passed = tap(name, value);
        if (name === "z") z = passed;
        return passed;
      });
      const logit = z as tf.Tensor;
      const perExample = tf.sub(tf.softplus(logit), tf.mul(logit, batch.y as tf.Tensor));
      return tap("L", tf.mean(perExample) as tf.Scalar);
    },
  };
}
