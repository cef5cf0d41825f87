import type { Tensors } from "../models/program.ts";
import { Recording } from "./recording.ts";

/**
 * A computation that comes again and again on other numbers: done the plain way once, recorded the
 * second time, and replayed from then on, until its kind or the shapes of its inputs change.
 */
export class Repeated {
  #kind: readonly unknown[] = [];
  #recording: Recording | null = null;

  /**
   * @param kind what must be the same, besides the inputs' names and shapes, for the same kernels to do
   * @param inputs groups of tensors by name: every number that is not the same each time
   * @param plain returns kept tensors by name
   */
  run(
    kind: readonly unknown[],
    inputs: Readonly<Record<string, Tensors>>,
    plain: () => Tensors,
  ): Tensors {
    const named: Record<string, Tensors[string]> = {};
    let shapes = "";
    for (const [group, tensors] of Object.entries(inputs)) {
      for (const [name, tensor] of Object.entries(tensors)) {
        named[`${group} ${name}`] = tensor;
        shapes += `${group} ${name} ${tensor.shape};`;
      }
    }
    const now = [...kind, shapes];
    const isSame = now.length === this.#kind.length && now.every((one, i) => one === this.#kind[i]);
    if (!isSame) {
      this.forget();
      this.#kind = now;
      return plain();
    }
    if (this.#recording) return this.#recording.replay(named);
    const { results, recording } = Recording.of(named, plain);
    this.#recording = recording;
    return results;
  }

  /** Frees what is recorded. */
  forget(): void {
    const recording = this.#recording;
    this.#recording = null;
    this.#kind = [];
    recording?.dispose();
  }
}
