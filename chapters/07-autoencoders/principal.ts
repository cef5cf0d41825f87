import type { NDArray } from "../../src/data/ndarray.ts";
import { type PrincipalComponents, principalComponents, projected } from "../../src/data/pca.ts";
import { takeRows } from "../../src/training/batches.ts";
import { widest } from "./bottleneckLab.ts";

/** What principal components of the training pictures make of those held out. */
export interface Principal {
  readonly components: PrincipalComponents;
  /** The mean squared distance of a picture held out from what is made of it with 0, 1, … components. */
  readonly errors: readonly number[];
}

/** The principal components of all pictures but those held out, and how well they do on these. */
export function principalOf(x: NDArray, heldOut: readonly number[]): Principal {
  const out = new Set(heldOut);
  const all = Array.from({ length: x.shape[0] ?? 0 }, (_, row) => row);
  const training = takeRows(
    { x },
    all.filter((row) => !out.has(row)),
  ).x as NDArray;
  const test = takeRows({ x }, heldOut).x as NDArray;
  const components = principalComponents(training, widest);
  return { components, errors: errorsOf(test, components) };
}

/** Each component at right angles to the others takes its own square off the error. */
function errorsOf(test: NDArray, components: PrincipalComponents): number[] {
  const [n = 0] = test.shape;
  const { mean } = components;
  const d = mean.data.length;
  let left = 0;
  for (let i = 0; i < test.data.length; i++) {
    left += ((test.data[i] as number) - (mean.data[i % d] as number)) ** 2 / n;
  }
  const codes = projected(test, components);
  const [, k = 0] = codes.shape;
  const errors = [left];
  for (let component = 0; component < k; component++) {
    for (let row = 0; row < n; row++) left -= (codes.data[row * k + component] as number) ** 2 / n;
    errors.push(left);
  }
  return errors;
}
