import { filled, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import type { LabHandle, LabStatus } from "../../src/engine/handle.ts";
import type { LabMethods } from "../../src/engine/methods.ts";
import { defineLab, type Frame, initialConfig, trainingFields } from "../../src/training/lab.ts";

/** A lab with a field of each kind. */
export const fakeLab = defineLab({
  id: "test-fake",
  version: 1,
  title: "A fake lab",
  invitation: "Drag the number until it is three.",
  fields: {
    activation: {
      kind: "choice",
      label: "Activation",
      initial: "sigmoid",
      options: [
        { value: "sigmoid", label: "sigmoid" },
        { value: "tanh", label: "tanh" },
      ],
    },
    noise: { kind: "number", label: "Noise", initial: 0, min: 0, max: 1 },
    shuffle: { kind: "switch", label: "Shuffle", initial: true },
    ...trainingFields({ optimiser: "sgd", learningRate: 0.1, batchSize: 0 }),
  },
  trains: true,
  data: () => ({ x: filled([4, 2]) }),
  watch: () => ["w"],
  describe: (frame) => `The first weight is ${frame.values.w?.data[0]?.toFixed(2)}.`,
  presets: [
    { label: "AND", edit: { config: { noise: 0 } } },
    { label: "XOR", edit: { config: { noise: 0.5 } } },
  ],
});

export function fakeFrame(change: Partial<Frame> = {}): Frame {
  return {
    config: initialConfig(fakeLab.fields),
    seed: 7,
    step: 40,
    loss: 0.3125,
    metrics: { accuracy: 0.75 },
    values: { w: ndarray([0.5, -1.25]) },
    input: {},
    data: {},
    heldOut: [],
    curve: { steps: [0, 10, 20, 30, 40], losses: [0.9, 0.7, 0.5, 0.4, 0.3125] },
    batch: [0, 1, 2, 3],
    firstStep: 0,
    lastStep: 40,
    playing: false,
    speed: 0,
    canUndo: false,
    canRedo: false,
    written: [],
    held: [],
    locked: {},
    backend: "cpu",
    notice: null,
    ...change,
  };
}

export interface Call {
  readonly method: string;
  readonly arguments: readonly unknown[];
}

/** A handle that records what is asked of it and shows the frames it is given. */
export class FakeHandle implements LabHandle {
  readonly lab = fakeLab;
  readonly calls: Call[] = [];
  /** What the next call of a method rejects with. */
  readonly failures = new Map<string, Error>();
  isClosed = false;
  isVisible: boolean | null = null;
  #frame: Frame | null;
  #status: LabStatus;
  readonly #listeners = new Set<() => void>();

  constructor(frame: Frame | null = fakeFrame()) {
    this.#frame = frame;
    this.#status = frame ? { phase: "ready" } : { phase: "loading", doing: "Loading the engine" };
  }

  show(change: Partial<Frame>): void {
    this.#frame = { ...(this.#frame ?? fakeFrame()), ...change };
    this.#status = { phase: "ready" };
    this.#tell();
  }

  be(status: LabStatus): void {
    this.#status = status;
    this.#tell();
  }

  /** The calls of one method, by their arguments. */
  of(method: keyof LabMethods | "backend"): (readonly unknown[])[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.arguments);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  async #did<T>(method: string, given: readonly unknown[], result: T): Promise<T> {
    this.calls.push({ method, arguments: given });
    const failure = this.failures.get(method);
    if (failure) throw failure;
    return result;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
  current = (): Frame | null => this.#frame;
  status = (): LabStatus => this.#status;
  readonly #reports = [
    { name: "cpu", state: "passed", speed: 4200 },
    { name: "wasm", state: "passed", speed: 2900 },
    { name: "webgl", state: "failed", why: "Its gradient of a convolution was wrong here." },
    { name: "webgpu", state: "absent", why: "This browser has no WebGPU." },
  ] as const;
  reports = () => this.#reports;
  backend: LabHandle["backend"] = (name) => this.#did("backend", [name], "cpu");
  setVisible(visible: boolean): void {
    this.isVisible = visible;
  }
  close(): void {
    this.isClosed = true;
  }
  names: LabMethods["names"] = () => this.#did("names", [], { params: [], taps: [] });
  read: LabMethods["read"] = (...given) => this.#did<NDArray>("read", given, ndarray([0]));
  grad: LabMethods["grad"] = (...given) => this.#did<NDArray>("grad", given, ndarray([0]));
  write: LabMethods["write"] = (...given) => this.#did("write", given, undefined);
  release: LabMethods["release"] = (...given) => this.#did("release", given, undefined);
  lock: LabMethods["lock"] = (...given) => this.#did("lock", given, undefined);
  input: LabMethods["input"] = (...given) => this.#did<NDArray>("input", given, ndarray([0]));
  ask: LabMethods["ask"] = (...given) => this.#did("ask", given, {});
  data: LabMethods["data"] = (...given) => this.#did("data", given, undefined);
  configure: LabMethods["configure"] = (...given) => this.#did("configure", given, undefined);
  edit: LabMethods["edit"] = (...given) => this.#did("edit", given, undefined);
  train: LabMethods["train"] = (...given) =>
    this.#did("train", given, { step: 41, loss: 0.3, metrics: {} });
  play: LabMethods["play"] = (...given) => this.#did("play", given, undefined);
  pause: LabMethods["pause"] = () => this.#did("pause", [], undefined);
  reset: LabMethods["reset"] = (...given) => this.#did("reset", given, undefined);
  undo: LabMethods["undo"] = () => this.#did("undo", [], undefined);
  redo: LabMethods["redo"] = () => this.#did("redo", [], undefined);
  seek: LabMethods["seek"] = (...given) => this.#did("seek", given, undefined);
  save: LabMethods["save"] = () => this.#did("save", [], new Uint8Array([1, 2, 3]));
  load: LabMethods["load"] = (...given) => this.#did("load", given, undefined);
  weights: LabMethods["weights"] = (...given) => this.#did("weights", given, undefined);
  watch: LabMethods["watch"] = (...given) => this.#did("watch", given, undefined);
  frame: LabMethods["frame"] = () => new Promise(() => {});
}
