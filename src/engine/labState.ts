import { type Arrays, filled, type NDArray, type Nested } from "../data/ndarray.ts";
import type { Program } from "../models/program.ts";
import type * as tf from "../models/tf.ts";
import { batchIndices, exampleCount, takeRows } from "../training/batches.ts";
import type { Capsule } from "../training/capsule.ts";
import { initialParameters } from "../training/initialise.ts";
import {
  type Config,
  changedConfig,
  initialConfig,
  type Lab,
  type OptimiserName,
  type Watch,
} from "../training/lab.ts";
import { optimisers } from "../training/optimisers.ts";
import { randomStream } from "../training/random.ts";
import { scheduledRate } from "../training/schedule.ts";
import { Asking } from "./asking.ts";
import type { Runtime } from "./backends.ts";
import { DeviceState } from "./deviceState.ts";
import { checkedArray, checkedData, checkedInput, checkedMask, sameArrays } from "./inputs.ts";
import { measured, type Observation, observe, readAll, scorable } from "./observe.ts";
import { disposeAll, output, taps, tidy, tryForward, upload } from "./passes.ts";
import { Repeated } from "./repeated.ts";
import { Stepper } from "./stepper.ts";
import { parseWatch } from "./watch.ts";

/** The whole state of a lab as one plain value; with the lab's id and version it is a capsule. */
export type Moment = Omit<Capsule, "lab" | "version">;

type Plain = Pick<Moment, "parameters" | "slots">;

/** The seed with which a lab opens, and from which its data are drawn. */
export const firstSeed = 1;

/** The probe that every lab that trains has. */
const batchProbe = "batch";

/** The data set of a lab for a configuration: the same numbers every time. */
export function dataOf(lab: Lab, config: Config): Arrays {
  const random = randomStream(firstSeed, `data of ${lab.id}`);
  return lab.data(config, () => random.uniform());
}

/**
 * The state of a lab twice: as plain values, and as tensors on the runtime's backend. Its methods are
 * the changes that training and the reader make; each checks first and changes after.
 */
export class LabState {
  readonly lab: Lab;
  readonly #runtime: Runtime;
  readonly #programOf: (config: Config) => Program;

  #config: Config;
  #seed = firstSeed;
  #step = 0;
  #held: Arrays = {};
  #locked: Arrays = {};
  #written: ReadonlySet<string> = new Set();
  #ownData: Arrays | null = null;
  #ownInput: Arrays | null = null;

  #program: Program;
  #data: Arrays = {};
  #heldOut: readonly number[] = [];
  /** The rows of the data that training uses, and their numbers: null where it uses all. */
  #training: Arrays = {};
  #trainingRows: readonly number[] | null = null;
  #input: Arrays = {};
  #extraProbes: Readonly<Record<string, Arrays>> = {};
  #device: DeviceState;
  readonly #stepper = new Stepper();
  readonly #measuring = new Repeated();
  /** The loss alone, between the points of the curve. */
  readonly #checking = new Repeated();
  readonly #asking = new Asking();
  #generation: number;
  /** Parameters and slots as plain arrays, while they equal those on the device. */
  #plain: Plain | null;

  constructor(lab: Lab, programOf: (config: Config) => Program, runtime: Runtime) {
    this.lab = lab;
    this.#runtime = runtime;
    this.#programOf = programOf;
    this.#config = initialConfig(lab.fields);
    this.#program = programOf(this.#config);
    this.#generation = runtime.generation;
    this.#prepare();
    this.#plain = {
      parameters: initialParameters(this.#program.parameters, this.#seed),
      slots: {},
    };
    this.#device = this.#newDevice(this.#plain);
  }

