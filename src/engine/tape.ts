import * as tf from "../models/tf.ts";

export type DataId = tf.TensorInfo["dataId"];
type Infos = tf.TensorInfo | readonly tf.TensorInfo[];
type Inputs = Readonly<Record<string, Infos | undefined>>;
export type KernelFunc = tf.KernelConfig["kernelFunc"];

/** One call of a kernel, as it was. */
export interface Operation {
  readonly kernel: KernelFunc;
  readonly name: string;
  readonly inputs: Inputs;
  readonly attrs: tf.NamedAttrMap | undefined;
  readonly outputs: readonly tf.TensorInfo[];
  readonly isList: boolean;
  /** A few kernels (the CPU's absolute value) return a tensor, which must be given up as one. */
  readonly isTensor: boolean;
}

/** A backend that counts references to data, as all of TensorFlow.js's do. */
export interface CountingBackend {
  incRef(dataId: DataId): void;
  disposeData(dataId: DataId): boolean;
}

export const backendNow = () => tf.backend() as unknown as CountingBackend;

/** Listens to the kernels of the current backend while a function runs. */
export class Tape {
  readonly operations: Operation[] = [];
  readonly constants: tf.Tensor[] = [];
  /** Data that came in from outside or was made of it on the way. */
  readonly #varying: Set<DataId>;
  readonly #constant = new Set<DataId>();
  #depth = 0;

  constructor(outside: Iterable<DataId>) {
    this.#varying = new Set(outside);
  }

  during<T>(run: () => T): T {
    const kernels = tf.getKernelsForBackend(tf.getBackend());
    const originals = kernels.map(({ kernelFunc }) => kernelFunc);
    for (const kernel of kernels) {
      kernel.kernelFunc = this.#listening(kernel.kernelName, kernel.kernelFunc);
    }
    try {
      return run();
    } finally {
      for (const [i, kernel] of kernels.entries()) {
        kernel.kernelFunc = originals[i] as KernelFunc;
      }
    }
  }

  #listening(name: string, kernel: KernelFunc): KernelFunc {
    return (call) => {
      this.#depth += 1;
      try {
        const made = kernel(call);
        // A kernel that calls another through the registry will call it again on replay.
        if (this.#depth === 1) this.#note(name, kernel, call, made);
        return made;
      } finally {
        this.#depth -= 1;
      }
    };
  }

  #note(name: string, kernel: KernelFunc, call: Parameters<KernelFunc>[0], made: Infos): void {
    const inputs = call.inputs as unknown as Inputs;
    const given = infosOf(inputs);
    const outputs = Array.isArray(made) ? (made as tf.TensorInfo[]) : [made as tf.TensorInfo];
    for (const info of given) if (!this.#varying.has(info.dataId)) this.#keepConstant(info);
    // What is made of constants alone need not be made again.
    if (given.every(({ dataId }) => this.#constant.has(dataId))) {
      for (const info of outputs) this.#keepConstant(info);
      return;
    }
    this.operations.push({
      kernel,
      name,
      inputs: mapInputs(inputs, ({ dataId, shape, dtype }) => ({ dataId, shape, dtype })),
      attrs: call.attrs,
      outputs: outputs.map(({ dataId, shape, dtype }) => ({ dataId, shape, dtype })),
      isList: Array.isArray(made),
      isTensor: made instanceof tf.Tensor,
    });
    for (const { dataId } of outputs) this.#varying.add(dataId);
  }

  #keepConstant({ dataId, shape, dtype }: tf.TensorInfo): void {
    if (this.#constant.has(dataId)) return;
    backendNow().incRef(dataId);
    this.constants.push(tf.keep(tensorOf(dataId, shape, dtype)));
    this.#constant.add(dataId);
  }
}

/** Kernels take their inputs by name or, those that take any number, as a list. */
export function mapInputs(inputs: Inputs, f: (info: tf.TensorInfo) => tf.TensorInfo): Inputs {
  const each = (infos: Infos | undefined): Infos | undefined => {
    if (infos === undefined || infos === null) return infos;
    return Array.isArray(infos) ? infos.map(f) : f(infos as tf.TensorInfo);
  };
  if (Array.isArray(inputs)) return inputs.map((info) => each(info)) as unknown as Inputs;
  return Object.fromEntries(Object.entries(inputs).map(([name, infos]) => [name, each(infos)]));
}

export function infosOf(inputs: Inputs): tf.TensorInfo[] {
  return Object.values(inputs).flatMap((infos) =>
    infos === undefined || infos === null ? [] : (infos as tf.TensorInfo | tf.TensorInfo[]),
  );
}

/** A tensor of data that a backend holds already. */
export function tensorOf(dataId: DataId, shape: number[], dtype: tf.DataType): tf.Tensor {
  return tf.engine().makeTensorFromDataId(dataId, shape, dtype);
}
