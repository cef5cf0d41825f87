import type { Tensors } from "../models/program.ts";
import type { Tap } from "../models/tap.ts";
import * as tf from "../models/tf.ts";

/** What to do at the taps of one run of a model. */
export interface Listener {
  /** Taps to keep a reference to. Default: all of them. */
  readonly read?: ReadonlySet<string>;
  /** Values to put in the place of a tap's own, where the shapes agree. */
  readonly replace?: Tensors;
  /**
   * Tensors of zeros to add at a tap, so that the gradient of the loss with respect to the zeros is the
   * gradient with respect to the tap. A replaced tap is differentiated at its replacement.
   */
  readonly offsets?: Tensors;
}

/** A tap that does what `listener` says; `seen` fills with the values read, while the model runs. */
export function listening(listener: Listener): { tap: Tap; seen: Record<string, tf.Tensor> } {
  const seen: Record<string, tf.Tensor> = {};
  const { read, replace, offsets } = listener;
  const tap: Tap = (name, value) => {
    let passed: tf.Tensor = value;
    const replacement = replace?.[name];
    if (replacement && tf.util.arraysEqual(replacement.shape, value.shape)) passed = replacement;
    const offset = offsets?.[name];
    if (offset) passed = tf.add(passed, offset);
    if (!read || read.has(name)) seen[name] = passed;
    return passed as typeof value;
  };
  return { tap, seen };
}
