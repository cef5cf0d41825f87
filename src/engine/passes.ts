import type { Arrays } from "../data/ndarray.ts";
import type { Program, Tensors } from "../models/program.ts";
import { type Tap, untapped } from "../models/tap.ts";
import * as tf from "../models/tf.ts";
import { clipByGlobalNorm, type Optimiser } from "../training/optimisers.ts";
import { listening } from "./listen.ts";

const nothing: ReadonlySet<string> = new Set();

/** Runs the model, with its loss where there is one for these inputs. */
function run(program: Program, parameters: Tensors, inputs: Tensors, scored: boolean) {
  return (tap: Parameters<Program["forward"]>[2]) =>
    scored && program.loss
      ? program.loss(parameters, inputs, tap)
      : program.forward(parameters, inputs, tap);
}

/** Every tap of one run, by name, in the order of the run. The caller disposes, or runs in a tidy. */
export function taps(
  program: Program,
  parameters: Tensors,
  inputs: Tensors,
  held: Tensors,
  scored: boolean,
): Record<string, tf.Tensor> {
  const { tap, seen } = listening({ replace: held });
  run(program, parameters, inputs, scored)(tap);
  return seen;
}

/** The output for these inputs. Within a tidy. */
export function output(program: Program, parameters: Tensors, inputs: Tensors, held: Tensors) {
  return program.forward(parameters, inputs, listening({ replace: held, read: nothing }).tap);
}

/** The mean loss of a batch, held taps in force. Within a tidy. */
export function lossOf(program: Program, parameters: Tensors, batch: Tensors, held: Tensors) {
  if (!program.loss) throw new Error("This lab has no loss.");
  return program.loss(parameters, batch, listening({ replace: held, read: nothing }).tap);
}

/**
 * The gradients of the loss with respect to named parameters and taps. A name on which the loss does
 * not depend has gradient zero. Within a tidy.
 */
export function gradients(
  program: Program,
  parameters: Tensors,
  inputs: Tensors,
  held: Tensors,
  names: readonly string[],
): Record<string, tf.Tensor> {
  const seen = taps(program, parameters, inputs, held, true);
  const points = names.map((name) => parameters[name] ?? zerosLikeTap(seen, name));
  const offsets = Object.fromEntries(
    names.flatMap((name, i) => (name in parameters ? [] : [[name, points[i] as tf.Tensor]])),
  );
  const { tap } = listening({ replace: held, offsets, read: nothing });
  const slopes = slopesOf(() => run(program, parameters, inputs, true)(tap), points);
  return Object.fromEntries(names.map((name, i) => [name, slopes[i] as tf.Tensor]));
}

/** The gradients of what `loss` returns, zero at a point on which it does not depend. */
function slopesOf(loss: () => tf.Tensor, points: tf.Tensor[]): tf.Tensor[] {
  const { grads } = tf.engine().gradients(loss, points, undefined, true);
  return points.map((point, i) => (grads[i] as tf.Tensor | null) ?? tf.zerosLike(point));
}

function zerosLikeTap(seen: Tensors, name: string): tf.Tensor {
  const value = seen[name];
  if (!value) throw new RangeError(`There is no "${name}" here.`);
  return tf.zerosLike(value);
}

/** What one step of training makes: new parameters, new optimiser slots, and the loss before the step. */
export interface StepResult {
  readonly parameters: Record<string, tf.Tensor>;
  readonly slots: Record<string, tf.Tensor>;
}

/** What a training step starts from. */
export interface StepInputs {
  readonly parameters: Tensors;
  /** Keyed `m/w`: the optimiser's name for the slot, and the parameter. */
  readonly slots: Tensors;
  readonly batch: Tensors;
  readonly held: Tensors;
  /** Masks of parameters, true where an entry stays as it is. */
  readonly locked?: Tensors;
}

/** An optimiser with the numbers of one step. */
export interface Rule {
  readonly optimiser: Optimiser;
  readonly numbers: Readonly<Record<string, number | tf.Tensor>>;
}

export interface StepRules extends Rule {
  /** The rules of parameters that have one of their own. */
  readonly own?: Readonly<Record<string, Rule>>;
  /** The gradient's greatest norm, a scalar. */
  readonly clipNorm?: tf.Tensor | undefined;
}

/**
 * One step of training on a batch. The old tensors are the caller's to dispose; the new ones are kept.
 */
export function trainingStep(
  program: Program,
  { parameters, slots, batch, held, locked = {} }: StepInputs,
  { optimiser, numbers, own = {}, clipNorm }: StepRules,
): StepResult {
  const follows = program.follows ?? {};
  const trained = Object.keys(parameters).filter((name) => !(name in follows));
  return tidy(() => {
    const points = trained.map((name) => parameters[name] as tf.Tensor);
    const { tap, kept } = keeping(held, new Set(Object.values(follows)));
    const inputs = { ...batch, training: tf.scalar(1) };
    const slopes = slopesOf(() => run(program, parameters, inputs, true)(tap), points);
    const gradient = Object.fromEntries(trained.map((name, i) => [name, slopes[i] as tf.Tensor]));
    const clipped = clipNorm ? clippedByPart(gradient, clipNorm, program.parts) : gradient;
    const next: StepResult = { parameters: {}, slots: {} };
    for (const [rule, names] of byRule(trained, { optimiser, numbers }, own)) {
      const updated = updatedTogether(rule, names, parameters, clipped, slots);
      for (const [name, became] of Object.entries(updated.parameters)) {
        next.parameters[name] = tf.keep(whereFree(locked[name], parameters[name], became));
      }
      for (const [key, value] of Object.entries(updated.slots)) next.slots[key] = tf.keep(value);
    }
    for (const [name, followed] of Object.entries(follows)) {
      const value = kept[followed];
      if (!value) throw new Error(`The model does not tap "${followed}", which ${name} follows.`);
      next.parameters[name] = tf.keep(whereFree(locked[name], parameters[name], value));
      if (next.parameters[name] !== value) value.dispose();
    }
    return inOrder(next, parameters);
  });
}

