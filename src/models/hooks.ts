import { type Tap, untapped } from "./tap.ts";
import type * as tf from "./tf.ts";

/** What is put in a tapped quantity's place: another of the same shape. */
export type Hook = (h: tf.Tensor) => tf.Tensor;

/**
 * An intervention is a tap that says something else: `hooked(hooks)` passes each quantity on, but what a
 * hook makes of it where there is one for its name. What listens on `tap` hears what was put in.
 *
 * `replaced` puts `other` where `mask` is 1 and leaves h where it is 0: zeros or a mean (ablation), or what
 * the model made of another text (activation patching; Vig et al. 2020, Meng et al. 2022). `steered` adds a
 * direction so many times (Turner et al. 2023). Mask, other and v broadcast to h.
 *
 * `restored` says how much of the way a patch goes: 0 where a measure of the output is as without it, 1 where it
 * is as in the run that the patch comes from.
 */
// #region interventions
export function hooked(hooks: Readonly<Record<string, Hook>>, tap = untapped): Tap {
  return (name, h) => tap(name, (hooks[name]?.(h) ?? h) as typeof h);
}

export function replaced(mask: tf.Tensor, other: tf.Tensor): Hook {
  return (h) => h.add(mask.mul(other.sub(h)));
}

export function steered(mask: tf.Tensor, v: tf.Tensor, alpha: tf.Tensor | number): Hook {
  return (h) => h.add(mask.mul(v).mul(alpha));
}

export function restored(patched: tf.Tensor, without: tf.Tensor, from: tf.Tensor): tf.Tensor {
  return patched.sub(without).div(from.sub(without));
}
// #endregion

/** A tap that keeps all that passes it, by name, besides handing it to `tap`. */
export function overhearing(tap: Tap = untapped): {
  readonly tap: Tap;
  readonly heard: Readonly<Record<string, tf.Tensor>>;
} {
  const heard: Record<string, tf.Tensor> = {};
  return {
    heard,
    tap: (name, h) => {
      const passed = tap(name, h);
      heard[name] = passed;
      return passed;
    },
  };
}
