import { inPart, named } from "../named.ts";
import { layerNorm, normalisationParameters } from "../normalisation.ts";
import type { ParameterSpec, Tensors, TorchTensor } from "../program.ts";
import { type Tap, untapped, within } from "../tap.ts";
import type * as tf from "../tf.ts";
import {
  type Attending,
  attentionOf,
  attentionParameters,
  attentionTorch,
  type HeadSizes,
  type KeysAndValues,
  multiHead,
} from "./attention.ts";
import {
  type FeedForwardActivation,
  feedForward,
  feedForwardActivations,
  feedForwardOf,
  feedForwardParameters,
  feedForwardTorch,
} from "./feedForward.ts";
import { normTorch } from "./normTorch.ts";

/** Where layer normalisation stands: after each addition, before each part, or nowhere. */
export const normNames = ["post", "pre", "none"] as const;
export type NormPlace = (typeof normNames)[number];

/** What a block is made of. Everything but attention can be left out. */
export interface BlockSettings extends HeadSizes {
  /** Units of the feed-forward layer; 0: there is none. */
  readonly d_ff: number;
  readonly activation: FeedForwardActivation;
  readonly norm: NormPlace;
  /** Whether each part adds to the stream. Without, its output takes the stream's place. */
  readonly residual: boolean;
  /** Whether scores are divided by √d_k. */
  readonly scaled: boolean;
  /** Whether every attention taps a gate for its heads. */
  readonly gated: boolean;
}

/** One part of a block, from the stream to what it adds. */
type Part = (x: tf.Tensor) => tf.Tensor;

/**
 * How a part f reads and writes the stream: x + f(LN(x)) with the norm before (Xiong et al. 2020; GPT-2),
 * LN(x + f(x)) with the norm after (Vaswani et al. 2017, § 3.1), x + f(x) without one. Without the
 * residual connection, `x +` is missing.
 */
// #region sublayer
export function sublayer(
  { norm, residual }: Pick<BlockSettings, "norm" | "residual">,
  LN: Part,
  f: Part,
  x: tf.Tensor,
): tf.Tensor {
  const out = f(norm === "pre" ? LN(x) : x); // [B, T, d_model]
  const sum = residual ? x.add(out) : out; // [B, T, d_model]
  return norm === "post" ? LN(sum) : sum;
}
// #endregion

/** What a block is told besides its stream. */
export interface BlockContext {
  /** Which keys self-attention may look at. */
  readonly M?: tf.Tensor | undefined;
  /** See `Attending.remember`; for self-attention. */
  readonly remember?: ((made: KeysAndValues) => KeysAndValues) | undefined;
}

/**
 * The encoder's block: self-attention moves what a place needs from other places to it, then the
 * feed-forward layer works on it there. With a causal mask it is a GPT's block.
 *
 * `x` is the stream `[B, T, d_model]`, and so is the result. Taps resid_pre, attn.*, resid_mid, ffn.* and
 * resid_post; norm_1.* and norm_2.* where there are norms. PyTorch's `nn.TransformerEncoderLayer`, without
 * dropout.
 */
// #region encoderBlock
export function encoderBlock(
  weights: BlockWeights,
  x: tf.Tensor,
  { M, remember }: BlockContext = {},
  tap = untapped,
): tf.Tensor {
  const { settings, norm, attend, think } = partsOf(weights, tap);
  const resid_pre = tap("resid_pre", x); // [B, T, d_model]
  const looking = attend("attn", { M, ...(remember && { remember }) });
  const resid_mid = tap("resid_mid", sublayer(settings, norm(1), looking, resid_pre)); // [B, T, d_model]
  if (settings.d_ff === 0) return tap("resid_post", resid_mid); // [B, T, d_model]
  return tap("resid_post", sublayer(settings, norm(2), think, resid_mid)); // [B, T, d_model]
}
// #endregion

/** What the encoder made of the source. */
export interface Encoded {
  /** `[B, T′, d_model]`. */
  readonly memory: tf.Tensor;
  /** Which of its places are words, `[B, 1, 1, T′]`. */
  readonly M?: tf.Tensor | undefined;
}

