import * as tf from "../models/tf.ts";
import type { Numbers } from "./boxKernels.ts";
import { type Loop, type LoopCall, loopOf } from "./loops.ts";
import {
  backendNow,
  type CountingBackend,
  type DataId,
  infosOf,
  type KernelFunc,
  mapInputs,
  type Operation,
  Tape,
  tensorOf,
} from "./tape.ts";

type Tensors = Readonly<Record<string, tf.Tensor>>;

/**
 * A call as it is replayed. What passes between calls has a numbered place; `patches` are the inputs'
 * descriptions within `call`, to be pointed to what is in a place now.
 */
interface ReplayedKernel {
  readonly loop: null;
  readonly kernel: KernelFunc;
  readonly call: { inputs: tf.NamedTensorInfoMap; attrs?: tf.NamedAttrMap; backend: object };
  readonly patches: readonly { readonly info: { dataId: DataId }; readonly place: number }[];
  readonly outputs: readonly number[];
  readonly isList: boolean;
  readonly isTensor: boolean;
  /** What is not needed after this call: each entry is one reference to give up. */
  readonly spent: readonly number[];
}

/** A call that is done without its kernel. `fresh` are the outputs that the results hold: new at each replay. */
interface ReplayedLoop {
  readonly loop: Loop;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The arrays of these, as they are at the moment. */
  readonly given: Numbers[];
  readonly made: Numbers[];
  readonly fresh: readonly { readonly place: number; readonly info: tf.TensorInfo }[];
  readonly spent: readonly number[];
}

type Replayed = ReplayedKernel | ReplayedLoop;

/** What the book uses of TensorFlow.js's CPU backend, whose data are plain arrays. */
interface CpuBackend extends CountingBackend {
  readonly data: { get(dataId: DataId): { readonly values: Numbers } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Numbers): tf.TensorInfo;
}

/**
 * The kernels of one run of a function over tensors, with everything between them left out: no tape, no
 * scopes, no shape checks; nor the kernels whose results nobody uses, that only hand on their input, or
 * that come out the same each time. To replay it is to call the others in the same order on other
 * numbers, so the result is the same to the bit as running the function again.
 *
 * That holds for a function that, for inputs of the same shapes, always calls the same kernels with the
 * same attributes, and whose every varying number is a tensor among its inputs.
 */