/** The parameters by the rule that moves them. */
function byRule(
  names: readonly string[],
  common: Rule,
  own: Readonly<Record<string, Rule>>,
): ReadonlyMap<Rule, readonly string[]> {
  const groups = new Map<Rule, string[]>();
  for (const name of names) {
    const rule = own[name] ?? common;
    groups.set(rule, [...(groups.get(rule) ?? []), name]);
  }
  return groups;
}

/**
 * What a rule makes of these parameters and their slots, which start as zeros. A rule works entry by
 * entry, so it is applied once to all of them end to end: that is many kernels fewer, and the same
 * numbers.
 */
function updatedTogether(
  { optimiser, numbers }: Rule,
  names: readonly string[],
  parameters: Tensors,
  gradient: Tensors,
  slots: Tensors,
): StepResult {
  const shapes = names.map((name) => (parameters[name] as tf.Tensor).shape);
  const joined = (tensorOf: (name: string) => tf.Tensor) => {
    const [first, ...rest] = names.map((name) => tensorOf(name).flatten());
    return rest.length === 0 ? (first as tf.Tensor1D) : tf.concat([first as tf.Tensor1D, ...rest]);
  };
  const parted = (whole: tf.Tensor, nameOf: (name: string) => string) => {
    const sizes = shapes.map((shape) => tf.util.sizeFromShape(shape));
    const pieces = names.length === 1 ? [whole] : tf.split(whole, sizes);
    return Object.fromEntries(
      names.map((name, i) => {
        return [nameOf(name), (pieces[i] as tf.Tensor).reshape(shapes[i] as number[])];
      }),
    );
  };
  const remembered = Object.fromEntries(
    optimiser.slots.map((slot) => [
      slot,
      joined((name) => slots[`${slot}/${name}`] ?? tf.zerosLike(parameters[name] as tf.Tensor)),
    ]),
  );
  const updated = optimiser.update(
    joined((name) => parameters[name] as tf.Tensor),
    joined((name) => gradient[name] as tf.Tensor),
    remembered,
    numbers,
  );
  const next = Object.entries(updated.slots).map(([slot, value]) =>
    parted(value, (name) => `${slot}/${name}`),
  );
  return {
    parameters: parted(updated.parameter, (name) => name),
    slots: Object.assign({}, ...next),
  };
}

/** The gradient, its norm taken over each part alone; what belongs to no part is one more. */
function clippedByPart(
  gradient: Readonly<Record<string, tf.Tensor>>,
  clipNorm: tf.Tensor,
  parts: readonly string[] = [],
): Tensors {
  const partOf = (name: string) => parts.find((part) => name.startsWith(`${part}.`));
  const clipped: Record<string, tf.Tensor> = {};
  for (const part of [...parts, undefined]) {
    const own = Object.entries(gradient).filter(([name]) => partOf(name) === part);
    if (own.length > 0) Object.assign(clipped, clipByGlobalNorm(Object.fromEntries(own), clipNorm));
  }
  return clipped;
}

/** A parameter after a step: as it `was` where the mask says locked, else as it `became`. */
function whereFree(mask: tf.Tensor | undefined, was: tf.Tensor | undefined, became: tf.Tensor) {
  return mask && was ? tf.where(mask, was, became) : became;
}

/** A tap that keeps the values of some names past the end of the gradient's own scope. */
function keeping(held: Tensors, names: ReadonlySet<string>) {
  const kept: Record<string, tf.Tensor> = {};
  const base = listening({ replace: held, read: nothing }).tap;
  const tap: Tap = (name, value) => {
    const passed = base(name, value);
    if (names.has(name)) kept[name] = tf.keep(passed.clone());
    return passed;
  };
  return { tap, kept };
}

/** The parameters in the order in which the program declares them. */
function inOrder(result: StepResult, parameters: Tensors): StepResult {
  const names = Object.keys(parameters);
  return {
    ...result,
    parameters: Object.fromEntries(
      names.map((name) => [name, result.parameters[name] as tf.Tensor]),
    ),
  };
}

/** `tf.tidy` for results that TensorFlow.js's own type does not know; tensors in them are found all the same. */
export function tidy<T>(make: () => T): T {
  return tf.tidy(make as unknown as () => tf.TensorContainer) as unknown as T;
}

/** Figures of merit for a batch. Within a tidy. */
export function metricsOf(program: Program, parameters: Tensors, batch: Tensors): Tensors {
  return program.metrics?.(parameters, batch) ?? {};
}

/** Whether `forward` runs on these inputs; its error if not. Leaves no tensor behind. */
export function tryForward(program: Program, parameters: Tensors, inputs: Tensors): Error | null {
  try {
    tidy(() => void program.forward(parameters, inputs, untapped));
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Tensors of plain arrays. */
export function upload(arrays: Arrays): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])]),
  );
}

export function disposeAll(tensors: Tensors): void {
  for (const tensor of Object.values(tensors)) tensor.dispose();
}
