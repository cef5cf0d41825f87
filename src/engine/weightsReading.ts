import { type Arrays, shapeText } from "../data/ndarray.ts";
import type { Program } from "../models/program.ts";
import { type Config, changedConfig, type Frame, type Lab } from "../training/lab.ts";

/** What a file of weights made of a lab. */
export interface ReadWeights {
  readonly file: Blob;
  readonly settings: Partial<Config>;
  readonly config: Config;
  readonly parameters: Arrays;
}

/** So often, at most, the page is told how far it is. In milliseconds. */
const tellEvery = 100;

/** Reads a file of weights for a lab, one at a time, while the lab goes on. */
export class WeightsReading {
  readonly #lab: Lab;
  readonly #tell: () => void;
  #stop: AbortController | null = null;
  #progress: Frame["reading"];

  /** @param tell is called when there is progress */
  constructor(lab: Lab, tell: () => void) {
    this.#lab = lab;
    this.#tell = tell;
  }

  get progress(): Frame["reading"] {
    return this.#progress;
  }

  /** Stops what is being read: it resolves to null. */
  stop(): void {
    this.#stop?.abort();
  }

  /**
   * Opens the file, chooses the settings that go with it and reads the parameters; null when stopped.
   *
   * @throws Error saying why the lab cannot take it
   */
  async read(
    file: Blob,
    settings: Partial<Config>,
    { config: before, programOf }: { config: Config; programOf: (config: Config) => Program },
  ): Promise<ReadWeights | null> {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    const reader = await this.#lab.weights?.();
    if (!reader) throw new Error(`"${this.#lab.title}" takes no weights from elsewhere.`);
    try {
      const opened = await reader(file, settings);
      const config = changedConfig(this.#lab.fields, before, opened.config);
      let bytes = 0;
      let told = Number.NEGATIVE_INFINITY;
      const tell = (more: number): void => {
        bytes += more;
        if (performance.now() - told < tellEvery) return;
        told = performance.now();
        this.#show({ bytes, total: opened.bytes });
      };
      const program = programOf(config);
      const parameters = await opened.read({ program, tell, signal: stop.signal });
      checkShapes(parameters, program);
      return { file, settings, config, parameters };
    } catch (error) {
      if (stop.signal.aborted) return null;
      throw error;
    } finally {
      if (this.#stop === stop) this.#show(undefined);
    }
  }

  #show(progress: Frame["reading"]): void {
    this.#progress = progress;
    this.#tell();
  }
}

/** @throws Error when these are not the parameters of the program: a fault of the lab, not of the file */
function checkShapes(parameters: Arrays, { parameters: specs }: Program): void {
  for (const [name, { shape }] of Object.entries(specs)) {
    const arrived = parameters[name]?.shape;
    if (arrived && shapeText(arrived) === shapeText(shape)) continue;
    throw new Error(
      `Expected ${name} of shape ${shapeText(shape)}, got ${arrived ? shapeText(arrived) : "nothing"}.`,
    );
  }
}

/** A state that leaves out the arrays which a file can give again. */
export type Lightened<S> = S & { readonly fromFile?: boolean };

/** A state without the arrays that a file can give again. */
export function withoutFile<S extends { readonly parameters: Arrays }>(
  state: S,
  read: ReadWeights | null,
): Lightened<S> {
  const own = Object.entries(state.parameters).filter(
    ([name, array]) => read?.parameters[name] !== array,
  );
  if (own.length === Object.keys(state.parameters).length) return state;
  return { ...state, parameters: Object.fromEntries(own), fromFile: true };
}

/** The state as it was before `withoutFile`. */
export function withFile<S extends { readonly parameters: Arrays }>(
  state: Lightened<S>,
  read: ReadWeights | null,
): S {
  const { fromFile, ...own } = state;
  if (!fromFile || !read) return state;
  return { ...(own as unknown as S), parameters: { ...read.parameters, ...state.parameters } };
}