  get config(): Config {
    return this.#config;
  }
  get seed(): number {
    return this.#seed;
  }
  get step(): number {
    return this.#step;
  }
  get held(): Arrays {
    return this.#held;
  }
  get locked(): Arrays {
    return this.#locked;
  }
  get written(): readonly string[] {
    return [...this.#written];
  }
  get data(): Arrays {
    return this.#data;
  }
  get heldOut(): readonly number[] {
    return this.#heldOut;
  }
  get input(): Arrays {
    return this.#input;
  }
  get extraProbes(): Readonly<Record<string, Arrays>> {
    return this.#extraProbes;
  }
  get parameterShapes(): Program["parameters"] {
    return this.#program.parameters;
  }
  /** How PyTorch names and packs the parameters, where the program says so. */
  get torch(): Program["torch"] {
    return this.#program.torch;
  }
  get probeNames(): readonly string[] {
    return [...Object.keys(this.#device.probes), ...(this.lab.trains ? [batchProbe] : [])];
  }

  #prepare(): void {
    this.#program = this.#programOf(this.#config);
    this.#data = this.#ownData ?? dataOf(this.lab, this.#config);
    this.#part();
    this.#input = this.#ownInput ?? this.lab.input?.(this.#config) ?? this.#training;
  }

  /** Parts the data into what trains and what is held out. */
  #part(): void {
    this.#heldOut = this.lab.heldOut?.(this.#config, this.#data) ?? [];
    if (this.#heldOut.length === 0) {
      this.#trainingRows = null;
      this.#training = this.#data;
      return;
    }
    const out = new Set(this.#heldOut);
    const all = Array.from({ length: exampleCount(this.#data) }, (_, row) => row);
    this.#trainingRows = all.filter((row) => !out.has(row));
    this.#training = takeRows(this.#data, this.#trainingRows);
  }

  #allProbes(): Readonly<Record<string, Arrays>> {
    const test = this.#heldOut.length > 0 ? { test: takeRows(this.#data, this.#heldOut) } : {};
    return { ...test, ...this.lab.probes?.(this.#config), ...this.#extraProbes };
  }

  #scoredRows(): number {
    return this.lab.scored?.(this.#config) ?? Number.POSITIVE_INFINITY;
  }

  #newDevice(plain: Plain, parameters: Readonly<Record<string, tf.Tensor>> = {}): DeviceState {
    const resident = {
      ...plain,
      held: this.#held,
      locked: this.#locked,
      data: this.#training,
      scoredRows: this.#scoredRows(),
      input: this.#input,
      probes: this.#allProbes(),
    };
    return new DeviceState(resident, parameters);
  }

  #putParameters(parameters: Arrays, slots: Arrays): void {
    this.#device.put("parameters", parameters);
    this.#device.put("slots", slots);
    this.#plain = { parameters, slots };
  }

  async #arrays(): Promise<{ parameters: Arrays; slots: Arrays }> {
    if (this.#plain) return this.#plain;
    const { parameters, slots } = this.#device;
    const prefix = "slot ";
    const all = await readAll(this.#runtime, () => ({
      ...parameters,
      ...Object.fromEntries(Object.entries(slots).map(([key, value]) => [prefix + key, value])),
    }));
    const isSlot = (name: string) => name.startsWith(prefix);
    this.#plain = {
      parameters: Object.fromEntries(Object.entries(all).filter(([name]) => !isSlot(name))),
      slots: Object.fromEntries(
        Object.entries(all)
          .filter(([name]) => isSlot(name))
          .map(([name, value]) => [name.slice(prefix.length), value]),
      ),
    };
    return this.#plain;
  }

  /** The whole state, as a plain value. */
  async moment(): Promise<Moment> {
    return { ...this.#description(), ...(await this.#arrays()) };
  }

  /** Takes up a state as a whole. */
  restore(moment: Moment): void {
    this.#config = moment.config;
    this.#seed = moment.seed;
    this.#step = moment.step;
    this.#held = moment.held;
    this.#locked = moment.locked;
    this.#written = new Set(moment.written);
    this.#ownInput = moment.input;
    this.#ownData = moment.data;
    this.#prepare();
    const [old, before] = [this.#device, this.#plain];
    this.#plain = { parameters: moment.parameters, slots: moment.slots };
    this.#device = this.#newDevice(this.#plain, old.givenUp(before?.parameters, moment.parameters));
    old.dispose();
  }

  /** Whether the tensors belong to a backend that has been started anew since. */
  isStale(): boolean {
    return this.#generation !== this.#runtime.generation;
  }

  /**
   * Rebuilds the tensors on the restarted backend, from the state itself where it is known in numbers,
   * else from `recorded`. Says whether it had to.
   */
  rebuild(recorded: Moment | null): "as it was" | "from the record" {
    this.#generation = this.#runtime.generation;
    const known = this.#plain;
    const good = known ?? recorded;
    if (!good) throw new Error("The graphics device was lost before anything was on record.");
    try {
      this.#forgetRecordings();
      this.#device.dispose();
    } catch {
      // What the lost device held is gone already.
    }
    if (recorded && !known) this.#step = recorded.step;
    this.#plain = { parameters: good.parameters, slots: good.slots };
    this.#device = this.#newDevice(this.#plain);
    return known ? "as it was" : "from the record";
  }

  /** The state for a new place when this backend is dead: the plain values, with those of `recorded` where only the device knew. */
  salvage(recorded: Moment | null): Moment | null {
    const good = this.#plain ?? recorded;
    if (!good) return null;
    const { parameters, slots } = good;
    const step = this.#plain ? this.#step : (recorded?.step ?? this.#step);
    return { ...this.#description(), step, parameters, slots };
  }

  #description() {
    return {
      config: this.#config,
      seed: this.#seed,
      step: this.#step,
      held: this.#held,
      locked: this.#locked,
      written: [...this.#written],
      input: this.#ownInput,
      data: this.#ownData,
    };
  }

  /** Frees every tensor. */
  dispose(): void {
    this.#forgetRecordings();
    this.#device.dispose();
  }

  #forgetRecordings(): void {
    this.#stepper.forget();
    this.#measuring.forget();
    this.#checking.forget();
    this.#asking.forget();
  }

  // Looking.

  /** What is watched, in numbers. Besides the lab's probes there is `batch`: what the next step is given, its noise included. */
  async observe(watches: readonly Watch[]): Promise<Observation> {
    const parsed = watches.map(parseWatch);
    const batch = parsed.some(({ probe }) => probe === batchProbe) ? this.#batchTensors() : {};
    try {
      const probes = { ...this.#device.probes, [batchProbe]: batch };
      const device = { ...this.#device, probes, passing: this.#passing() };
      return await observe(this.#runtime, this.#program, device, parsed);
    } finally {
      disposeAll(batch);
    }
  }

  #batchTensors(): Record<string, tf.Tensor> {
    if (!this.lab.trains) return {};
    const rows = this.batch();
    const drawn = this.#noise(rows.length);
    return upload({ ...takeRows(this.#data, rows), ...drawn, training: filled([], 1) });
  }

  #passing(): readonly string[] {
    return Object.keys(this.#extraProbes);
  }

  /** The model's output for the current input. */
  async output(): Promise<NDArray> {
    const { parameters, held, input } = this.#device;
    const read = await readAll(this.#runtime, () => ({
      output: output(this.#program, parameters, input, held),
    }));
    return read.output as NDArray;
  }

  /** What the model taps for inputs of the caller's own: see `LabMethods.ask`. */
  ask(
    inputs: Readonly<Record<string, Nested>>,
    names: readonly string[],
    carry: Readonly<Record<string, string>>,
  ): Promise<Arrays> {
    const { parameters, held } = this.#device;
    return this.#asking.ask(this.#runtime, this.#program, { parameters, held }, inputs, {
      names,
      carry,
    });
  }

  /** One run of the model whose result nobody reads. */
  rehearse(): void {
    const { parameters, input, held } = this.#device;
    tidy(() => void output(this.#program, parameters, input, held));
  }

  /**
   * The loss over the data, and with `all` after it what else the curve records: a vector that the caller
   * disposes; null in a lab without a loss.
   */
  measures(all: boolean): tf.Tensor1D | null {
    if (!this.#program.loss) return null;
    const records = all ? (this.lab.records ?? []).map(parseWatch) : [];
    const measuring = all ? this.#measuring : this.#checking;
    const device = { ...this.#device, passing: this.#passing() };
    const { parameters, held, data, scored, input, probes } = device;
    const inputs = { parameters, held, data, scored, input, ...probes };
    const { measures } = measuring.run([this.#program], inputs, () => ({
      measures: tidy(() => measured(this.#program, device, records)),
    }));
    return measures as tf.Tensor1D;
  }

  /** Whether the loss can be taken on the current input. */
  isScorable(): boolean {
    return scorable(this.#program, this.#device.input, this.#device.data);
  }

  /** The shapes of all taps on the current input, in the order of the run. */
  tapShapes(): Readonly<Record<string, readonly number[]>> {
    return tidy(() => {
      const { parameters, held, input } = this.#device;
      const seen = taps(this.#program, parameters, input, held, this.isScorable());
      return Object.fromEntries(Object.entries(seen).map(([name, { shape }]) => [name, shape]));
    });
  }

  // Training.

  /** The examples that the next step uses, by their rows in the data. */
  batch(): readonly number[] {
    const size = Number(this.#config.batchSize ?? 0);
    const rows = this.#trainingRows;
    const places = batchIndices(this.#seed, this.#step, exampleCount(this.#training), size);
    return rows ? places.map((place) => rows[place] as number) : places;
  }

  /** One training step. Kernels are queued; nothing is read. */
  advance(): void {
    const indices = this.batch();
    const { parameters, slots, held, locked, data } = this.#device;
    const isWhole = indices.length === exampleCount(this.#training);
    const drawn = upload({
      ...(!isWhole && takeRows(this.#data, indices)),
      ...this.#noise(indices.length),
    });
    const batch = isWhole ? { ...data, ...drawn } : drawn;
    const optimiser = optimisers[(this.#config.optimiser ?? "sgd") as OptimiserName];
    const settings = {
      learningRate: scheduledRate(this.#config, this.#step),
      step: this.#step + 1,
      clipNorm: Number(this.#config.clipNorm ?? 0),
    };
    const state = { parameters, slots, batch, held, locked };
    try {
      this.#device.adopt(this.#stepper.step(this.#program, optimiser, state, settings));
    } finally {
      disposeAll(drawn);
    }
    this.#plain = null;
    this.#step += 1;
  }

  /** What the program draws anew for each step: a function of the seed and the step alone. */
  #noise(examples: number): Arrays {
    if (!this.#program.noise) return {};
    const random = randomStream(this.#seed, `step ${this.#step}`);
    return Object.fromEntries(
      Object.entries(this.#program.noise).map(([name, { kind, shape }]) => {
        const array = filled(shape(examples));
        return [name, { ...array, data: array.data.map(() => random[kind]()) }];
      }),
    );
  }

  // Changes by hand.

  /** Sets a parameter, or holds a tap at a value. */
  write(name: string, value: Nested): void {
    const spec = this.#program.parameters[name];
    if (!spec) {
      const shape = this.tapShapes()[name];
      if (!shape) throw new RangeError(`There is no "${name}" in this lab.`);
      this.hold({ ...this.#held, [name]: checkedArray(name, value, shape) });
      return;
    }
    const array = checkedArray(name, value, spec.shape);
    this.#device.putParameter(name, array);
    if (this.#plain) {
      this.#plain = {
        ...this.#plain,
        parameters: { ...this.#plain.parameters, [name]: array },
      };
    }
    this.#written = new Set([...this.#written, name]);
  }

  /** Holds these taps, and no others. */
  hold(held: Arrays): void {
    this.#held = held;
    this.#device.put("held", held);
  }

  /** Keeps training from moving the entries of a parameter that `which` marks, and those only. */
  lock(name: string, which: Nested | boolean): void {
    const spec = this.#program.parameters[name];
    if (!spec) {
      throw new RangeError(
        `Only a parameter can be locked; ${name} is computed. To keep it at a value, write to it.`,
      );
    }
    const mask = checkedMask(name, which, spec.shape);
    const { [name]: _, ...others } = this.#locked;
    this.#putLocks(mask.data.some((value) => value === 1) ? { ...others, [name]: mask } : others);
  }

  #putLocks(masks: Arrays): void {
    this.#locked = masks;
    this.#device.putLocks(masks);
  }

  setInput(value: Nested | Readonly<Record<string, Nested>>): void {
    const arrays = checkedInput(value, this.#input, this.#data);
    const tensors = upload(arrays);
    const refusal = tryForward(this.#program, this.#device.parameters, tensors);
    disposeAll(tensors);
    if (refusal) throw new RangeError(`The model cannot take this input: ${refusal.message}`);
    this.#ownInput = arrays;
    this.#input = arrays;
    this.#device.put("input", arrays);
    this.#dropMisfits();
  }

  setData(arrays: Readonly<Record<string, Nested>>): void {
    const followed = this.#input === this.#training;
    this.#ownData = checkedData(arrays, this.#data);
    this.#data = this.#ownData;
    this.#part();
    this.#device.putData(this.#training, this.#scoredRows());
    if (this.lab.heldOut) this.#device.putProbes(this.#allProbes());
    if (!followed) return;
    this.#input = this.#training;
    this.#device.put("input", this.#input);
    this.#dropMisfits();
  }

  /** A held tap whose shape the new input has changed cannot be held any longer. */
  #dropMisfits(): void {
    const names = Object.keys(this.#held);
    if (names.length === 0) return;
    const shapes = this.tapShapes();
    const fitting = Object.entries(this.#held).filter(
      ([name, { shape }]) => shapes[name]?.join() === shape.join(),
    );
    if (fitting.length < names.length) this.hold(Object.fromEntries(fitting));
  }

  /** Changes settings; says whether training had to start over. */
  configure(change: Partial<Config>): boolean {
    const { fields } = this.lab;
    const config = changedConfig(fields, this.#config, change);
    const changed = Object.keys(config).filter((name) => config[name] !== this.#config[name]);
    if (changed.length === 0) return false;
    const shapes = shapesOf(this.#program);
    if (!sameArrays(dataOf(this.lab, this.#config), dataOf(this.lab, config))) {
      this.#ownData = null;
      this.#ownInput = null;
    }
    this.#config = config;
    this.#prepare();
    this.#device.putData(this.#training, this.#scoredRows());
    this.#device.put("input", this.#input);
    this.#device.putProbes(this.#allProbes());
    const restarts =
      changed.some((name) => fields[name]?.restarts) || shapesOf(this.#program) !== shapes;
    if (restarts) this.startOver();
    else if (changed.includes("optimiser")) this.#forgetSlots();
    this.#dropMisfits();
    return restarts;
  }

  /** Another optimiser starts with nothing remembered. */
  #forgetSlots(): void {
    this.#device.put("slots", {});
    if (this.#plain) this.#plain = { ...this.#plain, slots: {} };
  }

  /** Settings and parameters that come from elsewhere: nothing of what was stays. */
  adoptWhole(config: Config, parameters: Arrays): void {
    const nothing = { step: 0, slots: {}, held: {}, locked: {}, written: [] };
    this.restore({ config, seed: this.#seed, parameters, ...nothing, input: null, data: null });
  }

  /** Parameters that come from elsewhere: training starts over from them, nothing held or locked. */
  adopt(parameters: Arrays): void {
    this.startOver();
    this.#putParameters(parameters, {});
    this.#written = new Set(Object.keys(parameters));
  }

  /** Fresh parameters, from this seed on. */
  startOver(seed = this.#seed): void {
    this.#seed = seed;
    this.#putParameters(initialParameters(this.#program.parameters, this.#seed), {});
    this.#step = 0;
    this.#written = new Set();
    this.#putLocks({});
    this.hold({});
  }

  /** More inputs on which taps can be watched, beside the lab's own. */
  setProbes(probes: Readonly<Record<string, Arrays>>): void {
    this.#extraProbes = probes;
    this.#device.putProbes(this.#allProbes());
  }
}

function shapesOf(program: Program): string {
  return Object.entries(program.parameters)
    .map(([name, { shape }]) => `${name}[${shape.join()}]`)
    .join(" ");
}
