import { untapped } from "./tap.ts";
import * as tf from "./tf.ts";

type Feature = (x_1: tf.Tensor, x_2: tf.Tensor) => tf.Tensor;

/** What a network may be given of a point of the plane, by name, in the order in which it is given. */
// #region features
export const features = {
  x1: (x_1) => x_1,
  x2: (_x_1, x_2) => x_2,
  x1Squared: (x_1) => x_1.square(),
  x2Squared: (_x_1, x_2) => x_2.square(),
  x1x2: (x_1, x_2) => x_1.mul(x_2),
  sinX1: (x_1) => x_1.sin(),
  sinX2: (_x_1, x_2) => x_2.sin(),
} satisfies Record<string, Feature>;
// #endregion

export type FeatureName = keyof typeof features;

export const featureNames = Object.keys(features) as readonly FeatureName[];

/**
 * The chosen features φ(x) of points of the plane: `x` is `[2]` or `[m, 2]`, the result `[f]` or
 * `[m, f]`. Tap phi. Bishop 2006, § 3.1 (there called basis functions).
 */
// #region featuresOf
export function featuresOf(chosen: readonly FeatureName[], x: tf.Tensor, tap = untapped) {
  const last = x.rank - 1;
  const [x_1, x_2] = x.unstack(last) as [tf.Tensor, tf.Tensor]; // [] or [m] each
  const columns = chosen.map((name) => features[name](x_1, x_2)); // [] or [m] each
  return tap("phi", tf.stack(columns, last)); // [f] or [m, f]
}
// #endregion

/**
 * The features that these settings switch on, in their own order.
 *
 * @throws RangeError when none is on: a network needs something to look at
 */
export function chosenFeatures(switches: Partial<Record<FeatureName, unknown>>): FeatureName[] {
  const chosen = featureNames.filter((name) => switches[name] === true);
  if (chosen.length === 0) {
    throw new RangeError(
      `Expected at least one input feature (${featureNames.join(", ")}), but none is on. Switch one on.`,
    );
  }
  return chosen;
}
