import { type Arrays, type Nested, ndarray } from "../data/ndarray.ts";
import type { Program, Tensors } from "../models/program.ts";
import type * as tf from "../models/tf.ts";
import type { Runtime } from "./backends.ts";
import { readAll } from "./observe.ts";
import { disposeAll, taps, tidy, upload } from "./passes.ts";
import { Repeated } from "./repeated.ts";

/** What is wanted of a run. */
export interface Wanted {
  /** The taps to read. */
  readonly names: readonly string[];
  /** The taps that become inputs of the next run, by the input's name. */
  readonly carry: Readonly<Record<string, string>>;
}

/**
 * Runs of a model on inputs of the caller's own, one after the other. What one run hands to the next stays
 * on the device: a key–value cache need not travel.
 */
export class Asking {
  readonly #repeated = new Repeated();
  #carried: Record<string, tf.Tensor> = {};

  /**
   * @throws RangeError when the model refuses the inputs, or does not tap what is wanted
   * @throws BackendLost when the device goes first; what was kept is gone then
   */
  async ask(
    runtime: Runtime,
    program: Program,
    { parameters, held }: { readonly parameters: Tensors; readonly held: Tensors },
    given: Readonly<Record<string, Nested>>,
    { names, carry }: Wanted,
  ): Promise<Arrays> {
    const uploaded = upload(
      Object.fromEntries(Object.entries(given).map(([name, value]) => [name, ndarray(value)])),
    );
    const inputs = { ...this.#carried, ...uploaded };
    const wanted = [...new Set([...names, ...Object.values(carry)])];
    const kind = [program, wanted.join(" ")];
    let made: Tensors;
    try {
      made = this.#repeated.run(kind, { parameters, held, inputs }, () =>
        tidy(() => wantedOf(taps(program, parameters, inputs, held, false), wanted)),
      );
    } finally {
      disposeAll(uploaded);
    }
    this.#drop();
    this.#carried = Object.fromEntries(
      Object.entries(carry).map(([input, tap]) => [input, (made[tap] as tf.Tensor).clone()]),
    );
    try {
      return await readAll(runtime, () =>
        Object.fromEntries(names.map((name) => [name, made[name] as tf.Tensor])),
      );
    } finally {
      disposeAll(made);
    }
  }

  #drop(): void {
    disposeAll(this.#carried);
    this.#carried = {};
  }

  /** Frees what is kept and recorded. */
  forget(): void {
    this.#repeated.forget();
    this.#drop();
  }
}

/** A copy of each: a tap may be what a run was given, or another tap. */
function wantedOf(seen: Tensors, wanted: readonly string[]): Record<string, tf.Tensor> {
  return Object.fromEntries(
    wanted.map((name) => {
      const value = seen[name];
      if (!value) throw new RangeError(`The model does not tap "${name}" for these inputs.`);
      return [name, value.clone()];
    }),
  );
}