/**
 * The decoder's block: between self-attention and the feed-forward layer stands cross-attention, whose
 * queries come from the stream, and whose keys and values come from what the encoder made of the source.
 *
 * Taps as those of the encoder's block, and cross.* and resid_cross; its norms are norm_1, norm_2 (cross)
 * and norm_3. PyTorch's `nn.TransformerDecoderLayer`, without dropout.
 */
// #region decoderBlock
export function decoderBlock(
  weights: BlockWeights,
  x: tf.Tensor,
  source: Encoded,
  { M, remember }: BlockContext = {},
  tap = untapped,
): tf.Tensor {
  const { settings, norm, attend, think } = partsOf(weights, tap);
  const resid_pre = tap("resid_pre", x); // [B, T, d_model]
  const looking = attend("attn", { M, ...(remember && { remember }) });
  const resid_mid = tap("resid_mid", sublayer(settings, norm(1), looking, resid_pre)); // [B, T, d_model]
  const reading = attend("cross", { context: source.memory, M: source.M });
  const resid_cross = tap("resid_cross", sublayer(settings, norm(2), reading, resid_mid)); // [B, T, d_model]
  if (settings.d_ff === 0) return tap("resid_post", resid_cross); // [B, T, d_model]
  return tap("resid_post", sublayer(settings, norm(3), think, resid_cross)); // [B, T, d_model]
}
// #endregion

/** A block's parameters, named within `part`, and what it is made of. */
export interface BlockWeights {
  readonly parameters: Tensors;
  readonly part: string;
  readonly settings: BlockSettings;
}

/** The parts of a block as functions of the stream, which tap within their own names. */
function partsOf({ parameters, part, settings }: BlockWeights, tap: Tap) {
  const own = inPart(part);
  const { scaled, gated, activation } = settings;
  return {
    settings,
    norm:
      (i: number): Part =>
      (x) =>
        layerNorm(normOf(parameters, own(`norm_${i}`)), x, within(`norm_${i}`, tap)),
    attend:
      (name: "attn" | "cross", options: Attending): Part =>
      (x) => {
        const heads = attentionOf(parameters, own(name));
        return multiHead(heads, x, { ...options, scaled, gated }, within(name, tap));
      },
    think: (x: tf.Tensor) => {
      const g = feedForwardActivations[activation];
      return feedForward(feedForwardOf(parameters, own("ffn")), x, g, within("ffn", tap));
    },
  };
}

/** The numbers of a block's norms: one for each of its parts. */
function normsOf({ norm, d_ff }: BlockSettings, crosses: boolean): number[] {
  if (norm === "none") return [];
  return Array.from({ length: 1 + (crosses ? 1 : 0) + (d_ff > 0 ? 1 : 0) }, (_, i) => i + 1);
}

/** The γ and β of the layer normalisation of this name. */
export function normOf(parameters: Tensors, part: string) {
  const own = (name: string) => named(parameters, `${part}.${name}`);
  return { gamma: own("gamma"), beta: own("beta") };
}

/** The parameters of a block within `part`; `crosses`: it attends to an encoded source too. */
export function blockParameters(
  part: string,
  settings: BlockSettings,
  crosses = false,
): Record<string, ParameterSpec> {
  const { d_ff, d_model } = settings;
  const own = inPart(part);
  return Object.assign(
    attentionParameters(own("attn"), settings),
    crosses && attentionParameters(own("cross"), settings),
    d_ff > 0 && feedForwardParameters(own("ffn"), settings),
    ...normsOf(settings, crosses).map((norm) =>
      normalisationParameters("layer", own(`norm_${norm}`), d_model),
    ),
  );
}

/** The block within `part` as PyTorch's layer named `module`. */
export function blockTorch(
  part: string,
  settings: BlockSettings,
  crosses = false,
  module = part,
): TorchTensor[] {
  const [own, theirs] = [inPart(part), inPart(module)];
  return [
    ...attentionTorch(own("attn"), settings, theirs("self_attn")),
    ...(crosses ? attentionTorch(own("cross"), settings, theirs("multihead_attn")) : []),
    ...(settings.d_ff > 0 ? feedForwardTorch(own("ffn"), settings.biases, module) : []),
    ...normsOf(settings, crosses).flatMap((norm) =>
      normTorch(own(`norm_${norm}`), theirs(`norm${norm}`)),
    ),
  ];
}
