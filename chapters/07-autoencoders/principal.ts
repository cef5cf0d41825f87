import type { NDArray } from "../../src/data/ndarray.ts";
import { type PrincipalComponents, principalComponents, projected } from "../../src/data/pca.ts";
import { takeRows } from "../../src/training/batches.ts";
import type { Frame } from "../../src/training/lab.ts";
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

/** What was found last, and of which pictures: a lab asks in every frame, and seldom of others. */
let found: { readonly x: NDArray; readonly principal: Principal } | null = null;

/** Keeps what was found of these pictures. */
export function keepPrincipal(x: NDArray, principal: Principal): void {
  found = { x, principal };
}

/**
 * The principal components of a lab's pictures, as far as they are known. On a page a worker finds them
 * (`usePrincipal`); where there is none, in the build and in tests, they are found at once.
 */
export function knownPrincipal({
  data,
  heldOut,
}: Pick<Frame, "data" | "heldOut">): Principal | null {
  const { x } = data;
  if (!x) return null;
  if (typeof document === "undefined" && found?.x !== x) keepPrincipal(x, principalOf(x, heldOut));
  return found?.x === x ? found.principal : null;
}
