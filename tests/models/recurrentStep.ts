import type { Arrays } from "../../src/data/ndarray.ts";
import { disposeAll, upload } from "../../src/engine/passes.ts";
import { Stepper } from "../../src/engine/stepper.ts";
import { type CellName, cellOf, cellParameters } from "../../src/models/cells.ts";
import { linear, linearOf, linearParameters } from "../../src/models/linear.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { unroll } from "../../src/models/sequence.ts";
import * as tf from "../../src/models/tf.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { optimisers } from "../../src/training/optimisers.ts";

/** A recurrent model that reads T inputs and says one number, as large as the book's labs become. */
export interface Size {
  readonly T: number;
  readonly I: number;
  readonly H: number;
  readonly B: number;
}

export function lastState(kind: CellName, { I, H }: Size): Program {
  const run = (parameters: Tensors, inputs: Tensors) => {
    const { last } = unroll(cellOf(kind, parameters, kind), named(inputs, "x"));
    return linear(linearOf(parameters, "head"), last.h).squeeze([1]); // [B]
  };
  const zero = { kind: "constant", value: 0 } as const;
  const W = { kind: "xavier", fanIn: H, fanOut: 1 } as const;
  return {
    parameters: {
      ...cellParameters(kind, kind, I, H),
      ...linearParameters("head", H, 1, { W, b: zero }),
    },
    forward: run,
    loss: (parameters, inputs) =>
      run(parameters, inputs).sub(named(inputs, "y")).square().mean() as tf.Scalar,
  };
}

/** Training steps of such a model on one batch, as the engine takes them. */
export class RecurrentTraining {
  readonly program: Program;
  /** The parameters before the first step. */
  readonly start: Arrays;
  readonly #stepper = new Stepper();
  readonly #batch: Tensors;
  #parameters: Tensors;
  #slots: Tensors = {};
  #step = 0;

  constructor(kind: CellName, size: Size) {
    this.program = lastState(kind, size);
    this.start = initialParameters(this.program.parameters, 1);
    this.#parameters = upload(this.start);
    const { B, T, I } = size;
    this.#batch = {
      x: tf.randomNormal([B, T, I], 0, 1, "float32", 1),
      y: tf.randomNormal([B], 0, 1, "float32", 2),
    };
  }

  step(): void {
    const state = { batch: this.#batch, held: {}, locked: {} };
    const [parameters, slots] = [this.#parameters, this.#slots];
    this.#step += 1;
    const settings = { learningRate: 1e-3, step: this.#step, clipNorm: 0 };
    const inputs = { ...state, parameters, slots };
    const next = this.#stepper.step(this.program, optimisers.adam, inputs, settings);
    disposeAll(parameters);
    disposeAll(slots);
    this.#parameters = next.parameters;
    this.#slots = next.slots;
  }

  parameter(name: string): tf.Tensor {
    return named(this.#parameters, name);
  }

  dispose(): void {
    this.#stepper.forget();
    disposeAll(this.#parameters);
    disposeAll(this.#slots);
    disposeAll(this.#batch);
  }
}
