import type { Arrays, NDArray } from "../data/ndarray.ts";
import * as tf from "../models/tf.ts";
import { disposeAll, type StepResult, upload } from "./passes.ts";

type Tensors = Record<string, tf.Tensor>;

/** The plain arrays that a session puts on its device. */
export interface Resident {
  readonly parameters: Arrays;
  /** Optimiser slots, keyed `m/w`. */
  readonly slots: Arrays;
  readonly held: Arrays;
  /** Masks of parameters: 1 where locked. */
  readonly locked: Arrays;
  readonly data: Arrays;
  /** Over how many rows of the data the loss is taken. */
  readonly scoredRows: number;
  readonly input: Arrays;
  readonly probes: Readonly<Record<string, Arrays>>;
}

/** All tensors of one session. Everything in it can be rebuilt from plain arrays, should the device go. */
export class DeviceState {
  parameters: Tensors;
  slots: Tensors;
  held: Tensors;
  locked: Tensors;
  data: Tensors;
  /** The rows of the data over which the loss is taken: the first ones. */
  scored: Tensors;
  input: Tensors;
  probes: Record<string, Tensors>;

  /** @param given tensors of parameters that are on the device already */
  constructor(resident: Resident, given: Readonly<Tensors> = {}) {
    const others = Object.entries(resident.parameters).filter(([name]) => !given[name]);
    const uploaded = upload(Object.fromEntries(others));
    this.parameters = mapValues(resident.parameters, (_, name) => {
      return (given[name] ?? uploaded[name]) as tf.Tensor;
    });
    this.slots = upload(resident.slots);
    this.held = upload(resident.held);
    this.locked = uploadMasks(resident.locked);
    this.data = upload(resident.data);
    this.scored = firstRows(this.data, resident.scoredRows);
    this.input = upload(resident.input);
    this.probes = mapValues(resident.probes, upload);
  }

  /** Replaces a whole group of tensors. */
  put(group: "parameters" | "slots" | "held" | "input", arrays: Arrays): void {
    const old = this[group];
    this[group] = upload(arrays);
    disposeAll(old);
  }

  putData(arrays: Arrays, scoredRows: number): void {
    const old = [this.data, this.scored];
    this.data = upload(arrays);
    this.scored = firstRows(this.data, scoredRows);
    for (const tensors of old) disposeAll(tensors);
  }

  putLocks(masks: Arrays): void {
    const old = this.locked;
    this.locked = uploadMasks(masks);
    disposeAll(old);
  }

  putProbes(probes: Resident["probes"]): void {
    const old = this.probes;
    this.probes = mapValues(probes, upload);
    for (const tensors of Object.values(old)) disposeAll(tensors);
  }

  putParameter(name: string, array: NDArray): void {
    this.parameters[name]?.dispose();
    this.parameters[name] = tf.tensor(array.data, [...array.shape]);
  }

  /** Takes over what a training step made, and frees what it replaces. */
  adopt(result: StepResult): void {
    const old = [this.parameters, this.slots];
    this.parameters = result.parameters;
    this.slots = result.slots;
    for (const tensors of old) disposeAll(tensors);
  }

  /**
   * Hands over the tensors of the parameters that stay the very same arrays: a large model need not be
   * uploaded again because something else in its lab has changed.
   */
  givenUp(before: Arrays | undefined, after: Arrays): Tensors {
    const stay = Object.keys(after).filter((name) => before?.[name] === after[name]);
    const given = Object.fromEntries(
      stay.flatMap((name) => {
        const tensor = this.parameters[name];
        return tensor ? [[name, tensor] as const] : [];
      }),
    );
    this.parameters = Object.fromEntries(
      Object.entries(this.parameters).filter(([name]) => !given[name]),
    );
    return given;
  }

  dispose(): void {
    const probes = Object.values(this.probes);
    for (const tensors of [
      this.parameters,
      this.slots,
      this.held,
      this.locked,
      this.data,
      this.scored,
      this.input,
      ...probes,
    ]) {
      disposeAll(tensors);
    }
  }
}

/** The first `rows` rows of each tensor; all of it where it has no more. */
function firstRows(tensors: Tensors, rows: number): Tensors {
  return mapValues(tensors, (tensor) => {
    const [length = 0, ...rest] = tensor.shape;
    if (rows >= length) return tensor.clone();
    return tensor.slice(0, [rows, ...rest]);
  });
}

function uploadMasks(masks: Arrays): Tensors {
  return mapValues(masks, ({ data, shape }) => tf.tensor(data, [...shape], "bool"));
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  f: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)]));
}
