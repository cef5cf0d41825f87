import { type CellName, cellOf, cellParameters, cellTorch } from "../../src/models/cells.ts";
import { oneHot } from "../../src/models/embedding.ts";
import { generate } from "../../src/models/generate.ts";
import { linear, linearTorch } from "../../src/models/linear.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { readSteps, unroll } from "../../src/models/sequence.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { crossEntropy } from "../../src/training/loss.ts";
import { corpusOf } from "./charactersData.ts";

/**
 * `rnn-characters`. Data: `x` [m, T + 1], characters by their numbers: each but the last is read, each but
 * the first is to be foretold. With `begin` [1, n] and `u` [1, S], uniform numbers, the model writes S
 * characters that go on from the beginning, and taps them as `written`.
 */
export type CharactersConfig = {
  readonly text: string;
  readonly cell: CellName;
  readonly units: number;
  readonly window: number;
  /** τ in softmax(z / τ). */
  readonly tau: number;
};

/** A model that reads characters and says, after each, which may come next. */
export function characters(config: Config): Program {
  const { text, cell: kind, units, window, tau } = config as CharactersConfig;
  const V = corpusOf(text, window).alphabet.characters.length;
  const cell = (parameters: Tensors) => cellOf(kind, parameters, "");
  const head = (parameters: Tensors) => {
    const layer = { W: named(parameters, "W_y"), b: named(parameters, "b_y") };
    return (h: tf.Tensor) => linear(layer, h); // [n, H] to [n, V]
  };
  const read = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    // #region characterModel
    const x = tap("x", named(inputs, "x")); // [m, N]
    const { states } = unroll(cell(parameters), oneHot(x, V), {}, tap);
    const z = readSteps(states, head(parameters)); // [m, N, V]
    // #endregion
    if (!inputs.training) tap("p", z.div(tau).softmax()); // [m, N, V]
    return { x, z };
  };
  const write = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    // #region writing
    const begin = named(inputs, "begin"); // [1, n]
    const n = begin.shape[1] as number;
    const heard = unroll(cell(parameters), oneHot(begin, V), {}, within("begin", tap));
    const before = heard.states.at(-2); // the state before the last character of the beginning
    const { y } = generate(
      cell(parameters),
      {
        first: begin.slice([0, n - 1], [-1, 1]).squeeze([1]), // [1]
        steps: named(inputs, "u").shape[1] as number,
        embed: (k) => oneHot(k, V),
        logits: head(parameters),
        u: named(inputs, "u"),
        temperature: tau,
        ...(before && { initial: before }),
      },
      within("writing", tap),
    );
    return tap("written", y); // [1, S]
    // #endregion
  };
  return {
    parameters: {
      ...cellParameters(kind, "", V, units, { weights: "orthogonal", forgetBias: 1 }),
      W_y: { shape: [V, units], initial: { kind: "xavier", fanIn: units, fanOut: V } },
      b_y: { shape: [V], initial: { kind: "constant", value: 0 } },
    },
    torch: [...cellTorch(kind, "", "rnn"), ...linearTorch("head", "W_y", "b_y")],
    forward: (parameters, inputs, tap) =>
      inputs.u ? write(parameters, inputs, tap) : read(parameters, inputs, tap).z,
    loss: (parameters, batch, tap) => {
      const { x, z } = read(parameters, batch, tap);
      // #region nextCharacter
      const [m, N] = x.shape as [number, number];
      const next = oneHot(x.slice([0, 1], [m, N - 1]), V); // [m, N − 1, V]
      return tap("L", crossEntropy(z.slice([0, 0, 0], [m, N - 1, V]), next));
      // #endregion
    },
  };
}
