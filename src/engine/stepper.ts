import type { Program, Tensors } from "../models/program.ts";
import * as tf from "../models/tf.ts";
import { type Optimiser, type OptimiserSettings, optimisers } from "../training/optimisers.ts";
import { disposeAll, type Rule, type StepInputs, type StepResult, trainingStep } from "./passes.ts";
import { Recording } from "./recording.ts";

/** What must be the same for a step to have the kernels of the one before. */
interface Kind {
  readonly program: Program;
  readonly optimiser: Optimiser;
  readonly clips: boolean;
  readonly shapes: readonly Shapes[];
}

/** A step that was recorded, and where the tensors belong that go in and come out. */
interface Recorded {
  readonly recording: Recording;
  readonly inputs: readonly Place[];
  readonly results: readonly Place[];
}

/** The name of a tensor, and of the group that it is in. */
type Place = readonly [group: string, name: string];

/**
 * Takes training steps. Steps of one kind call the same kernels over and over, so the second one is
 * recorded and the others are replays of it; where a tap is held, or the kind changes, a step is taken
 * the plain way.
 */
export class Stepper {
  #kind: Kind | null = null;
  #recorded: Recorded | null = null;
  #numbers = new Scalars();

  step(
    program: Program,
    optimiser: Optimiser,
    inputs: StepInputs,
    settings: OptimiserSettings,
  ): StepResult {
    const { clipNorm = 0 } = settings;
    const numbers = this.#numbers.of("numbers", optimiser.numbers(settings));
    const clip = this.#numbers.of("clip", clipNorm > 0 ? { norm: clipNorm } : {});
    const own = this.#ownRules(program, settings);
    const rules = { optimiser, numbers, own, clipNorm: clip.norm };
    const plain = () => trainingStep(program, inputs, rules);
    const isSame = this.#isSame(program, optimiser, inputs, clipNorm > 0);
    if (isAny(inputs.held) || !isSame) return plain();
    const groups: Groups = { ...inputs, numbers, clip, ...numbersOf(own) };
    if (this.#recorded) return replayed(this.#recorded, groups);
    const { results, recording } = Recording.of(named(groups), () => named(plain()));
    this.#recorded = {
      recording,
      inputs: placesOf(groups),
      results: Object.keys(results).map(placeOfKey),
    };
    return parted(this.#recorded.results, Object.values(results));
  }

  /** Whether this step is of the kind of the last one; if not, what was recorded is forgotten. */
  #isSame(
    program: Program,
    optimiser: Optimiser,
    { held, slots, batch, locked = {} }: StepInputs,
    clips: boolean,
  ): boolean {
    const groups = [slots, batch, locked];
    const last = this.#kind;
    const isSame =
      last?.program === program &&
      last.optimiser === optimiser &&
      last.clips === clips &&
      groups.every((tensors, i) => fits(tensors, last.shapes[i]));
    // While a tap is held, what was recorded rests.
    if (isSame || isAny(held)) return isSame;
    this.#forgetSteps();
    this.#kind = { program, optimiser, clips, shapes: groups.map(shapesOf) };
    return false;
  }

  /** The rules of the parameters that keep to one of their own. */
  #ownRules(program: Program, settings: OptimiserSettings): Readonly<Record<string, OwnRule>> {
    if (!program.optimisers) return noRules;
    return Object.fromEntries(
      Object.entries(program.optimisers).map(([name, { rule, learningRate }]) => {
        const optimiser = optimisers[rule];
        const own = { ...settings, ...(learningRate !== undefined && { learningRate }) };
        return [name, { optimiser, numbers: this.#numbers.of(name, optimiser.numbers(own)) }];
      }),
    );
  }

  /** Frees what is recorded. */
  forget(): void {
    this.#forgetSteps();
    this.#numbers.dispose();
  }

  #forgetSteps(): void {
    const recorded = this.#recorded;
    this.#recorded = null;
    this.#kind = null;
    recorded?.recording.dispose();
  }
}

type Groups = Readonly<Record<string, Tensors>>;
type Shapes = ReadonlyMap<string, readonly number[]>;

function shapesOf(tensors: Tensors): Shapes {
  return new Map(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
}

function fits(tensors: Tensors, shapes: Shapes | undefined): boolean {
  let count = 0;
  for (const name in tensors) {
    const before = shapes?.get(name);
    const shape = tensors[name]?.shape;
    if (!before || !shape || before.length !== shape.length) return false;
    for (let axis = 0; axis < shape.length; axis++) {
      if (shape[axis] !== before[axis]) return false;
    }
    count += 1;
  }
  return count === shapes?.size;
}

function isAny(tensors: object): boolean {
  for (const _ in tensors) return true;
  return false;
}

interface OwnRule extends Rule {
  readonly numbers: Tensors;
}

const noRules: Readonly<Record<string, OwnRule>> = {};

/** The numbers of these rules, a group for each. */
function numbersOf(own: Readonly<Record<string, OwnRule>>): Groups {
  return Object.fromEntries(
    Object.entries(own).map(([name, { numbers }]) => [`numbers/${name}`, numbers]),
  );
}

/** Single numbers as tensors, made anew only where a number has changed. */
class Scalars {
  readonly #kept = new Map<string, { readonly values: Values; readonly tensors: Tensors }>();

  of(group: string, values: Values): Tensors {
    const kept = this.#kept.get(group);
    const tensors: Record<string, tf.Tensor> = {};
    for (const [name, value] of Object.entries(values)) {
      const same = kept?.values[name] === value ? kept.tensors[name] : undefined;
      tensors[name] = same ?? tf.keep(tf.scalar(value));
    }
    for (const [name, tensor] of Object.entries(kept?.tensors ?? {})) {
      if (tensors[name] !== tensor) tensor.dispose();
    }
    this.#kept.set(group, { values, tensors });
    return tensors;
  }

  dispose(): void {
    for (const { tensors } of this.#kept.values()) disposeAll(tensors);
    this.#kept.clear();
  }
}

type Values = Readonly<Record<string, number>>;

/** `{ parameters: { w }, slots }` as `{ "parameters w": w, … }`. */
function named(groups: object): Record<string, tf.Tensor> {
  const tensors: Record<string, tf.Tensor> = {};
  for (const [group, own] of Object.entries(groups as Groups)) {
    for (const [name, tensor] of Object.entries(own)) tensors[`${group} ${name}`] = tensor;
  }
  return tensors;
}

/** The groups and names of all of these, in the order of `named`. */
function placesOf(groups: object): readonly Place[] {
  return Object.keys(named(groups)).map(placeOfKey);
}

function placeOfKey(key: string): Place {
  const space = key.indexOf(" ");
  return [key.slice(0, space), key.slice(space + 1)];
}

function replayed({ recording, inputs, results }: Recorded, groups: Groups): StepResult {
  const made = recording.replayOn((_, i) => {
    const [group, name] = inputs[i] as Place;
    return groups[group]?.[name];
  });
  return parted(results, made);
}

function parted(places: readonly Place[], tensors: readonly tf.Tensor[]): StepResult {
  const result: StepResult = { parameters: {}, slots: {} };
  for (const [i, [group, name]] of places.entries()) {
    result[group as keyof StepResult][name] = tensors[i] as tf.Tensor;
  }
  return result;
}
