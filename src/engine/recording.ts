import * as tf from "../models/tf.ts";

type Tensors = Readonly<Record<string, tf.Tensor>>;
type DataId = tf.TensorInfo["dataId"];
type Infos = tf.TensorInfo | readonly tf.TensorInfo[];
type Inputs = Readonly<Record<string, Infos | undefined>>;
type KernelFunc = tf.KernelConfig["kernelFunc"];

interface Operation {
  readonly kernel: KernelFunc;
  readonly inputs: Inputs;
  readonly attrs: tf.NamedAttrMap | undefined;
  readonly outputs: readonly tf.TensorInfo[];
  readonly isList: boolean;
  /** What is not needed after this operation: each entry is one reference to give up. */
  spent: DataId[];
}

/** A backend that counts references to data, as all of TensorFlow.js's do. */
interface CountingBackend {
  incRef(dataId: DataId): void;
  disposeData(dataId: DataId): boolean;
}

const backendNow = () => tf.backend() as unknown as CountingBackend;

/**
 * The kernels of one run of a function over tensors, with everything between them left out: no tape, no
 * scopes, no shape checks. To replay it is to call the same kernels in the same order on other numbers,
 * so the result is the same to the bit as running the function again.
 *
 * That holds for a function that, for inputs of the same shapes, always calls the same kernels with the
 * same attributes, and whose every varying number is a tensor among its inputs.
 */
export class Recording {
  readonly #operations: readonly Operation[];
  readonly #outside: ReadonlyMap<DataId, string>;
  readonly #constants: readonly tf.Tensor[];
  readonly #results: Readonly<Record<string, tf.TensorInfo>>;

  private constructor(
    operations: readonly Operation[],
    outside: ReadonlyMap<DataId, string>,
    constants: readonly tf.Tensor[],
    results: Readonly<Record<string, tf.TensorInfo>>,
  ) {
    this.#operations = operations;
    this.#outside = outside;
    this.#constants = constants;
    this.#results = results;
  }

  /**
   * Runs `run` once and records it. `run` returns kept tensors, by name, each made by a kernel; so does
   * `replay`.
   */
  static of(
    inputs: Tensors,
    run: () => Tensors,
  ): { readonly results: Tensors; readonly recording: Recording } {
    const outside = new Map(Object.entries(inputs).map(([name, { dataId }]) => [dataId, name]));
    const tape = new Tape(outside);
    const results = tape.during(run);
    markSpent(tape.operations, outside, Object.values(results));
    const infos = Object.entries(results).map(([name, { dataId, shape, dtype }]) => [
      name,
      { dataId, shape, dtype },
    ]);
    return {
      results,
      recording: new Recording(
        tape.operations,
        outside,
        tape.constants,
        Object.fromEntries(infos) as Record<string, tf.TensorInfo>,
      ),
    };
  }

