import type { Arrays, NDArray, Nested } from "../data/ndarray.ts";
import type { Program } from "../models/program.ts";
import { batchIndices, takeRows } from "../training/batches.ts";
import { type Capsule, CapsuleError, decodeCapsule, encodeCapsule } from "../training/capsule.ts";
import { Curve } from "../training/curve.ts";
import { History } from "../training/history.ts";
import { initialParameters } from "../training/initialise.ts";
import {
  type Config,
  changedConfig,
  type Edit,
  type Frame,
  initialConfig,
  type Lab,
  type Notice,
  type OptimiserName,
  type Watch,
} from "../training/lab.ts";
import { optimisers } from "../training/optimisers.ts";
import { randomStream } from "../training/random.ts";
import { type Remembered, UndoStack } from "../training/undo.ts";
import { BackendLost, type Runtime } from "./backends.ts";
import { DeviceState } from "./deviceState.ts";
import { checkedArray, checkedData, checkedInput, sameArrays } from "./inputs.ts";
import { measuredSpeed } from "./measure.ts";
import type { LabMethods, NamedShape, Names, TrainingResult } from "./methods.ts";
import { type Observation, observe, readAll, scorable } from "./observe.ts";
import {
  disposeAll,
  lossOf,
  output,
  taps,
  tidy,
  trainingStep,
  tryForward,
  upload,
} from "./passes.ts";
import { type Goal, type Trainable, Trainer } from "./trainer.ts";
import { parseWatch } from "./watch.ts";

/** The whole state of a lab as one plain value; with the lab's id and version it is a capsule. */
export type Moment = Omit<Capsule, "lab" | "version">;

/** What moves with a lab to another backend. */
export interface Carried {
  readonly moment: Moment;
  readonly history: History["snapshots"];
  readonly curve: Curve["points"];
  readonly undo: Remembered<Moment>;
  /** Whether it was training until stopped. */
  readonly playing: boolean;
  /** Whether a number of steps that somebody asked for was under way. */
  readonly onErrand: boolean;
  readonly notice: Notice | null;
}

const firstSeed = 1;

/**
 * One running lab: its state as plain values, and the same state as tensors on the runtime's backend.
 * Methods run one at a time, in the order in which they were called; a method that fails leaves the
 * state as it was.
 */
export class LabSession implements LabMethods {
  readonly lab: Lab;
  readonly runtime: Runtime;
  readonly #programOf: (config: Config) => Program;

  #config: Config;
  #seed = firstSeed;
  #step = 0;
  #held: Arrays = {};
  #written: ReadonlySet<string> = new Set();
  #ownData: Arrays | null = null;
  #ownInput: Arrays | null = null;

  #program: Program;
  #data: Arrays = {};
  #input: Arrays = {};
  #device: DeviceState;
  #generation: number;
  /** Parameters and slots as plain arrays, while they equal those on the device. */
  #plain: { parameters: Arrays; slots: Arrays } | null;

  readonly #history = new History();
  readonly #curve = new Curve();
  readonly #undo = new UndoStack<Moment>({ bytesOf: bytesOfMoment });
  #notice: Notice | null = null;
  readonly #trainer: Trainer;

  #watches: readonly Watch[] = [];
  #probes: Readonly<Record<string, Arrays>> = {};
  #queue: Promise<unknown> = Promise.resolve();
  #dirty = true;
  #wake: () => void = () => {};
  #closed = false;
  #failures = 0;

  private constructor(lab: Lab, programOf: (config: Config) => Program, runtime: Runtime) {
    this.lab = lab;
    this.runtime = runtime;
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
    this.#trainer = new Trainer(this.#trainable());
  }

  /** Opens a lab as its author meant it, or as it was on another backend. */
  static async open(
    lab: Lab,
    programOf: (config: Config) => Program,
    runtime: Runtime,
    carried?: Carried,
  ): Promise<LabSession> {
    const session = new LabSession(lab, programOf, runtime);
    await session.#exclusive(() => (carried ? session.#carryOn(carried) : session.#begin()));
    return session;
  }

