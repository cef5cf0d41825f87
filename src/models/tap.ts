import type * as tf from "@tensorflow/tfjs-core";

/**
 * Gives a quantity its name. Inside a model, each quantity that has a name in the mathematics passes
 * through `tap(name, value)`. It is the identity unless somebody listens; a listener may read the
 * value, put another in its place, or make it a variable to differentiate by.
 *
 * Names are the ASCII of the TeX (`y_hat` for ŷ); a part of a larger model prefixes its own with
 * `within`.
 */
export type Tap = <T extends tf.Tensor>(name: string, value: T) => T;

/** The tap nobody listens to. */
export const untapped: Tap = (_name, value) => value;

/** The tap of a part: `within("blocks.0", tap)("A", A)` is `tap("blocks.0.A", A)`. */
export function within(part: string, tap: Tap): Tap {
  return (name, value) => tap(`${part}.${name}`, value);
}
