import { named } from "../../src/models/named.ts";
import type { Program } from "../../src/models/program.ts";
import { tokenEmbedding, tokenParameters } from "../../src/models/transformer/tokens.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokensOf } from "./tokensData.ts";
import { dimensions } from "./tokensLab.ts";

/**
 * `tf-tokens`: the rows of a line's tokens. Input `x` [1, T], the tokens by number; output e [1, T, 8]. W_E has a
 * row for each token that has been learned.
 */
export function tokenRows({ text, merges }: Config): Program {
  const { V } = tokensOf(String(text), Number(merges));
  return {
    parameters: tokenParameters("", V, dimensions, 1),
    forward(parameters, inputs, tap) {
      const W_E = named(parameters, "W_E"); // [V, d]
      const tokens = named(inputs, "x"); // [1, T]
      // #region rows
      const e = tap("e", tokenEmbedding(W_E, tokens, tap)); // [1, T, d]
      // #endregion
      return e;
    },
  };
}