export class Recording {
  readonly #calls: readonly Replayed[];
  /** What is in each place: constants always, the rest during a replay. */
  readonly #data: DataId[];
  /** `index` counts the inputs as they were given. */
  readonly #outside: readonly {
    readonly name: string;
    readonly index: number;
    readonly place: number;
  }[];
  readonly #results: readonly {
    readonly name: string;
    readonly place: number;
    readonly info: tf.TensorInfo;
    /** Whether it is a further reference to data that is somebody else's too. */
    readonly isShared: boolean;
  }[];
  readonly #constants: readonly tf.Tensor[];
  /** The array of what is in a place, for those places that loops read or fill. */
  readonly #arrays: (Numbers | undefined)[];
  /** Which places loops read. */
  readonly #isRead: readonly boolean[];
  /** Data of the recording's own that loops fill anew at each replay. */
  readonly #rooms: readonly DataId[];

  private constructor(
    tape: Tape,
    outside: ReadonlyMap<DataId, { readonly name: string; readonly index: number }>,
    results: ReadonlyMap<string, tf.TensorInfo>,
  ) {
    const operations = needed(tape.operations, results);
    const places = new Map<DataId, number>();
    const placeOf = (dataId: DataId): number => {
      const place = places.get(dataId) ?? places.size;
      places.set(dataId, place);
      return place;
    };
    const { spent, shared } = references(operations, results);
    const isCpu = tf.getBackend() === "cpu";
    const loops = operations.map((operation) => (isCpu ? loopOf(operation) : null));
    const returned = new Set([...results.values()].map(({ dataId }) => dataId));
    const rooms = new Map<DataId, tf.TensorInfo>();
    for (const [i, { outputs }] of operations.entries()) {
      for (const info of loops[i] ? outputs : []) {
        if (!returned.has(info.dataId)) rooms.set(info.dataId, room(info));
      }
    }
    const leftOver = (i: number) => (spent[i] ?? []).filter((dataId) => !rooms.has(dataId));
    this.#calls = operations.map((operation, i) => {
      const loop = loops[i];
      return loop
        ? looped(operation, loop, leftOver(i), returned, placeOf)
        : replayed(operation, leftOver(i), placeOf);
    });
    this.#outside = [...outside].map(([dataId, from]) => ({ ...from, place: placeOf(dataId) }));
    this.#results = [...results].map(([name, info]) => {
      return { name, place: placeOf(info.dataId), info, isShared: shared.has(name) };
    });
    this.#constants = tape.constants;
    const read = new Set(loops.flatMap((loop) => loop?.inputs.map(({ dataId }) => dataId) ?? []));
    const constant = new Set(tape.constants.map(({ dataId }) => dataId));
    const dataIds = [...places.keys()];
    this.#data = dataIds.map((dataId) => rooms.get(dataId)?.dataId ?? dataId);
    this.#isRead = dataIds.map((dataId) => read.has(dataId));
    this.#arrays = dataIds.map((dataId) => {
      const own = rooms.get(dataId)?.dataId ?? (constant.has(dataId) ? dataId : undefined);
      return isCpu && own ? numbersOf(own) : undefined;
    });
    this.#rooms = [...rooms.values()].map(({ dataId }) => dataId);
  }

  /** How many kernels a replay calls. */
  get length(): number {
    return this.#calls.length;
  }

  /** Runs `run` once and records it. `run` returns kept tensors, by name; so does `replay`. */
  static of(
    inputs: Tensors,
    run: () => Tensors,
  ): { readonly results: Tensors; readonly recording: Recording } {
    const outside = new Map(
      Object.entries(inputs).map(([name, { dataId }], index) => [dataId, { name, index }] as const),
    );
    const tape = new Tape(outside.keys());
    const results = tape.during(run);
    const infos = Object.entries(results).map(
      ([name, { dataId, shape, dtype }]) => [name, { dataId, shape, dtype }] as const,
    );
    return { results, recording: new Recording(tape, outside, new Map(infos)) };
  }

  /** The results for other inputs of the same names and shapes, as kept tensors. */
  replay(inputs: Tensors): Record<string, tf.Tensor> {
    const results = this.replayOn((name) => inputs[name]);
    return Object.fromEntries(results.map((tensor, i) => [this.#results[i]?.name, tensor]));
  }

  /** `replay` for inputs that are found by name; the results in the order in which they were recorded. */
  replayOn(input: (name: string, index: number) => tf.Tensor | undefined): tf.Tensor[] {
    const backend = backendNow();
    const data = this.#data;
    const arrays = this.#arrays;
    const hold = (place: number, dataId: DataId): void => {
      data[place] = dataId;
      if (this.#isRead[place]) arrays[place] = numbersOf(dataId);
    };
    for (const { name, index, place } of this.#outside) {
      const given = input(name, index);
      if (given) hold(place, given.dataId);
    }
    const tensors = new Map<DataId, tf.Tensor>();
    for (const call of this.#calls) {
      if (call.loop) {
        for (const { place, info } of call.fresh) {
          const { dataId } = room(info);
          data[place] = dataId;
          arrays[place] = numbersOf(dataId);
        }
        for (const [i, place] of call.inputs.entries()) call.given[i] = arrays[place] as Numbers;
        for (const [i, place] of call.outputs.entries()) call.made[i] = arrays[place] as Numbers;
        call.loop(call.made, call.given);
      } else {
        for (const { info, place } of call.patches) info.dataId = data[place] as DataId;
        call.call.backend = backend;
        const made = call.kernel(call.call);
        if (call.isList) {
          for (const [i, place] of call.outputs.entries()) {
            hold(place, ((made as tf.TensorInfo[])[i] as tf.TensorInfo).dataId);
          }
        } else {
          const { dataId } = made as tf.TensorInfo;
          hold(call.outputs[0] as number, dataId);
          if (call.isTensor) tensors.set(dataId, made as tf.Tensor);
        }
      }
      for (const place of call.spent) {
        const dataId = data[place] as DataId;
        const tensor = tensors.get(dataId);
        if (!tensor) backend.disposeData(dataId);
        else {
          tensor.dispose();
          tensors.delete(dataId);
        }
      }
    }
    return this.#results.map(({ place, info, isShared }) => {
      const dataId = data[place] as DataId;
      if (isShared) backend.incRef(dataId);
      const own = isShared ? undefined : tensors.get(dataId);
      return tf.keep(own ?? tensorOf(dataId, info.shape, info.dtype));
    });
  }

  /** Frees the numbers that are the same at every replay, and the room for those between. */
  dispose(): void {
    tf.dispose([...this.#constants]);
    for (const dataId of this.#rooms) backendNow().disposeData(dataId);
  }
}

/** Room on the CPU backend for a tensor of this shape and type. */
function room({ shape, dtype }: tf.TensorInfo): tf.TensorInfo {
  const size = tf.util.sizeFromShape(shape);
  const values = tf.util.getTypedArrayFromDType(dtype as "float32", size);
  return (backendNow() as CpuBackend).makeTensorInfo(shape, dtype, values);
}

/** The array itself that the CPU backend keeps. */
function numbersOf(dataId: DataId): Numbers {
  return (backendNow() as CpuBackend).data.get(dataId).values;
}

/** Whether the operation hands on its input's data as they are: another name, or another shape, for them. */
function isAlias({ name, inputs, outputs }: Operation): boolean {
  const [output] = outputs;
  const given = infosOf(inputs);
  if (outputs.length !== 1 || given.length !== 1 || output?.dataId !== given[0]?.dataId) {
    return false;
  }
  // What WebGL makes of another shape depends on how the data lie in their texture at the moment.
  return output?.dtype === given[0]?.dtype && (name === "Identity" || tf.getBackend() !== "webgl");
}

/** The operations that the results depend on. */
function needed(
  operations: readonly Operation[],
  results: ReadonlyMap<string, tf.TensorInfo>,
): readonly Operation[] {
  const wanted = new Set([...results.values()].map(({ dataId }) => dataId));
  const kept: Operation[] = [];
  for (const operation of [...operations].reverse()) {
    if (isAlias(operation) || !operation.outputs.some(({ dataId }) => wanted.has(dataId))) continue;
    for (const { dataId } of infosOf(operation.inputs)) wanted.add(dataId);
    kept.push(operation);
  }
  return kept.reverse();
}

/**
 * After which operation each piece of data can be given up (`spent`, by operation), and which results
 * are further references to data that others hold too. An operation that hands its input on adds a
 * reference to the same data, so references are counted, not data.
 */
function references(
  operations: readonly Operation[],
  results: ReadonlyMap<string, tf.TensorInfo>,
): { spent: readonly DataId[][]; shared: ReadonlySet<string> } {
  const last = new Map<DataId, number>();
  const made = new Map<DataId, number>();
  for (const [i, { inputs, outputs }] of operations.entries()) {
    for (const { dataId } of infosOf(inputs)) last.set(dataId, i);
    for (const { dataId } of outputs) {
      last.set(dataId, i);
      made.set(dataId, (made.get(dataId) ?? 0) + 1);
    }
  }
  const shared = new Set<string>();
  for (const [name, { dataId }] of results) {
    const left = made.get(dataId) ?? 0;
    if (left === 0) shared.add(name);
    else made.set(dataId, left - 1);
  }
  const spent: DataId[][] = operations.map(() => []);
  for (const [dataId, surplus] of made) {
    for (let n = 0; n < surplus; n++) spent[last.get(dataId) as number]?.push(dataId);
  }
  return { spent, shared };
}

function looped(
  { outputs }: Operation,
  { run, inputs }: LoopCall,
  spent: readonly DataId[],
  returned: ReadonlySet<DataId>,
  placeOf: (dataId: DataId) => number,
): ReplayedLoop {
  return {
    loop: run,
    inputs: inputs.map(({ dataId }) => placeOf(dataId)),
    outputs: outputs.map(({ dataId }) => placeOf(dataId)),
    given: [],
    made: [],
    fresh: outputs
      .filter(({ dataId }) => returned.has(dataId))
      .map((info) => ({ place: placeOf(info.dataId), info })),
    spent: spent.map(placeOf),
  };
}

function replayed(
  { kernel, inputs, attrs, outputs, isList, isTensor }: Operation,
  spent: readonly DataId[],
  placeOf: (dataId: DataId) => number,
): ReplayedKernel {
  const patches: { info: { dataId: DataId }; place: number }[] = [];
  const own = mapInputs(inputs, (given) => {
    const info = { ...given };
    patches.push({ info, place: placeOf(info.dataId) });
    return info;
  }) as tf.NamedTensorInfoMap;
  return {
    loop: null,
    kernel,
    call: { inputs: own, ...(attrs && { attrs }), backend: backendNow() },
    patches,
    outputs: outputs.map(({ dataId }) => placeOf(dataId)),
    isList,
    isTensor,
    spent: spent.map(placeOf),
  };
}
