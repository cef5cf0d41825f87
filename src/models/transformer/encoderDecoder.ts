import type { ParameterSpec, Tensors, TorchTensor } from "../program.ts";
import { type Tap, untapped, within } from "../tap.ts";
import type * as tf from "../tf.ts";
import type { Encoded } from "./block.ts";
import { type Cache, type Cached, cachedStep, emptyCache } from "./cache.ts";
import { transposedLinear } from "./feedForward.ts";
import { bothMasks, causalMask, paddingMask } from "./masks.ts";
import type { StackSettings } from "./settings.ts";
import { stackOf } from "./stack.ts";
import { unembedding, unembeddingOf, unembeddingParameters } from "./tokens.ts";

/** The tokens of a language: how many, and the longest sequence. */
interface Language {
  readonly V: number;
  readonly T: number;
}

export interface EncoderDecoderSettings extends StackSettings {
  readonly source: Language;
  readonly target: Language;
  /** The token that fills sequences up, in both languages. Default: 0. */
  readonly padding?: number;
  /** Whether no place of the target looks ahead. Default: yes. */
  readonly causal?: boolean;
}

/** An encoder–decoder model by its settings. */
export interface BuiltEncoderDecoder {
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  readonly sizes: Readonly<Record<"layers" | "heads" | "d_model" | "d_head" | "d_ff", number>>;
  /** The parameters under PyTorch's names: `encoder.tokens`, `encoder.blocks.0` (`nn.TransformerEncoderLayer`), `decoder.blocks.0` (`nn.TransformerDecoderLayer`), …, `unembed`. */
  readonly torch: readonly TorchTensor[];
  /** What the encoder makes of source tokens `[B, T′]`. */
  encode(parameters: Tensors, source: tf.Tensor, tap?: Tap): Encoded;
  /** What the decoder says after each token of the target `[B, T]`, the source being encoded: `[B, T, V]`. */
  decode(parameters: Tensors, target: tf.Tensor, encoded: Encoded, tap?: Tap): tf.Tensor;
  /** Both: teacher forcing, when the target is the right one. */
  logits(
    parameters: Tensors,
    tokens: { readonly source: tf.Tensor; readonly target: tf.Tensor },
    tap?: Tap,
  ): tf.Tensor;
  /** A cache of no tokens of the target, for so many sequences. */
  empty(sequences: number): Cache;
  /** What the decoder says after one more token each, `[B]`, at place `t` (from 0). Logits `[B, V]`. */
  step(
    parameters: Tensors,
    token: tf.Tensor,
    t: number | tf.Tensor,
    cache: Cache,
    encoded: Encoded,
    tap?: Tap,
  ): Cached;
}

/**
 * The transformer of Vaswani et al. 2017: an encoder that reads the source, every place looking at every
 * other, and a decoder that writes the target, looking back at what it has written and across at the
 * source.
 *
 * Parameters and taps within encoder and decoder; taps encoder.M, decoder.M (the masks, zeros and ones) and
 * logits besides. Both stacks have the same number of layers.
 */
export function encoderDecoderOf(settings: EncoderDecoderSettings): BuiltEncoderDecoder {
  const { d_model, layers, source, target, padding = 0, causal = true, deviation = 1 } = settings;
  const encoder = stackOf("encoder", source, { ...settings, deviation });
  const decoder = stackOf("decoder", target, { ...settings, deviation }, true);
  const { heads, d_head, d_ff, biases } = encoder.block;

  // #region encoderDecoder
  function encode(given: Tensors, tokens: tf.Tensor, tap = untapped): Encoded {
    const inner = within("encoder", tap);
    const M = inner("M", paddingMask(tokens, padding)); // [B, 1, 1, T′]
    return { memory: encoder.run(given, tokens, { M }, inner), M }; // memory [B, T′, d_model]
  }

  function decode(given: Tensors, tokens: tf.Tensor, encoded: Encoded, tap = untapped) {
    const inner = within("decoder", tap);
    const ahead = causal ? causalMask(tokens.shape[1] as number) : undefined; // [T, T]
    const M = inner("M", bothMasks(paddingMask(tokens, padding), ahead) as tf.Tensor); // [B, 1, T, T]
    const resid = decoder.run(given, tokens, { M, source: encoded }, inner); // [B, T, d_model]
    return tap("logits", unembedding(unembeddingOf(given, false), resid)); // [B, T, V]
  }
  // #endregion

  return {
    parameters: {
      ...encoder.parameters,
      ...decoder.parameters,
      ...unembeddingParameters(target.V, d_model, biases),
    },
    sizes: { layers, heads, d_model, d_head, d_ff },
    torch: [
      ...encoder.torch("encoder"),
      ...decoder.torch("decoder"),
      ...transposedLinear("unembed", "W_U", biases && "b_U"),
    ],
    encode,
    decode,
    logits: (given, tokens, tap) =>
      decode(given, tokens.target, encode(given, tokens.source, tap), tap),
    empty: (sequences) => emptyCache(sequences, { T: target.T, layers, heads, d_head }),
    step(given, token, t, cache, encoded, tap = untapped) {
      const inner = within("decoder", tap);
      const { resid, next } = cachedStep(target.T, t, cache, (context) =>
        decoder.run(given, token.expandDims(1), { ...context, source: encoded }, inner),
      );
      const says = unembedding(unembeddingOf(given, false), resid).squeeze([1]); // [B, V]
      return { logits: tap("logits", says), cache: next };
    },
  };
}
