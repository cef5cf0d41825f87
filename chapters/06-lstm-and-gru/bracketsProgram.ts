import { bracketAlphabet } from "../../src/data/brackets.ts";
import { oneHot } from "../../src/models/embedding.ts";
import { linear, linearOf, linearParameters, linearTorch } from "../../src/models/linear.ts";
import { lstmCell, lstmOf, lstmParameters, lstmTorch } from "../../src/models/lstm.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { readSteps, unroll } from "../../src/models/sequence.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { categoricalCrossEntropy, l1Penalty } from "../../src/training/loss.ts";
import { kindsOf } from "./bracketsText.ts";

/**
 * `lstm-brackets`. Data: `x` [m, T], places in the alphabet of brackets; `y` [m, T], which kind may close
 * there (0: none). A probe with `without` [H · n, H], a row of zeros and ones for each of its texts, in
 * groups of n, gives the share of right answers for each group.
 */
export type BracketsConfig = {
  readonly kinds: "one" | "two";
  /** H. */
  readonly units: number;
  /** λ, the price of speaking. */
  readonly price: number;
};

/** 1 where the character is a closing bracket, `[m, T]`: there the answer takes counting. */
function closing(x: tf.Tensor, kinds: number): tf.Tensor {
  const each = Array.from({ length: kinds }, (_, kind) => x.equal(2 * kind + 1).toFloat());
  return tf.addN(each);
}

/**
 * An LSTM that says at every character which bracket may close. `keep` [H] is all ones unless somebody
 * holds it: where it is 0, that unit of the cell state is 0 at every step.
 */
export function brackets(config: Config): Program {
  const { kinds: choice, units: H, price } = config as BracketsConfig;
  const kinds = kindsOf(choice);
  const symbols = bracketAlphabet(kinds).length;
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", named(inputs, "x")); // [B, T]
    // #region ablation
    const keep = tap("keep", tf.ones([H])); // [H]: 0 takes a unit out
    const kept = inputs.without ? keep.mul(inputs.without) : keep; // [H] or [B, H]
    const ablated: Tap = (name, value) =>
      tap(name, name.endsWith(".c") ? (value.mul(kept) as typeof value) : value);
    const { states } = unroll(lstmCell(lstmOf(parameters, "")), oneHot(x, symbols), {}, ablated);
    const z = readSteps(states, (h) => linear(linearOf(parameters, "head"), h)); // [B, T, K]
    const y_hat = tap("y_hat", z.softmax()); // [B, T, K]
    // #endregion
    return { x, states, z, y_hat };
  };
  return {
    parameters: {
      ...lstmParameters("", symbols, H, { forgetBias: 1 }),
      ...linearParameters("head", H, kinds + 1, {
        W: { kind: "uniform", limit: 1 / Math.sqrt(H) },
        b: { kind: "constant", value: 0 },
      }),
    },
    torch: [...lstmTorch("", "lstm"), ...linearTorch("head")],
    forward: (parameters, inputs, tap) => run(parameters, inputs, tap).y_hat,
    loss: (parameters, batch, tap) => {
      const { x, states, z } = run(parameters, batch, tap);
      const y = tap("y", named(batch, "y")); // [B, T]
      const right = z.argMax(-1).toFloat().equal(y).toFloat(); // [B, T]
      const asked = closing(x, kinds); // [B, T]
      tap("accuracy", right.mean());
      tap("accuracy_closing", right.mul(asked).sum().div(asked.sum()));
      if (batch.without) tap("accuracy_without", shares(right.mul(asked), asked, H));
      // #region speaking
      const h = tf.stack(states.map(({ h }) => h)); // [T, B, H]
      const R = tap("R", l1Penalty([h], price / y.size));
      return tap("L", tap("L_data", categoricalCrossEntropy(z, y)).add(R));
      // #endregion
    },
  };
}

/** Of the texts in so many groups, one after the other, each group's share: `[groups]`. */
function shares(right: tf.Tensor, asked: tf.Tensor, groups: number): tf.Tensor {
  const sums = (of: tf.Tensor) => of.reshape([groups, -1]).sum(-1);
  return sums(right).div(sums(asked));
}
