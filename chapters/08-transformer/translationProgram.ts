import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { beamSearch } from "../../src/models/transformer/beamSearch.ts";
import type { Encoded } from "../../src/models/transformer/block.ts";
import { encoderDecoderOf } from "../../src/models/transformer/encoderDecoder.ts";
import { writeTokens } from "../../src/models/transformer/writing.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { endNumber, mostWritten, startNumber, vocabularies } from "./translationText.ts";

/**
 * `tf-translation`. Data: `x` [m, 7], English words by number; `before` [m, 8], the start and the Spanish
 * words; `y` [m, 8], the Spanish words and the end, −1 past it.
 *
 * With `before` it is taught: each place is given the right words before it. Without, it writes by itself,
 * from `x` alone, and taps steps.1.… and `written` [m, 8]; `forced` [m, 8] puts words into its mouth where it
 * is not −1. With `beam` [width] it searches, for one sentence. With `target`, the right words, it taps what
 * share of them it gets right: of words, `taught` or `own`, and of whole sentences `right`.
 */
export function translation({ heads }: Config): Program {
  const model = encoderDecoderOf({
    ...vocabularies,
    d_model: 32,
    heads: Number(heads),
    layers: 1,
    d_ff: 64,
    norm: "post",
    positions: "sinusoidal",
  });

  function teach(given: Tensors, inputs: Tensors, tap = untapped) {
    // #region teacherForcing
    const source = named(inputs, "x"); // [m, 7]
    const before = named(inputs, "before"); // [m, 8]: the start, then the right words
    const { memory, M } = model.encode(given, source, tap);
    return model.decode(given, before, { memory: tap("memory", memory), M }, tap); // [m, 8, V]
    // #endregion
  }

  function write(given: Tensors, inputs: Tensors, tap: Tap) {
    // #region freeRunning
    const source = named(inputs, "x"); // [m, 7]
    const m = source.shape[0] as number;
    const encoded = model.encode(given, source, tap);
    const { y } = writeTokens(
      {
        step: (own, t, cache, inner) => {
          const token = spoken(own, t, inputs.forced); // [m]: what it has just written
          return model.step(given, token, t, cache, encoded, inner);
        },
        cache: model.empty(m),
        first: tf.fill([m], startNumber),
        steps: mostWritten,
      },
      tap,
    );
    // #endregion
    return tap("written", y); // [m, 8]
  }

  function search(given: Tensors, inputs: Tensors, tap: Tap) {
    const width = named(inputs, "beam").shape[0] as number;
    const { memory, M } = model.encode(given, named(inputs, "x"), tap);
    const copies = (one: tf.Tensor) => tf.tile(one, [width, ...one.shape.slice(1).map(() => 1)]);
    const encoded: Encoded = { memory: copies(memory), M: M && copies(M) };
    const beams = beamSearch(
      {
        step: (token, t, cache, inner) => model.step(given, token, t, cache, encoded, inner),
        cache: model.empty(width),
        first: startNumber,
        steps: mostWritten,
        width,
        end: endNumber,
      },
      tap,
    );
    return (beams.at(-1) as (typeof beams)[number]).score; // [width]
  }

  /** What is taught can be judged at once: a sentence that is right at every word is what it writes by itself. */
  function examine(given: Tensors, inputs: Tensors, tap: Tap) {
    const target = named(inputs, "target"); // [m, 8], −1 past the end
    const isAsked = target.greaterEqual(0).toFloat(); // [m, 8]
    const judged = (y: tf.Tensor) => y.equal(target).toFloat().mul(isAsked); // [m, 8]
    if (!inputs.before) {
      const right = judged(write(given, inputs, tap));
      return tap("own", right.sum().div(isAsked.sum()));
    }
    const right = judged(teach(given, inputs).argMax(-1).toFloat());
    tap("taught", right.sum().div(isAsked.sum()));
    return tap("right", right.sum(-1).equal(isAsked.sum(-1)).toFloat().mean());
  }

  return {
    parameters: model.parameters,
    torch: model.torch,
    forward(given, inputs, tap) {
      if (inputs.target) return examine(given, inputs, tap);
      if (inputs.before) return teach(given, inputs, tap);
      return inputs.beam ? search(given, inputs, tap) : write(given, inputs, tap);
    },
    loss: (given, batch, tap) =>
      tap("L", tokenCrossEntropy(teach(given, batch, tap), named(batch, "y"))),
  };
}

/** What stands at place t: what the reader has put there (step t is written from place t on), else its own word. */
function spoken(own: tf.Tensor, t: number, forced: tf.Tensor | undefined): tf.Tensor {
  if (!forced || t === 0) return own; // [m]
  const [m] = forced.shape as [number, number];
  const put = forced.slice([0, t - 1], [m, 1]).squeeze([1]); // [m], −1 where it is free
  const isPut = put.greaterEqual(0).toFloat();
  return put.mul(isPut).add(own.mul(tf.sub(1, isPut)));
}
