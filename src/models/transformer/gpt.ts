import type { ParameterSpec, Tensors, TorchTensor } from "../program.ts";
import { type Tap, untapped } from "../tap.ts";
import type * as tf from "../tf.ts";
import { type Cache, type Cached, cachedStep, emptyCache, filledCache } from "./cache.ts";
import { transposedLinear } from "./feedForward.ts";
import { causalMask } from "./masks.ts";
import type { StackSettings } from "./settings.ts";
import { stackOf } from "./stack.ts";
import { unembedding, unembeddingOf, unembeddingParameters } from "./tokens.ts";

export interface GptSettings extends StackSettings {
  /** Tokens of the vocabulary. */
  readonly V: number;
  /** The longest sequence. */
  readonly T: number;
  /** Whether no place looks ahead. Default: yes. */
  readonly causal?: boolean;
  /** Whether the unembedding is the embedding, transposed. Default: no. */
  readonly tied?: boolean;
}

/** A decoder-only model by its settings. */
export interface BuiltGpt {
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  readonly sizes: Readonly<
    Record<"V" | "T" | "layers" | "heads" | "d_model" | "d_head" | "d_ff", number>
  >;
  /** The parameters under PyTorch's names: `tokens`, `positions`, `blocks.0` (`nn.TransformerEncoderLayer`), …, `norm`, `unembed`. */
  readonly torch: readonly TorchTensor[];
  /** What it says of the next token at every place: tokens `[B, T]`, or `[T]` for a batch of one, give `[B, T, V]`. */
  logits(parameters: Tensors, tokens: tf.Tensor, tap?: Tap): tf.Tensor;
  /** A cache of no tokens, for so many sequences. */
  empty(sequences: number): Cache;
  /** The logits of a beginning, `[B, T]`, and the keys and values of its tokens, for `step` to go on from. */
  begin(parameters: Tensors, tokens: tf.Tensor, tap?: Tap): Cached;
  /** What it says after one more token each, `[B]`, at place `t` (from 0), of the earlier ones by their keys and values alone. Logits `[B, V]`. */
  step(
    parameters: Tensors,
    token: tf.Tensor,
    t: number | tf.Tensor,
    cache: Cache,
    tap?: Tap,
  ): Cached;
}

/**
 * A decoder-only transformer: a stack of blocks under a causal mask, and at every place logits for the
 * token after it. Without a feed-forward layer and norms it is the attention-only model of Elhage et al. 2021.
 *
 * Taps one_hot, e, P, M (the mask, zeros and ones `[T, T]`), blocks.0.resid_pre, blocks.0.attn.Q, …, logits.
 * Radford et al. 2018.
 */
export function gptOf(settings: GptSettings): BuiltGpt {
  const { V, T, d_model, layers, causal = true, tied = false } = settings;
  const { deviation = tied ? 0.02 : 1 } = settings;
  const stack = stackOf("", { V, T }, { ...settings, deviation });
  const { heads, d_head, d_ff, biases } = stack.block;
  const sizes = { V, T, layers, heads, d_model, d_head, d_ff };

  // #region gpt
  function logits(given: Tensors, tokens: tf.Tensor, tap = untapped) {
    const x = tokens.rank === 1 ? tokens.expandDims(0) : tokens; // [B, T]
    const M = causal ? tap("M", causalMask(x.shape[1] as number)) : undefined; // [T, T]
    const resid = stack.run(given, x, { M }, tap); // [B, T, d_model]
    return tap("logits", unembedding(unembeddingOf(given, tied), resid)); // [B, T, V]
  }
  // #endregion

  return {
    parameters: { ...stack.parameters, ...(!tied && unembeddingParameters(V, d_model, biases)) },
    sizes,
    torch: [
      ...stack.torch(""),
      ...(tied ? [] : transposedLinear("unembed", "W_U", biases && "b_U")),
    ],
    logits,
    empty: (sequences) => emptyCache(sequences, sizes),
    begin(given, tokens, tap = untapped) {
      const M = tap("M", causalMask(tokens.shape[1] as number)); // [T, T]
      const { resid, cache } = filledCache(T, (remember) =>
        stack.run(given, tokens, { M, remember }, tap),
      );
      return { logits: tap("logits", unembedding(unembeddingOf(given, tied), resid)), cache };
    },
    step(given, token, t, cache, tap = untapped) {
      const { resid, next } = cachedStep(T, t, cache, (context) =>
        stack.run(given, token.expandDims(1), context, tap),
      );
      const says = unembedding(unembeddingOf(given, tied), resid).squeeze([1]); // [B, V]
      return { logits: tap("logits", says), cache: next };
    },
  };
}
