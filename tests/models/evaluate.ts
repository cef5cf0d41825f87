import { programs as perceptron } from "../../chapters/01-perceptron/programs.ts";
import { programs as multilayer } from "../../chapters/02-multilayer-perceptron/programs.ts";
import { programs as learning } from "../../chapters/03-learning/programs.ts";
import { programs as interpretability } from "../../chapters/09-mechanistic-interpretability/programs.ts";
import { type Arrays, type NDArray, type Nested, ndarray } from "../../src/data/ndarray.ts";
import { listening } from "../../src/engine/listen.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import type { GoldenCase } from "./golden.ts";
import { imagePrograms } from "./imageProgram.ts";
import { recurrentProgram } from "./recurrentProgram.ts";
import { transformerPrograms } from "./transformerProgram.ts";

type Values = Readonly<Record<string, Nested>>;

export function tensors(values: Values): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const { data, shape } = ndarray(value);
      return [name, tf.tensor(data, [...shape])];
    }),
  );
}

/** The numbers of these tensors, which are then disposed. */
export async function numbers(held: Tensors): Promise<Record<string, NDArray>> {
  const read = await Promise.all(
    Object.entries(held).map(async ([name, tensor]) => {
      const data = Float32Array.from(await tensor.data());
      return [name, { shape: tensor.shape, data }] as const;
    }),
  );
  tf.dispose(held as Record<string, tf.Tensor>);
  return Object.fromEntries(read);
}

/** The numbers of one tensor made by `make`. */
export async function numbersOf(make: () => tf.Tensor): Promise<NDArray> {
  return (await numbers({ made: tf.tidy(make) })).made as NDArray;
}

/** A program and the values that it runs on. */
export interface Run {
  readonly program: Program;
  readonly parameters: Values;
  readonly inputs: Values;
  /** Values to put in the place of taps. */
  readonly replace?: Values;
}

const programs: Readonly<Record<string, (config: Config) => Program>> = {
  ...perceptron,
  ...multilayer,
  ...learning,
  ...interpretability,
  recurrent: recurrentProgram,
  ...imagePrograms,
  ...transformerPrograms,
};

export function programOf({ program, config }: Pick<GoldenCase, "program" | "config">): Program {
  const make = programs[program];
  if (!make) throw new Error(`There is no program "${program}".`);
  return make(config);
}

export function runOf(golden: GoldenCase): Run {
  return { program: programOf(golden), parameters: golden.parameters, inputs: golden.inputs };
}

export function arrays(values: Values): Arrays {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, ndarray(value)]));
}

/** Every tap of the loss's run (`L` among them), and the output and metrics, by name. */
export async function valuesOf(run: Run): Promise<Record<string, NDArray>> {
  const held = tf.tidy(() => {
    const parameters = tensors(run.parameters);
    const inputs = tensors(run.inputs);
    const replace = tensors(run.replace ?? {});
    const { tap, seen } = listening({ replace });
    run.program.loss?.(parameters, inputs, tap);
    const output = run.program.forward(parameters, inputs, listening({ replace }).tap);
    const all = { ...run.program.metrics?.(parameters, inputs), ...seen, output };
    // A copy each: two names may be one tensor, and each is disposed once it is read.
    return Object.fromEntries(Object.entries(all).map(([name, tensor]) => [name, tensor.clone()]));
  });
  return numbers(held);
}

/**
 * The loss as a function of what is added to parameters and taps. `shifts` may name any of them;
 * a name that the loss does not depend on stays connected through a zero, as PyTorch's `allow_unused`.
 */
function shiftedLoss(run: Run, shifts: Tensors): tf.Scalar {
  const parameters = tensors(run.parameters);
  for (const [name, parameter] of Object.entries(parameters)) {
    const shift = shifts[name];
    if (shift) parameters[name] = parameter.add(shift);
  }
  const { tap } = listening({ offsets: shifts, replace: tensors(run.replace ?? {}) });
  const loss = run.program.loss?.(parameters, tensors(run.inputs), tap);
  if (!loss) throw new Error("Expected a program with a loss.");
  return Object.values(shifts).reduce<tf.Scalar>((sum, shift) => sum.add(shift.sum().mul(0)), loss);
}

/** The gradient of the loss with respect to the parameters and taps of these names and shapes. */
export async function gradientsOf(run: Run, like: Arrays): Promise<Record<string, NDArray>> {
  const names = Object.keys(like);
  const held = tf.tidy(() => {
    const zeros = Object.values(like).map(({ shape }) => tf.zeros([...shape]));
    const loss = (...shifts: tf.Tensor[]) =>
      shiftedLoss(run, Object.fromEntries(names.map((name, i) => [name, shifts[i] as tf.Tensor])));
    const gradients = tf.grads(loss)(zeros);
    return Object.fromEntries(names.map((name, i) => [name, gradients[i] as tf.Tensor]));
  });
  return numbers(held);
}

/**
 * By how much the loss grows per unit of movement along each direction, by the central difference of the
 * fourth order, with steps of ε/2 and ε. A direction moves all the names that it holds at once.
 */
export async function slopesAlong(
  run: Run,
  directions: readonly Arrays[],
  epsilon: number,
): Promise<readonly number[]> {
  const slopes = await numbersOf(() => {
    const lossAt = (direction: Arrays, step: number) => {
      const shifts = Object.entries(direction).map(([name, { shape, data }]) => [
        name,
        tf.tensor(data, [...shape]).mul(step),
      ]);
      return shiftedLoss(run, Object.fromEntries(shifts));
    };
    const rise = (direction: Arrays, step: number) =>
      lossAt(direction, step).sub(lossAt(direction, -step));
    return tf.stack(
      directions.map((direction) => {
        const near = rise(direction, epsilon / 2).mul(8);
        return near.sub(rise(direction, epsilon)).div(6 * epsilon);
      }),
    );
  });
  return [...slopes.data];
}
