import type { Program, Tensors } from "../models/program.ts";
import * as tf from "../models/tf.ts";
import { type Optimiser, type OptimiserSettings, optimisers } from "../training/optimisers.ts";
import { disposeAll, type Rule, type StepInputs, type StepResult, trainingStep } from "./passes.ts";
import { Recording } from "./recording.ts";

/** What must be the same for a step to have the kernels of the one before. */
interface Kind {
  readonly program: Program;
  readonly optimiser: Optimiser;
  readonly shapes: string;
  readonly clips: boolean;
}

/**
 * Takes training steps. Steps of one kind call the same kernels over and over, so the second one is
 * recorded and the others are replays of it; where a tap is held, or the kind changes, a step is taken
 * the plain way.
 */
export class Stepper {
  #kind: Kind | null = null;
  #recording: Recording | null = null;

  step(
    program: Program,
    optimiser: Optimiser,
    inputs: StepInputs,
    settings: OptimiserSettings,
  ): StepResult {
    const numbers = scalars(optimiser.numbers(settings));
    const own = ownRules(program, settings);
    const { clipNorm = 0 } = settings;
    const clip: Tensors = clipNorm > 0 ? { norm: tf.scalar(clipNorm) } : {};
    const rules = { optimiser, numbers, own, clipNorm: clip.norm };
    const plain = () => trainingStep(program, inputs, rules);
    try {
      if (
        Object.keys(inputs.held).length > 0 ||
        !this.#isSame(program, optimiser, inputs, clipNorm > 0)
      ) {
        return plain();
      }
      const named = flat({ ...inputs, numbers, clip, ...numbersOf(own) });
      if (this.#recording) return parted(this.#recording.replay(named));
      const { results, recording } = Recording.of(named, () => flat(plain()));
      this.#recording = recording;
      return parted(results);
    } finally {
      disposeAll(numbers);
      disposeAll(clip);
      for (const rule of Object.values(own)) disposeAll(rule.numbers);
    }
  }

  /** Whether this step is of the kind of the last one; if not, what was recorded is forgotten. */
  #isSame(
    program: Program,
    optimiser: Optimiser,
    { slots, batch, locked = {} }: StepInputs,
    clips: boolean,
  ): boolean {
    const shapes = [slots, batch, locked].map(shapesOf).join("; ");
    const last = this.#kind;
    if (
      last?.program === program &&
      last.optimiser === optimiser &&
      last.shapes === shapes &&
      last.clips === clips
    ) {
      return true;
    }
    this.forget();
    this.#kind = { program, optimiser, shapes, clips };
    return false;
  }

  /** Frees what is recorded. */
  forget(): void {
    const recording = this.#recording;
    this.#recording = null;
    this.#kind = null;
    recording?.dispose();
  }
}

function shapesOf(tensors: Tensors): string {
  return Object.entries(tensors)
    .map(([name, { shape }]) => `${name}[${shape}]`)
    .join(" ");
}

interface OwnRule extends Rule {
  readonly numbers: Tensors;
}

/** The rules of the parameters that keep to one of their own. */
function ownRules(program: Program, settings: OptimiserSettings): Record<string, OwnRule> {
  return Object.fromEntries(
    Object.entries(program.optimisers ?? {}).map(([name, { rule, learningRate }]) => {
      const optimiser = optimisers[rule];
      const own = { ...settings, ...(learningRate !== undefined && { learningRate }) };
      return [name, { optimiser, numbers: scalars(optimiser.numbers(own)) }];
    }),
  );
}

/** The numbers of these rules, a group for each. */
function numbersOf(own: Readonly<Record<string, OwnRule>>): Record<string, Tensors> {
  return Object.fromEntries(
    Object.entries(own).map(([name, { numbers }]) => [`numbers/${name}`, numbers]),
  );
}

function scalars(numbers: Readonly<Record<string, number>>): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)]),
  );
}

/** `{ parameters: { w }, slots }` as `{ "parameters w": w, … }`. */
function flat(groups: object): Record<string, tf.Tensor> {
  const named: Record<string, tf.Tensor> = {};
  for (const [group, tensors] of Object.entries(groups as Record<string, Tensors>)) {
    for (const [name, tensor] of Object.entries(tensors)) named[`${group} ${name}`] = tensor;
  }
  return named;
}

function parted(named: Tensors): StepResult {
  const result: StepResult = { parameters: {}, slots: {} };
  for (const [key, tensor] of Object.entries(named)) {
    const space = key.indexOf(" ");
    result[key.slice(0, space) as keyof StepResult][key.slice(space + 1)] = tensor;
  }
  return result;
}
