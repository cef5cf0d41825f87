import type { Arrays, NDArray, Nested } from "../data/ndarray.ts";
import type { Config, Edit, Frame, Watch } from "../training/lab.ts";

/** The backends the book can run on. */
export const backendNames = ["cpu", "wasm", "webgl", "webgpu"] as const;
export type BackendName = (typeof backendNames)[number];

export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface Names {
  readonly params: readonly NamedShape[];
  readonly taps: readonly NamedShape[];
}

export interface TrainingResult {
  readonly step: number;
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface SaveOptions {
  /** Default `capsule`. */
  readonly layout?: "capsule" | "torch";
}

/**
 * What can be asked of a running lab. The worker implements it, the page's client mirrors it, and the
 * console API is its public face. Every promise rejects with a message meant for the reader.
 *
 * `gesture` joins the writes of one drag into one step of undo.
 */
export interface LabMethods {
  names(): Promise<Names>;
  /** A parameter, or a tap on the current input. */
  read(name: string): Promise<NDArray>;
  /** The gradient of the current loss with respect to a parameter or a tap. */
  grad(name: string): Promise<NDArray>;
  /** Sets a parameter; on a tap, holds it at the value until it is released. */
  write(name: string, value: Nested, gesture?: string): Promise<void>;
  /** Lets a held tap go. */
  release(name: string): Promise<void>;
  /**
   * Locks entries of a parameter: training does not move them; a write does. `which` is a mask of the
   * parameter's shape, 1 for locked and 0 for free; true (the default) locks all of it, false none.
   */
  lock(name: string, which?: Nested | boolean): Promise<void>;
  /** Sets the current input (an array means `x`); resolves to the output. */
  input(value: Nested | Readonly<Record<string, Nested>>, gesture?: string): Promise<NDArray>;
  /**
   * Runs the model once on inputs of the caller's own, held taps in force, and reads these taps. The lab
   * stays as it is. `carry` keeps taps in the worker, each for the input of the next run that it is named by:
   * `{ K: "cache.K" }`. What a run is given counts before what is kept.
   */
  ask(
    inputs: Readonly<Record<string, Nested>>,
    names: readonly string[],
    carry?: Readonly<Record<string, string>>,
  ): Promise<Arrays>;
  /** Replaces the training data by the reader's own; the current input follows where it was the data. */
  data(arrays: Readonly<Record<string, Nested>>, gesture?: string): Promise<void>;
  configure(change: Partial<Config>, gesture?: string): Promise<void>;
  /** Applies a preset, or the many writes of one gesture, as one step of undo. */
  edit(edit: Edit, gesture?: string): Promise<void>;
  /** Trains `steps` steps and resolves when they are done, or when `pause` stops them. */
  train(steps: number): Promise<TrainingResult>;
  /** Trains until `pause`, at most `pace` steps a second (default: as fast as it can). */
  play(pace?: number): Promise<void>;
  pause(): Promise<void>;
  reset(seed?: number): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Returns to an earlier step; training goes on from there. */
  seek(step: number): Promise<void>;
  /**
   * The capsule, as `.safetensors`. With the layout `torch`, the parameters alone, named and packed as
   * PyTorch's modules do it; refused in a lab whose program does not say how.
   */
  save(options?: SaveOptions): Promise<Uint8Array>;
  /** Takes up a capsule, or a `.safetensors` file in the layout `torch`, which keeps the settings as they are. */
  load(file: Uint8Array): Promise<void>;
  /**
   * Takes up weights from a file of the kind that the lab reads, in place of all there is; the lab stays as
   * alive as it was while they are read. `settings` are what the file does not say. null: stops reading.
   */
  weights(file: Blob | null, settings?: Partial<Config>): Promise<void>;
  /** What the frames hold, besides what the lab itself watches. */
  watch(extra: readonly Watch[], probes?: Readonly<Record<string, Arrays>>): Promise<void>;
  /** Asks for one frame, as soon as something differs from the last one. */
  frame(): Promise<Frame>;
}