  /** The results for other inputs of the same names and shapes, as kept tensors. */
  replay(inputs: Tensors): Record<string, tf.Tensor> {
    const backend = backendNow();
    const now = new Map<DataId, DataId>();
    for (const [dataId, name] of this.#outside) {
      const input = inputs[name];
      if (input) now.set(dataId, input.dataId);
    }
    /** A few kernels (the CPU's absolute value) return a tensor, which must be given up as one. */
    const tensors = new Map<DataId, tf.Tensor>();
    const current = (info: tf.TensorInfo): tf.TensorInfo => {
      const dataId = now.get(info.dataId);
      return dataId === undefined ? info : { dataId, shape: info.shape, dtype: info.dtype };
    };
    for (const { kernel, inputs: given, attrs, outputs, isList, spent } of this.#operations) {
      const made = kernel({
        inputs: mapInputs(given, current) as tf.NamedTensorInfoMap,
        attrs: attrs as tf.NamedAttrMap,
        backend,
      });
      const list = isList ? (made as tf.TensorInfo[]) : [made as tf.TensorInfo];
      for (const [i, { dataId }] of outputs.entries()) {
        const output = list[i];
        if (output) now.set(dataId, output.dataId);
        if (output instanceof tf.Tensor) tensors.set(output.dataId, output);
      }
      for (const recorded of spent) {
        const dataId = now.get(recorded) ?? recorded;
        const tensor = tensors.get(dataId);
        if (tensor) tensor.dispose();
        else backend.disposeData(dataId);
        tensors.delete(dataId);
      }
    }
    return Object.fromEntries(
      Object.entries(this.#results).map(([name, info]) => {
        const { dataId, shape, dtype } = current(info);
        return [name, tf.keep(tensors.get(dataId) ?? tensorOf(dataId, shape, dtype))];
      }),
    );
  }

  /** Frees the numbers that are the same at every replay. */
  dispose(): void {
    tf.dispose([...this.#constants]);
  }
}

function tensorOf(dataId: DataId, shape: number[], dtype: tf.DataType): tf.Tensor {
  return tf.engine().makeTensorFromDataId(dataId, shape, dtype);
}

/** Kernels take their inputs by name or, those that take any number, as a list. */
function mapInputs(inputs: Inputs, f: (info: tf.TensorInfo) => tf.TensorInfo): Inputs {
  const each = (infos: Infos | undefined): Infos | undefined => {
    if (infos === undefined || infos === null) return infos;
    return Array.isArray(infos) ? infos.map(f) : f(infos as tf.TensorInfo);
  };
  if (Array.isArray(inputs)) return inputs.map((info) => each(info)) as unknown as Inputs;
  return Object.fromEntries(Object.entries(inputs).map(([name, infos]) => [name, each(infos)]));
}

function infosOf(inputs: Inputs): tf.TensorInfo[] {
  return Object.values(inputs).flatMap((infos) =>
    infos === undefined || infos === null ? [] : (infos as tf.TensorInfo | tf.TensorInfo[]),
  );
}

/** Listens to the kernels of the current backend while a function runs. */
class Tape {
  readonly operations: Operation[] = [];
  readonly constants: tf.Tensor[] = [];
  /** Data that came in from outside, was made on the way, or is kept as a constant. */
  readonly #known: Set<DataId>;
  #depth = 0;

  constructor(outside: ReadonlyMap<DataId, string>) {
    this.#known = new Set(outside.keys());
  }

  during<T>(run: () => T): T {
    const kernels = tf.getKernelsForBackend(tf.getBackend());
    const originals = kernels.map(({ kernelFunc }) => kernelFunc);
    for (const kernel of kernels) kernel.kernelFunc = this.#listening(kernel.kernelFunc);
    try {
      return run();
    } finally {
      for (const [i, kernel] of kernels.entries()) {
        kernel.kernelFunc = originals[i] as KernelFunc;
      }
    }
  }

  #listening(kernel: KernelFunc): KernelFunc {
    return (call) => {
      this.#depth += 1;
      try {
        const made = kernel(call);
        // A kernel that calls another through the registry will call it again on replay.
        if (this.#depth === 1) this.#note(kernel, call, made);
        return made;
      } finally {
        this.#depth -= 1;
      }
    };
  }

  #note(kernel: KernelFunc, call: Parameters<KernelFunc>[0], made: Infos): void {
    const inputs = call.inputs as unknown as Inputs;
    for (const info of infosOf(inputs)) {
      if (!this.#known.has(info.dataId)) this.#keepConstant(info);
    }
    const outputs = Array.isArray(made) ? (made as tf.TensorInfo[]) : [made as tf.TensorInfo];
    this.operations.push({
      kernel,
      inputs: mapInputs(inputs, ({ dataId, shape, dtype }) => ({ dataId, shape, dtype })),
      attrs: call.attrs,
      outputs: outputs.map(({ dataId, shape, dtype }) => ({ dataId, shape, dtype })),
      isList: Array.isArray(made),
      spent: [],
    });
    for (const { dataId } of outputs) this.#known.add(dataId);
  }

  #keepConstant({ dataId, shape, dtype }: tf.TensorInfo): void {
    backendNow().incRef(dataId);
    this.constants.push(tf.keep(tensorOf(dataId, shape, dtype)));
    this.#known.add(dataId);
  }
}

/**
 * Notes after which operation each result can be given up. An operation that hands its input on (a
 * reshape, an identity) adds a reference to the same data, so references are counted, not data.
 */
function markSpent(
  operations: readonly Operation[],
  outside: ReadonlyMap<DataId, string>,
  results: readonly tf.TensorInfo[],
): void {
  const last = new Map<DataId, number>();
  const made = new Map<DataId, number>();
  for (const [i, { inputs, outputs }] of operations.entries()) {
    for (const { dataId } of infosOf(inputs)) last.set(dataId, i);
    for (const { dataId } of outputs) {
      last.set(dataId, i);
      made.set(dataId, (made.get(dataId) ?? 0) + 1);
    }
  }
  const wanted = new Map<DataId, number>();
  for (const { dataId } of results) wanted.set(dataId, (wanted.get(dataId) ?? 0) + 1);
  for (const [dataId, count] of made) {
    const surplus = count - (wanted.get(dataId) ?? 0);
    const operation = operations[last.get(dataId) ?? -1];
    for (let n = 0; n < surplus; n++) operation?.spent.push(dataId);
  }
  // A result that is an input handed through unchanged would need a reference of its own.
  for (const { dataId } of results) {
    if (outside.has(dataId) && !made.has(dataId))
      throw new Error("A result was made by no kernel.");
  }
}
