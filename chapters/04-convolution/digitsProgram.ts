import { cnnOf } from "../../src/models/cnn.ts";
import { oneHot } from "../../src/models/embedding.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { constantly } from "../../src/models/stopGradient.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { categoricalCrossEntropy } from "../../src/training/loss.ts";
import { classCount, side } from "./digitsData.ts";

/**
 * `conv-digits`. Data: `x` [m, 16, 16], from 0 to 1; `y` [m], which of ten classes each is. An input with
 * `asked` [m] (a class, or −1 for the likeliest) has that logit in the place of the loss, so that a
 * gradient is of it.
 */
export type DigitsConfig = {
  readonly pool: "max" | "average" | "none";
};

/** Feature maps of the two stages, and cells a side of their kernels. */
export const maps = [8, 16] as const;
export const kernel = 3;

/** A CNN of two stages that reads digits. */
export function digits(config: Config): Program {
  const { pool } = config as DigitsConfig;
  const net = cnnOf({
    size: side,
    maps,
    window: { kernel },
    pool: { kind: pool, size: 2 },
    activation: "relu",
    classes: classCount,
  });
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const given = named(inputs, "x");
    const x = tap("x", given.rank === 2 ? given.expandDims(0) : given); // [m, 16, 16]
    // #region read
    const logits = net.logits(parameters, x, holdable(tap)); // [m, 10]
    const y_hat = tap("y_hat", logits.softmax()); // [m, 10]
    // #endregion
    return { logits, y_hat };
  };
  return {
    parameters: net.parameters,
    torch: [
      ...maps.flatMap((_, i) => [
        { name: `convs.${i}.weight`, rows: [`convs.${i}.W`] },
        { name: `convs.${i}.bias`, rows: [`convs.${i}.b`] },
      ]),
      { name: "output.weight", rows: ["output.W"] },
      { name: "output.bias", rows: ["output.b"] },
    ],
    forward: (parameters, inputs, tap) => run(parameters, inputs, tap).y_hat,
    loss: (parameters, batch, tap) => {
      const { logits } = run(parameters, batch, tap);
      if (batch.asked) return tap("L", askedLogit(logits, batch.asked));
      return tap("L", categoricalCrossEntropy(logits, named(batch, "y")));
    },
  };
}

/**
 * Lets each feature map be held by hand: a map is what it is, times what is kept of it (`keep`, [c], all
 * ones), plus what is put in its place (`put`, [h, w, c], all zeros).
 */
// #region hold
function holdable(tap: Tap): Tap {
  return (name, a) => {
    if (!/^convs\.\d\.a$/.test(name)) return tap(name, a);
    const [, h, w, c] = a.shape as [number, number, number, number];
    const part = name.slice(0, -1);
    const keep = tap(`${part}keep`, tf.ones([c])); // [c]
    const put = tap(`${part}put`, tf.zeros([h, w, c])); // [h, w, c]
    return tap(name, a.mul(keep).add(put) as typeof a); // [m, h, w, c]
  };
}
// #endregion

/** The logit of the class that is asked about, −1 for the likeliest: its gradient at x is the saliency map. */
// #region saliency
function askedLogit(logits: tf.Tensor, asked: tf.Tensor): tf.Scalar {
  const chosen = constantly((z) => {
    const c = tf.where(asked.less(0), z.argMax(-1).toFloat(), asked.toFloat()); // [m]
    return oneHot(c, z.shape.at(-1) as number); // [m, k]
  }, logits);
  return logits.mul(chosen).sum(); // the sum has one term a picture
}
// #endregion
