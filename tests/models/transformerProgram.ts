import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import type { Tap } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import {
  attentionOf,
  attentionParameters,
  type HeadSizes,
  multiHead,
} from "../../src/models/transformer/attention.ts";
import {
  type BlockSettings,
  blockParameters,
  decoderBlock,
  encoderBlock,
} from "../../src/models/transformer/block.ts";
import {
  type EncoderDecoderSettings,
  encoderDecoderOf,
} from "../../src/models/transformer/encoderDecoder.ts";
import { type GptSettings, gptOf } from "../../src/models/transformer/gpt.ts";
import { bothMasks, causalMask, paddingMask } from "../../src/models/transformer/masks.ts";
import type { Config } from "../../src/training/lab.ts";
import { squaredError, tokenAccuracy, tokenCrossEntropy } from "../../src/training/loss.ts";

/** What is run, against its target y. */
function regressing(
  parameters: Program["parameters"],
  forward: (parameters: Tensors, inputs: Tensors, tap: Tap) => tf.Tensor,
): Program {
  return {
    parameters,
    forward,
    loss: (given, batch, tap) =>
      tap("L", squaredError(forward(given, batch, tap), named(batch, "y"))),
  };
}

/** The mask over the places of x, and that over the places of the context, as the case asks for them. */
function masks({ causal, padded }: Config, inputs: Tensors, x: tf.Tensor) {
  const words = padded ? paddingMask(named(inputs, "words"), 0) : undefined;
  const ahead = causal ? causalMask(x.shape[1] as number) : undefined;
  return { words, ahead };
}

/** Multi-head attention alone, to itself or to a context. */
function attending(config: Config): Program {
  const sizes = config as unknown as HeadSizes & { crosses: boolean; scaled: boolean };
  return regressing(attentionParameters("", sizes), (parameters, inputs, tap) => {
    const x = tap("x", named(inputs, "x"));
    const { words, ahead } = masks(config, inputs, x);
    const context = sizes.crosses ? tap("context", named(inputs, "context")) : x;
    const M = bothMasks(words, ahead);
    return multiHead(
      attentionOf(parameters, ""),
      x,
      { context, M, scaled: sizes.scaled, gated: false },
      tap,
    );
  });
}

/** One block, an encoder's or a decoder's. */
function inBlock(config: Config): Program {
  const settings = config as unknown as BlockSettings & { crosses: boolean };
  const { crosses } = settings;
  return regressing(blockParameters("", settings, crosses), (parameters, inputs, tap) => {
    const x = named(inputs, "x");
    const { words, ahead } = masks(config, inputs, x);
    const weights = { parameters, part: "", settings };
    if (!crosses) return encoderBlock(weights, x, { M: bothMasks(words, ahead) }, tap);
    const memory = tap("memory", named(inputs, "memory"));
    return decoderBlock(weights, x, { memory, M: words }, { M: ahead }, tap);
  });
}

/** A decoder-only model, told the next tokens. */
export function gptProgram(settings: GptSettings): Program {
  const gpt = gptOf(settings);
  return {
    parameters: gpt.parameters,
    torch: gpt.torch,
    forward: (given, inputs, tap) => gpt.logits(given, named(inputs, "x"), tap),
    loss: (given, batch, tap) =>
      tap("L", tokenCrossEntropy(gpt.logits(given, named(batch, "x"), tap), named(batch, "y"))),
    metrics: (given, batch) => ({
      accuracy: tokenAccuracy(gpt.logits(given, named(batch, "x")), named(batch, "y")),
    }),
  };
}

/** An encoder–decoder, told the target: `x` the source, `before` the target moved by one, `y` the target. */
export function translationProgram(settings: EncoderDecoderSettings): Program {
  const model = encoderDecoderOf(settings);
  const logits = (given: Tensors, inputs: Tensors, tap?: Tap) =>
    model.logits(given, { source: named(inputs, "x"), target: named(inputs, "before") }, tap);
  return {
    parameters: model.parameters,
    torch: model.torch,
    forward: logits,
    loss: (given, batch, tap) =>
      tap("L", tokenCrossEntropy(logits(given, batch, tap), named(batch, "y"))),
    metrics: (given, batch) => ({
      accuracy: tokenAccuracy(logits(given, batch), named(batch, "y")),
    }),
  };
}

/** The golden cases' configurations are flat: a language is two numbers. */
function translating(config: Config): Program {
  const { V_source, T_source, V_target, T_target } = config as Record<string, number>;
  return translationProgram({
    ...(config as unknown as EncoderDecoderSettings),
    source: { V: V_source!, T: T_source! },
    target: { V: V_target!, T: T_target! },
  });
}

/** The programs of the golden cases of transformer.json, by name. */
export const transformerPrograms: Readonly<Record<string, (config: Config) => Program>> = {
  attention: attending,
  block: inBlock,
  gpt: (config) => gptProgram(config as unknown as GptSettings),
  translation: translating,
};
