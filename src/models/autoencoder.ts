import { type Activation, type ActivationName, activationNamed } from "./activations.ts";
import { multilayer } from "./multilayer.ts";
import { inPart, named } from "./named.ts";
import type { ParameterSpec, Tensors } from "./program.ts";
import { type Tap, untapped, within } from "./tap.ts";
import type * as tf from "./tf.ts";

/** A network as one part of a model: `[m, n]` to `[m, k]`. */
export type Part = (x: tf.Tensor, tap: Tap) => tf.Tensor;

export interface Autoencoder {
  readonly encoder: Part;
  /** The activation of the code. */
  readonly f: Activation;
  readonly decoder: Part;
}

/**
 * An autoencoder: the code h = f(encoder(x)), and from it the picture x̂ = σ(decoder(h)).
 *
 * `x` is pictures as rows, `[m, n]`; h is `[m, d]`, x̂ and its logits are `[m, n]`. Taps those of both
 * parts within encoder and decoder, h and x_hat. The logits are the decoder's own, decoder.logits.
 * Rumelhart, Hinton & Williams 1986; Goodfellow et al. 2016, § 14.1.
 */
// #region autoencoder
export function autoencoder({ encoder, f, decoder }: Autoencoder, x: tf.Tensor, tap = untapped) {
  const h = tap("h", f(encoder(x, within("encoder", tap)))); // [m, d]
  return { h, ...decoded(decoder, h, tap) };
}
// #endregion

/** The picture that a decoder makes of a code `[m, d]`: x̂ = σ(logits), `[m, n]`, tapped x_hat. */
export function decoded(decoder: Part, h: tf.Tensor, tap = untapped) {
  const logits = decoder(h, within("decoder", tap)); // [m, n]
  return { logits, x_hat: tap("x_hat", logits.sigmoid()) };
}

/**
 * Masking noise: each number is left out (0) with probability `share`, as a denoising autoencoder is
 * given its pictures. `u`, uniform on [0, 1), has the shape of x; without it x stays as it is. Tap
 * x_tilde. Vincent et al. 2008, § 2.3.
 */
// #region corrupted
export function corrupted(x: tf.Tensor, share: number, u: tf.Tensor | undefined, tap = untapped) {
  const kept = u ? x.mul(u.greaterEqual(share).toFloat()) : x;
  return tap("x_tilde", kept); // shaped as x
}
// #endregion

/** Pictures as rows: `[m, h, w]` gives `[m, h·w]`; rows `[m, n]` stay, and one `[n]` gives `[1, n]`. */
export function asRows(x: tf.Tensor): tf.Tensor {
  return x.reshape(x.rank < 2 ? [1, -1] : [x.shape[0] as number, -1]);
}

export interface PartSettings {
  /** From the inputs to the outputs: `[256, 128, 2]` has one hidden layer, of 128. */
  readonly sizes: readonly number[];
  readonly activation: ActivationName;
}

/**
 * A multilayer perceptron as a part: its parameters `encoder.layers.0.W`, … for the part encoder. It
 * starts as He et al. 2015 for the activations that are (nearly) 0 on one side, else as Glorot & Bengio 2010.
 */
export function partOf(part: string, { sizes, activation }: PartSettings) {
  const oneSided = ["relu", "leakyRelu", "gelu"].includes(activation);
  const activations = sizes.slice(2).map(() => activation);
  const network = multilayer({ sizes, activations, initialiser: oneSided ? "he" : "xavier" });
  const own = inPart(part);
  const names = Object.keys(network.parameters);
  const parameters: Readonly<Record<string, ParameterSpec>> = Object.fromEntries(
    Object.entries(network.parameters).map(([name, spec]) => [own(name), spec]),
  );
  return {
    parameters,
    of(given: Tensors): Part {
      const mine = Object.fromEntries(names.map((name) => [name, named(given, own(name))]));
      return (x, tap) => network.logits(mine, x, {}, false, tap);
    },
  };
}

export interface AutoencoderSettings {
  /** From the pixels to the code, as `[256, 64, 2]`; the decoder has them the other way round. */
  readonly sizes: readonly number[];
  readonly activation: ActivationName;
  /** The activation of the code: `sigmoid` where its mean is to be held. */
  readonly code: ActivationName;
}

/** The parameters and passes of an autoencoder: `encoder.layers.0.W`, …, `decoder.layers.0.W`, …. */
export function autoencoderOf({ sizes, activation, code }: AutoencoderSettings) {
  const encoder = partOf("encoder", { sizes, activation });
  const decoder = partOf("decoder", { sizes: [...sizes].reverse(), activation });
  const f = activationNamed(code);
  return {
    parameters: { ...encoder.parameters, ...decoder.parameters },
    run: (given: Tensors, x: tf.Tensor, tap: Tap = untapped) =>
      autoencoder({ encoder: encoder.of(given), f, decoder: decoder.of(given) }, x, tap),
    decode: (given: Tensors, h: tf.Tensor, tap: Tap = untapped) =>
      decoded(decoder.of(given), h, tap),
  };
}