  async #begin(): Promise<void> {
    await this.#mark();
    const steps = this.lab.openingSteps ?? 0;
    if (steps > 0) await this.#trainer.replay(steps, true);
  }

  #carryOn(carried: Carried): void {
    this.#restore(carried.moment);
    for (const snapshot of carried.history) this.#history.record(snapshot);
    const { steps, losses } = carried.curve;
    for (const [i, step] of steps.entries()) this.#curve.add(step, losses[i] ?? Number.NaN);
    this.#undo.recall(carried.undo);
    this.#notice = carried.notice;
  }

  /**
   * Everything, as plain values, to be opened on another backend; with `stop`, training ends here. From
   * a dead backend: the last state on record.
   */
  async carry(stop = false): Promise<Carried> {
    const onErrand = this.#trainer.finite();
    const playing = this.#trainer.playing() && !onErrand;
    if (stop) this.#trainer.stop();
    const rest = () => ({
      playing,
      onErrand,
      history: this.#history.snapshots,
      curve: this.#curve.points,
      undo: this.#undo.remembered,
      notice: this.#notice,
    });
    try {
      return await this.#exclusive(async () => ({ moment: await this.#moment(), ...rest() }));
    } catch (error) {
      const good = this.#history.atOrBefore(this.#step);
      if (!good) throw error;
      this.#plain = { parameters: good.parameters, slots: good.slots };
      this.#step = good.step;
      return { moment: await this.#moment(), ...rest() };
    }
  }

  // What the page asks for.

  names(): Promise<Names> {
    return this.#exclusive(() => this.#names());
  }

  read(text: string): Promise<NDArray> {
    return this.#exclusive(async () => {
      const watch = parseWatch(text);
      this.#checkName(watch.name);
      if (watch.probe !== undefined) this.#checkProbe(watch.probe);
      if (watch.gradient) this.#checkScored();
      const { values } = await observe(this.runtime, this.#program, this.#device, [watch]);
      const value = values[text];
      if (!value) throw new RangeError(`"${text}" has no value on this input.`);
      return value;
    });
  }

  grad(name: string): Promise<NDArray> {
    return this.read(`grad ${name}`);
  }

  write(name: string, value: Nested, gesture?: string): Promise<void> {
    return this.#edit(() => this.#write(name, value), gesture);
  }

  release(name: string): Promise<void> {
    return this.#edit(() => {
      if (!(name in this.#held)) {
        const held = Object.keys(this.#held).join(", ") || "nothing";
        throw new RangeError(`${name} is not held. Held now: ${held}.`);
      }
      const { [name]: _released, ...rest } = this.#held;
      this.#hold(rest);
    });
  }

  async input(
    value: Nested | Readonly<Record<string, Nested>>,
    gesture?: string,
  ): Promise<NDArray> {
    await this.#edit(() => this.#setInput(value), gesture);
    return this.#exclusive(async () => {
      const { parameters, held, input } = this.#device;
      const read = await readAll(this.runtime, () => ({
        output: output(this.#program, parameters, input, held),
      }));
      return read.output as NDArray;
    });
  }

  data(arrays: Readonly<Record<string, Nested>>, gesture?: string): Promise<void> {
    return this.#edit(() => this.#setData(arrays), gesture);
  }

  configure(change: Partial<Config>): Promise<void> {
    return this.#edit(() => this.#configure(change));
  }

  edit(edit: Edit): Promise<void> {
    return this.#edit(() => {
      if (edit.config) this.#configure(edit.config);
      if (edit.data) this.#setData(edit.data);
      if (edit.input) this.#setInput(edit.input);
      for (const [name, value] of Object.entries(edit.write ?? {})) this.#write(name, value);
    });
  }

  train(steps: number): Promise<TrainingResult> {
    if (!Number.isInteger(steps) || steps < 0 || steps > 1e7) {
      const message = `train takes a whole number of steps from 0 to 10 million, got ${String(steps)}.`;
      return Promise.reject(new RangeError(message));
    }
    return new Promise((resolve, reject) => {
      const done = () => this.#result().then(resolve, reject);
      this.#pursue(() => ({ kind: "until", step: this.#step + steps, done })).catch(reject);
    });
  }

  play(pace?: number): Promise<void> {
    if (pace !== undefined && !(pace > 0)) {
      const message = `play takes a number of steps a second above 0, got ${String(pace)}.`;
      return Promise.reject(new RangeError(message));
    }
    return this.#pursue(() => ({ kind: "play", ...(pace !== undefined && { pace }) }));
  }

  async pause(): Promise<void> {
    this.#trainer.stop();
    await this.#exclusive(() => this.#tellNews());
  }

  reset(seed: number = this.#seed): Promise<void> {
    return this.#edit(() => {
      if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
        throw new RangeError(`A seed is a whole number from 0 to 4294967295, got ${String(seed)}.`);
      }
      this.#seed = seed;
      this.#startOver();
    });
  }

  undo(): Promise<void> {
    return this.#travel((now) => this.#undo.undo(now));
  }

  redo(): Promise<void> {
    return this.#travel((now) => this.#undo.redo(now));
  }

  seek(step: number): Promise<void> {
    this.#trainer.stop();
    return this.#exclusive(async () => {
      if (!Number.isInteger(step) || step < 0) {
        throw new RangeError(`seek takes a whole step from 0 on, got ${String(step)}.`);
      }
      const last = Math.max(this.#history.lastStep, this.#step);
      const goal = Math.min(Math.max(step, this.#history.firstStep), last);
      if (this.#history.lastStep < this.#step) await this.#record(false);
      const snapshot = this.#history.atOrBefore(goal);
      if (!snapshot) return;
      this.#putParameters(snapshot.parameters, snapshot.slots);
      this.#step = snapshot.step;
      await this.#trainer.replay(goal - snapshot.step, false);
      this.#tellNews();
    });
  }

  save(): Promise<Uint8Array> {
    return this.#exclusive(async () =>
      encodeCapsule({
        lab: this.lab.id,
        version: this.lab.version,
        ...(await this.#moment()),
      }),
    );
  }

  async load(bytes: Uint8Array): Promise<void> {
    const capsule = decodeCapsule(bytes);
    this.#checkCapsule(capsule);
    this.#trainer.stop();
    await this.#edit(async () => {
      await this.#restore(capsule);
      this.#history.clear();
      this.#curve.clear();
    });
  }

  watch(extra: readonly Watch[], probes: Readonly<Record<string, Arrays>> = {}): Promise<void> {
    return this.#exclusive(() => {
      for (const text of extra) parseWatch(text);
      this.#watches = [...extra];
      this.#probes = probes;
      this.#device.putProbes(this.#allProbes());
      this.#tellNews();
    });
  }

  async frame(): Promise<Frame> {
    if (!this.#dirty) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#exclusive(() => this.#frame());
  }

  // What the scheduler asks for.

  /** Milliseconds until this lab has training to do: 0 for now, Infinity for not until asked. */
  waits(): number {
    return this.#closed ? Number.POSITIVE_INFINITY : this.#trainer.waits();
  }

  /** Whether a number of steps that somebody asked for is still under way. */
  hasErrand(): boolean {
    return this.#trainer.finite();
  }

  /** Trains for about this long. Never rejects: what goes wrong becomes a notice, or `broken`. */
  slice(milliseconds: number): Promise<void> {
    return this.#exclusive(() => this.#trainer.slice(milliseconds)).then(
      () => this.#tellNews(),
      (error: unknown) => this.#failed(error),
    );
  }

  /** Steps (or, in a lab that does not train, runs) a second on this backend; the state stays as it was. */
  benchmark(milliseconds: number): Promise<number> {
    return this.#exclusive(async () => {
      const { parameters, slots } = await this.#arrays();
      const step = this.#step;
      const once = this.lab.trains ? () => this.#advance() : () => this.#rehearse();
      try {
        return await measuredSpeed(once, () => this.#settle(), milliseconds);
      } finally {
        this.#putParameters(parameters, slots);
        this.#step = step;
      }
    });
  }

  /** Rebuilds what a lost device took. */
  recover(): Promise<void> {
    return this.#exclusive(() => this.#tellNews());
  }

  /** Called when there is training to do. */
  onWork: () => void = () => {};

  /** Called when the backend keeps failing and the lab should move to another. */
  onBroken: (why: string) => void = () => {};

  /** Frees every tensor. */
  async close(): Promise<void> {
    this.#trainer.stop();
    await this.#exclusive(() => {
      this.#closed = true;
      this.#device.dispose();
    });
  }

  // State.

  #prepare(): void {
    this.#program = this.#programOf(this.#config);
    const random = randomStream(firstSeed, `data of ${this.lab.id}`);
    this.#data = this.#ownData ?? this.lab.data(this.#config, () => random.uniform());
    this.#input = this.#ownInput ?? this.lab.input?.(this.#config) ?? this.#data;
  }

  #allProbes(): Readonly<Record<string, Arrays>> {
    return { ...this.lab.probes?.(this.#config), ...this.#probes };
  }

  #newDevice(plain: { parameters: Arrays; slots: Arrays }): DeviceState {
    return new DeviceState({
      ...plain,
      held: this.#held,
      data: this.#data,
      input: this.#input,
      probes: this.#allProbes(),
    });
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
    const all = await readAll(this.runtime, () => ({
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

  async #moment(): Promise<Moment> {
    return {
      config: this.#config,
      seed: this.#seed,
      step: this.#step,
      ...(await this.#arrays()),
      held: this.#held,
      written: [...this.#written],
      input: this.#ownInput,
      data: this.#ownData,
    };
  }

  #restore(moment: Moment): void {
    this.#config = moment.config;
    this.#seed = moment.seed;
    this.#step = moment.step;
    this.#held = moment.held;
    this.#written = new Set(moment.written);
    this.#ownInput = moment.input;
    this.#ownData = moment.data;
    this.#prepare();
    const old = this.#device;
    this.#plain = { parameters: moment.parameters, slots: moment.slots };
    this.#device = this.#newDevice(this.#plain);
    old.dispose();
  }

  /** Puts the state on record after a change by hand, so that the time line can return to it. */
  async #mark(): Promise<void> {
    this.#history.truncateAfter(this.#step);
    this.#curve.truncateAfter(this.#step);
    await this.#record(true);
    this.#tellNews();
  }

  async #record(pinned: boolean): Promise<void> {
    const { parameters, slots } = await this.#arrays();
    const allFinite = Object.values(parameters).every(({ data }) => data.every(Number.isFinite));
    if (!allFinite) return;
    const loss = pinned ? (await this.#observed([])).loss : Number.NaN;
    this.#history.record({ step: this.#step, loss, parameters, slots, pinned });
    if (pinned) this.#curve.add(this.#step, loss);
  }

  #observed(watches: readonly Watch[]): Promise<Observation> {
    return observe(this.runtime, this.#program, this.#device, watches.map(parseWatch));
  }

  async #result(): Promise<TrainingResult> {
    const { loss, metrics } = await this.#exclusive(() => this.#observed([]));
    return { step: this.#step, loss, metrics };
  }

  async #frame(): Promise<Frame> {
    this.#dirty = false;
    const watches = [...new Set([...this.lab.watch(this.#config), ...this.#watches])];
    const { values, loss, metrics } = await this.#observed(watches);
    return {
      config: this.#config,
      seed: this.#seed,
      step: this.#step,
      loss,
      metrics,
      values,
      input: this.#input,
      data: this.#data,
      batch: this.lab.trains ? this.#batch() : [],
      curve: this.#curve.points,
      firstStep: Math.min(this.#history.firstStep, this.#step),
      lastStep: Math.max(this.#history.lastStep, this.#step),
      playing: this.#trainer.playing(),
      speed: this.#trainer.speed(),
      canUndo: this.#undo.canUndo,
      canRedo: this.#undo.canRedo,
      written: [...this.#written],
      held: Object.keys(this.#held),
      backend: this.runtime.name,
      notice: this.#notice,
    };
  }

  #tellNews(): void {
    this.#dirty = true;
    this.#wake();
  }

  // Training.

  #batch(): readonly number[] {
    const count = Object.values(this.#data)[0]?.shape[0] ?? 0;
    const size = Number(this.#config.batchSize ?? 0);
    return batchIndices(this.#seed, this.#step, count, size);
  }

  #advance(): void {
    const indices = this.#batch();
    const { parameters, slots, held, data } = this.#device;
    const count = Object.values(this.#data)[0]?.shape[0] ?? 0;
    const whole = indices.length === count;
    const batch = whole ? data : upload(takeRows(this.#data, indices));
    const name = this.#config.optimiser as OptimiserName;
    const settings = {
      learningRate: Number(this.#config.learningRate),
      step: this.#step + 1,
    };
    try {
      this.#device.adopt(
        trainingStep(this.#program, parameters, slots, batch, held, optimisers[name], settings),
      );
    } finally {
      if (!whole) disposeAll(batch);
    }
    this.#plain = null;
    this.#step += 1;
  }

  /** One run without training, for labs that do not train. */
  #rehearse(): void {
    const { parameters, input, held } = this.#device;
    tidy(() => void output(this.#program, parameters, input, held));
  }

  async #settle(): Promise<void> {
    await this.#observed([]);
  }

  #pursue(goal: () => Goal): Promise<void> {
    if (!this.lab.trains) {
      return Promise.reject(new Error(`"${this.lab.title}" has nothing to train.`));
    }
    return this.#exclusive(() => {
      this.#history.truncateAfter(this.#step);
      this.#curve.truncateAfter(this.#step);
      this.#trainer.pursue(goal());
      this.#tellNews();
      this.onWork();
    });
  }

  #trainable(): Trainable {
    return {
      runtime: this.runtime,
      step: () => this.#step,
      advance: () => this.#advance(),
      loss: () => {
        const { parameters, data, held } = this.#device;
        const program = this.#program;
        return program.loss ? tidy(() => lossOf(program, parameters, data, held)) : null;
      },
      record: () => this.#record(false),
      plot: (step, loss) => this.#curve.add(step, loss),
      diverged: (step, loss) => this.#diverged(step, loss),
    };
  }

  async #diverged(step: number, loss: number): Promise<void> {
    const back = this.#returnToRecord(step - 1);
    const what = Number.isNaN(loss) ? "not a number" : "infinite";
    this.#notice = {
      tone: "warning",
      text: `The loss became ${what} at step ${step}, so training stopped and went back to step ${back}. A smaller learning rate may help.`,
    };
    this.#tellNews();
  }

  /** Puts back the last state on record that is not after `step`; says which. */
  #returnToRecord(step: number): number {
    const snapshot = this.#history.atOrBefore(step);
    if (snapshot) {
      this.#putParameters(snapshot.parameters, snapshot.slots);
      this.#step = snapshot.step;
    }
    this.#history.truncateAfter(this.#step);
    this.#curve.truncateAfter(this.#step);
    return this.#step;
  }

  /** A slice failed: the first time the lab goes back and carries on, the second time it stops. */
  #failed(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (this.#closed) return;
    this.#failures += 1;
    try {
      const back = this.#returnToRecord(this.#step);
      const again = this.#failures < 2;
      this.#notice = {
        tone: again ? "warning" : "failure",
        text: again
          ? `A training step failed (${why}). The lab went back to step ${back} and carried on.`
          : `Training failed again (${why}). The lab went back to step ${back} and stopped.`,
      };
      if (again) return;
    } catch {
      // The backend cannot even take the numbers back: only another one can help.
    } finally {
      this.#tellNews();
    }
    this.#trainer.stop();
    this.onBroken(why);
  }

  // One method at a time, on a living backend.

  #exclusive<T>(work: () => Promise<T> | T): Promise<T> {
    const next = this.#queue.then(() => this.#survive(work));
    this.#queue = next.catch(() => {});
    return next;
  }

  async #survive<T>(work: () => Promise<T> | T): Promise<T> {
    if (this.#closed) throw new Error("This lab is closed.");
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#revive();
        return await work();
      } catch (error) {
        if (!(error instanceof BackendLost) || attempt === 2) throw error;
        await this.runtime.restart();
      }
    }
  }

  async #revive(): Promise<void> {
    if (this.runtime.isLost()) await this.runtime.restart();
    if (this.#generation === this.runtime.generation) return;
    this.#generation = this.runtime.generation;
    const reached = this.#step;
    const good = this.#plain ?? this.#history.atOrBefore(reached);
    if (!good) throw new Error("The graphics device was lost before anything was on record.");
    try {
      this.#device.dispose();
    } catch {
      // What the lost device held is gone already.
    }
    this.#device = this.#newDevice(good);
    if (!this.#plain) {
      this.#step = (good as { step: number }).step;
      this.#plain = good;
      await this.#trainer.replay(reached - this.#step, false);
    }
    this.#notice = {
      tone: "information",
      text: `${this.runtime.lossReason} The lab rebuilt itself and carried on at step ${this.#step}.`,
    };
    this.#tellNews();
  }

  async #edit(apply: () => void | Promise<void>, gesture?: string): Promise<void> {
    await this.#exclusive(async () => {
      const before = await this.#moment();
      try {
        await apply();
        await this.#mark();
      } catch (error) {
        if (!(error instanceof BackendLost)) this.#restore(before);
        throw error;
      }
      this.#undo.push(before, gesture);
      this.#notice = null;
    });
  }

  #travel(to: (now: Moment) => Moment | null): Promise<void> {
    this.#trainer.stop();
    return this.#exclusive(async () => {
      const moment = to(await this.#moment());
      if (!moment) return;
      this.#restore(moment);
      await this.#mark();
    });
  }

  // Changes by hand. Each checks first and changes after.

  #write(name: string, value: Nested): void {
    const spec = this.#program.parameters[name];
    if (!spec) {
      const shape = this.#tapShape(name);
      this.#hold({ ...this.#held, [name]: checkedArray(name, value, shape) });
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

  #hold(held: Arrays): void {
    this.#held = held;
    this.#device.put("held", held);
  }

  #setInput(value: Nested | Readonly<Record<string, Nested>>): void {
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

  #setData(arrays: Readonly<Record<string, Nested>>): void {
    const followed = this.#input === this.#data;
    this.#ownData = checkedData(arrays, this.#data);
    this.#data = this.#ownData;
    this.#device.put("data", this.#data);
    if (!followed) return;
    this.#input = this.#data;
    this.#device.put("input", this.#input);
    this.#dropMisfits();
  }

  /** A held tap whose shape the new input has changed cannot be held any longer. */
  #dropMisfits(): void {
    const names = Object.keys(this.#held);
    if (names.length === 0) return;
    const shapes = new Map(this.#tapShapes().map(({ name, shape }) => [name, shape.join()]));
    const fitting = Object.entries(this.#held).filter(
      ([name, { shape }]) => shapes.get(name) === shape.join(),
    );
    if (fitting.length < names.length) this.#hold(Object.fromEntries(fitting));
  }

  #configure(change: Partial<Config>): void {
    const { fields } = this.lab;
    const config = changedConfig(fields, this.#config, change);
    const changed = Object.keys(config).filter((name) => config[name] !== this.#config[name]);
    if (changed.length === 0) return;
    const shapes = shapesOf(this.#program);
    const generated = (of: Config) => {
      const random = randomStream(firstSeed, `data of ${this.lab.id}`);
      return this.lab.data(of, () => random.uniform());
    };
    if (!sameArrays(generated(this.#config), generated(config))) {
      this.#ownData = null;
      this.#ownInput = null;
    }
    this.#config = config;
    this.#prepare();
    this.#device.put("data", this.#data);
    this.#device.put("input", this.#input);
    this.#device.putProbes(this.#allProbes());
    const restarts = changed.some((name) => fields[name]?.restarts);
    if (restarts || shapesOf(this.#program) !== shapes) this.#startOver();
    else if (changed.includes("optimiser") && this.#plain) {
      this.#putParameters(this.#plain.parameters, {});
    }
    this.#dropMisfits();
  }

  #startOver(): void {
    this.#trainer.stop();
    this.#putParameters(initialParameters(this.#program.parameters, this.#seed), {});
    this.#step = 0;
    this.#written = new Set();
    this.#hold({});
    this.#history.clear();
    this.#curve.clear();
  }

  // Names.

  #tapShapes(): NamedShape[] {
    return tidy(() => {
      const { parameters, held, input, data } = this.#device;
      const scored = scorable(this.#program, input, data);
      const seen = taps(this.#program, parameters, input, held, scored);
      return Object.entries(seen).map(([name, { shape }]) => ({ name, shape }));
    });
  }

  #names(): Names {
    const { parameters } = this.#program;
    return {
      params: Object.entries(parameters).map(([name, { shape }]) => ({ name, shape })),
      taps: this.#tapShapes(),
    };
  }

  #tapShape(name: string): readonly number[] {
    this.#checkName(name);
    return this.#tapShapes().find((tap) => tap.name === name)?.shape ?? [];
  }

  #checkName(name: string): void {
    const { params, taps } = this.#names();
    if ([...params, ...taps].some((named) => named.name === name)) return;
    const list = (named: readonly NamedShape[]) =>
      named.map((one) => one.name).join(", ") || "none";
    throw new RangeError(
      `There is no "${name}" in this lab. Parameters: ${list(params)}. Taps: ${list(taps)}.`,
    );
  }

  #checkProbe(probe: string): void {
    const probes = Object.keys(this.#device.probes);
    if (probes.includes(probe)) return;
    throw new RangeError(
      `There is no probe "${probe}" in this lab. Probes: ${probes.join(", ") || "none"}.`,
    );
  }

  #checkScored(): void {
    if (scorable(this.#program, this.#device.input, this.#device.data)) return;
    throw new RangeError(
      `A gradient needs a loss, and the loss needs ${Object.keys(this.#data).join(" and ")} in the current input, which holds ${Object.keys(this.#input).join(", ")}.`,
    );
  }

  #checkCapsule(capsule: Capsule): void {
    const { lab } = this;
    if (capsule.lab !== lab.id || capsule.version !== lab.version) {
      throw new CapsuleError(
        `This state belongs to the lab "${capsule.lab}", version ${capsule.version}; this is "${lab.id}", version ${lab.version}.`,
      );
    }
    const config = changedConfig(lab.fields, initialConfig(lab.fields), capsule.config);
    const { parameters } = this.#programOf(config);
    for (const [name, { shape }] of Object.entries(parameters)) {
      const array = capsule.parameters[name];
      if (!array) throw new CapsuleError(`The parameter ${name} is missing from this state.`);
      checkedArray(name, array, shape);
    }
    for (const name of Object.keys(capsule.parameters)) {
      if (!(name in parameters)) {
        throw new CapsuleError(`This lab has no parameter "${name}", but the state holds one.`);
      }
    }
    for (const [key, array] of Object.entries(capsule.slots)) {
      const name = key.slice(key.indexOf("/") + 1);
      checkedArray(`The optimiser's ${key}`, array, parameters[name]?.shape ?? []);
    }
    const random = randomStream(firstSeed, `data of ${lab.id}`);
    const own = lab.data(config, () => random.uniform());
    const data = capsule.data ? checkedData(capsule.data, own) : own;
    if (capsule.input) checkedInput(capsule.input, {}, data);
  }
}

function bytesOfMoment({ parameters, slots }: Moment): number {
  const arrays = [...Object.values(parameters), ...Object.values(slots)];
  return arrays.reduce((sum, { data }) => sum + data.byteLength, 0);
}

function shapesOf(program: Program): string {
  return Object.entries(program.parameters)
    .map(([name, { shape }]) => `${name}[${shape.join()}]`)
    .join(" ");
}
