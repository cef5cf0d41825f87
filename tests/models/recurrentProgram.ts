import { activationNamed } from "../../src/models/activations.ts";
import { type CellName, cellOf, cellParameters } from "../../src/models/cells.ts";
import { embedding, embeddingOf, embeddingParameters } from "../../src/models/embedding.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { readSteps, unroll } from "../../src/models/sequence.ts";
import type { Tap } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";

/** A recurrent cell alone, as `tests/golden/recurrent.py` runs it: every hidden state is its output. */
export function recurrentProgram(config: Config): Program {
  const kind = config.kind as CellName;
  const [I, H, words] = [config.I as number, config.H as number, config.words as number];
  const truncate = config.truncate as number;
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const cell = cellOf(kind, parameters, "", activationNamed(config.activation));
    const x = words
      ? embedding(embeddingOf(parameters, ""), named(inputs, "words"), tap)
      : tap("x", named(inputs, "x"));
    const { h, c, mask } = inputs;
    const initial = h && (c ? { h, c } : { h });
    const options = { truncate, ...(initial && { initial }), ...(mask && { mask }) };
    return unroll(cell, x, options, tap);
  };
  return {
    parameters: {
      ...cellParameters(kind, "", I, H),
      ...(words && embeddingParameters("", words, I)),
    },
    forward: (parameters, inputs, tap) =>
      readSteps(run(parameters, inputs, tap).states, (h) => h.clone()),
    loss(parameters, inputs, tap) {
      const { states, last } = run(parameters, inputs, tap);
      const h = readSteps(states, (of_steps) => of_steps.clone()); // [B, T, H]
      const squares = h.sub(named(inputs, "y")).square().mean() as tf.Scalar;
      const L = last.c ? squares.add<tf.Scalar>(last.c.square().mean()) : squares;
      return tap("L", L);
    },
  };
}
