import { inPart, named } from "../named.ts";
import { layerNorm, normalisationParameters } from "../normalisation.ts";
import type { ParameterSpec, Tensors, TorchTensor } from "../program.ts";
import { type Tap, untapped, within } from "../tap.ts";
import type * as tf from "../tf.ts";
import type { KeysAndValues } from "./attention.ts";
import {
  type BlockContext,
  type BlockSettings,
  blockParameters,
  blockTorch,
  decoderBlock,
  type Encoded,
  encoderBlock,
  normOf,
} from "./block.ts";
import { normTorch } from "./normTorch.ts";
import { placesOf, positionParameters, sinusoidal } from "./positions.ts";
import { blockSettings, type StackSettings } from "./settings.ts";
import { tokenEmbedding, tokenParameters } from "./tokens.ts";

/** One side of a transformer: from tokens to the stream after its last block. */
export interface Stack {
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  readonly block: BlockSettings;
  /** Its tensors as PyTorch's layers, within `module`. */
  torch(module: string): TorchTensor[];
  run(parameters: Tensors, tokens: tf.Tensor, context?: StackContext, tap?: Tap): tf.Tensor;
}

export interface StackContext {
  readonly M?: tf.Tensor | undefined;
  /** With it, every block is a decoder's. */
  readonly source?: Encoded | undefined;
  /** The codes of the tokens' places, `[T, d_model]`, where they are not those from the first place on. */
  readonly places?: ((table: tf.Tensor) => tf.Tensor) | undefined;
  /** Keys and values of a layer: see `Attending.remember`. */
  readonly remember?: ((layer: number, made: KeysAndValues) => KeysAndValues) | undefined;
}

interface Sizes {
  /** Tokens of the vocabulary. */
  readonly V: number;
  /** The longest sequence. */
  readonly T: number;
}

/**
 * A stack within `part`: resid = W_E[token] + P[place], then block after block, and with the norm before its
 * parts one more at the end. Vaswani et al. 2017, figure 1, one half of it.
 *
 * Parameters W_E `[V, d]`, W_P `[T, d]` (learned positions), blocks.0.…, norm_f.…; taps e and P, the blocks'
 * own, norm_f.*.
 */
export function stackOf(
  part: string,
  { V, T }: Sizes,
  settings: StackSettings & { readonly deviation: number },
  crosses = false,
): Stack {
  const block = blockSettings(settings);
  const { positions = "learned", layers, d_model, deviation } = settings;
  const own = inPart(part);
  const order = Array.from({ length: layers }, (_, i) => own(`blocks.${i}`));
  const hasFinalNorm = block.norm === "pre";
  const parameters: Record<string, ParameterSpec> = Object.assign(
    tokenParameters(part, V, d_model, deviation),
    positions === "learned" && positionParameters(part, T, d_model, deviation),
    ...order.map((name) => blockParameters(name, block, crosses)),
    hasFinalNorm && normalisationParameters("layer", own("norm_f"), d_model),
  );

  // #region stack
  function run(given: Tensors, tokens: tf.Tensor, context: StackContext = {}, tap = untapped) {
    const e = tap("e", tokenEmbedding(named(given, own("W_E")), tokens, tap)); // [B, T, d_model]
    const P = placeCodes(given, tokens.shape[1] as number, context.places); // [T, d_model]
    let resid = P ? e.add(tap("P", P)) : e; // [B, T, d_model]
    for (const [i, name] of order.entries()) {
      const inner = within(`blocks.${i}`, tap);
      const weights = { parameters: given, part: name, settings: block };
      resid = context.source
        ? decoderBlock(weights, resid, context.source, blockContext(i, context), inner)
        : encoderBlock(weights, resid, blockContext(i, context), inner);
    }
    if (!hasFinalNorm) return resid; // [B, T, d_model]
    return layerNorm(normOf(given, own("norm_f")), resid, within("norm_f", tap)); // [B, T, d_model]
  }
  // #endregion

  function placeCodes(
    given: Tensors,
    count: number,
    places = (table: tf.Tensor) => placesOf(table, count),
  ): tf.Tensor | null {
    if (positions === "none") return null;
    return places(positions === "learned" ? named(given, own("W_P")) : sinusoidal(T, d_model));
  }

  return {
    parameters,
    block,
    run,
    torch(module) {
      const theirs = inPart(module);
      return [
        { name: theirs("tokens.weight"), rows: [own("W_E")] },
        ...(positions === "learned"
          ? [{ name: theirs("positions.weight"), rows: [own("W_P")] }]
          : []),
        ...order.flatMap((name, i) => blockTorch(name, block, crosses, theirs(`blocks.${i}`))),
        ...(hasFinalNorm ? normTorch(own("norm_f"), theirs("norm")) : []),
      ];
    },
  };
}

function blockContext(layer: number, { M, remember }: StackContext): BlockContext {
  return { M, remember: remember && ((made) => remember(layer, made)) };
}
