import type { Initialiser } from "./program.ts";

interface LayerStart {
  readonly W: Initialiser;
  readonly b: Initialiser;
}

const zero: Initialiser = { kind: "constant", value: 0 };

/**
 * How a linear layer from n numbers to k may start, by name. Biases start at 0, but for `pytorch`.
 *
 * - `zeros` every weight 0: all units of a layer stay each other's copies.
 * - `small` normal, deviation 0.01: the signal shrinks from layer to layer.
 * - `large` normal, deviation 1: it grows, or saturates.
 * - `xavier` uniform, limit √(6 / (n + k)), for tanh and sigmoid. Glorot & Bengio 2010, eq. 16.
 * - `he` normal, deviation √(2 / n), for ReLU. He et al. 2015, eq. 10.
 * - `pytorch` uniform, limit 1/√n, biases too: what `nn.Linear` does unasked.
 */
// #region initialisers
export const initialisers = {
  zeros: () => ({ W: zero, b: zero }),
  small: () => ({ W: { kind: "normal", deviation: 0.01 }, b: zero }),
  large: () => ({ W: { kind: "normal", deviation: 1 }, b: zero }),
  xavier: (n, k) => ({ W: { kind: "xavier", fanIn: n, fanOut: k }, b: zero }), // √(6 / (n + k))
  he: (n) => ({ W: { kind: "he", fanIn: n }, b: zero }), // √(2 / n)
  pytorch: (n) => {
    const uniform = { kind: "uniform", limit: 1 / Math.sqrt(n) } as const;
    return { W: uniform, b: uniform };
  },
} satisfies Record<string, (n: number, k: number) => LayerStart>;
// #endregion

export type InitialiserName = keyof typeof initialisers;

export const initialiserNames = Object.keys(initialisers) as readonly InitialiserName[];

/**
 * The start of a linear layer by this name, as a function of its inputs and outputs.
 *
 * @throws RangeError naming those that there are, when `name` is none of them
 */
export function initialiserNamed(name: unknown): (n: number, k: number) => LayerStart {
  const known = initialiserNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new RangeError(
      `Expected an initialisation (${initialiserNames.join(", ")}), got ${JSON.stringify(name)}.`,
    );
  }
  return initialisers[known];
}
