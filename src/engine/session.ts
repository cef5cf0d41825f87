import type { Arrays, NDArray, Nested } from "../data/ndarray.ts";
import type { Program } from "../models/program.ts";
import { CapsuleError, decodeCapsule, encodeCapsule, isCapsule } from "../training/capsule.ts";
import { Curve } from "../training/curve.ts";
import { History, type Snapshot } from "../training/history.ts";
import {
  type Config,
  type Edit,
  type Frame,
  initialConfig,
  type Lab,
  type Notice,
  type Watch,
} from "../training/lab.ts";
import { type Remembered, UndoStack } from "../training/undo.ts";
import { BackendLost, type Runtime } from "./backends.ts";
import { trainedMoment, untrained } from "./checkpoint.ts";
import { fittingMoment } from "./fittingCapsule.ts";
import { checkName, checkWatch, namesOf } from "./labNames.ts";
import { LabState, type Moment } from "./labState.ts";
import { measuredSpeed } from "./measure.ts";
import type { LabMethods, Names, SaveOptions, TrainingResult } from "./methods.ts";
import { type Goal, Trainer } from "./trainer.ts";
import { parseWatch } from "./watch.ts";
import {
  type Lightened,
  type ReadWeights,
  WeightsReading,
  withFile,
  withoutFile,
} from "./weightsReading.ts";

/** A state on record, so that the time line can return to it as a whole, settings included. */
type Recorded = Moment & Snapshot;

/** What moves with a lab to another backend. */
export interface Carried {
  readonly moment: Lightened<Moment>;
  readonly history: readonly Lightened<Recorded>[];
  readonly curve: Curve["points"] & Pick<Curve, "others">;
  readonly undo: Remembered<Lightened<Moment>>;
  /** What the page watches besides what the lab does, and on which inputs of its own. */
  readonly watches?: readonly Watch[];
  readonly probes?: Readonly<Record<string, Arrays>>;
  /** The file that weights came from: what it holds is not carried but read again. */
  readonly file?: Pick<ReadWeights, "file" | "settings"> | null;
  /** Whether it was training until stopped. */
  readonly playing: boolean;
  /** Whether a number of steps that somebody asked for was under way. */
  readonly onErrand: boolean;
  readonly notice: Notice | null;
}

/** What few readers need is fetched when somebody does. */
const stateDicts = () => import("../training/torchNames.ts");

/**
 * One running lab: its state as plain values, and the same state as tensors on the runtime's backend.
 * Methods run one at a time, in the order in which they were called; a method that fails leaves the
 * state as it was.
 */
export class LabSession implements LabMethods {
  readonly lab: Lab;
  readonly runtime: Runtime;
  readonly #programOf: (config: Config) => Program;
  readonly #state: LabState;

  readonly #history = new History<Recorded>();
  readonly #curve = new Curve();
  readonly #undo = new UndoStack<Moment>({
    bytesOf: (moment) => bytesOfMoment(withoutFile(moment, this.#file)),
  });
  #notice: Notice | null = null;
  readonly #trainer: Trainer;
  readonly #reading: WeightsReading;
  /** The file that weights were last taken from. */
  #file: ReadWeights | null = null;

  #watches: readonly Watch[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  #dirty = true;
  /** When the last frame was done, and how long it took, in milliseconds. */
  #lastFrame = { end: 0, cost: 0 };
  #wake: () => void = () => {};
  #closed = false;
  #failures = 0;

  private constructor(lab: Lab, programOf: (config: Config) => Program, runtime: Runtime) {
    this.lab = lab;
    this.runtime = runtime;
    this.#programOf = programOf;
    this.#state = new LabState(lab, programOf, runtime);
    this.#reading = new WeightsReading(lab, () => this.#tellNews());
    this.#trainer = new Trainer({
      runtime,
      step: () => this.#state.step,
      advance: () => this.#state.advance(),
      measures: (all) => this.#state.measures(all),
      record: () => this.#record(false),
      plot: (step, loss, others) => this.#curve.add(step, loss, others),
      diverged: (step, loss) => this.#diverged(step, loss),
    });
  }

  /**
   * Opens a lab as its author meant it, or as it was on another backend. `checkpoint` is the state trained
   * beforehand, for a lab that has one; null where it could not be had, which the reader is told.
   */
  static async open(
    lab: Lab,
    programOf: (config: Config) => Program,
    runtime: Runtime,
    carried?: Carried,
    checkpoint?: Uint8Array | null,
  ): Promise<LabSession> {
    const session = new LabSession(lab, programOf, runtime);
    await session.#exclusive(() =>
      carried ? session.#carryOn(carried) : session.#begin(checkpoint),
    );
    return session;
  }

  async #begin(checkpoint?: Uint8Array | null): Promise<void> {
    if (checkpoint !== undefined) {
      const moment = checkpoint && trainedMoment(this.lab, this.#programOf, checkpoint);
      if (moment && !(moment instanceof Error)) this.#state.restore(moment);
      else this.#notice = untrained;
    }
    // The page can say what it watches only once it has a frame to draw: that one holds all of the still's.
    this.#watches = this.lab.closely?.(this.#state.config) ?? [];
    await this.#mark();
    const steps = this.lab.openingSteps ?? 0;
    if (steps > 0) await this.#trainer.replay(steps, true);
  }

  async #carryOn(carried: Carried): Promise<void> {
    if (carried.file) await this.#readAgain(carried.file);
    this.#watches = carried.watches ?? [];
    this.#state.setProbes(carried.probes ?? {});
    const whole = <S extends Moment>(state: Lightened<S>): S => withFile(state, this.#file);
    this.#state.restore(whole(carried.moment));
    for (const snapshot of carried.history) this.#history.record(whole(snapshot));
    const { steps, losses, others } = carried.curve;
    for (const [i, step] of steps.entries()) {
      this.#curve.add(step, losses[i] ?? Number.NaN, others[i]);
    }
    const { past, future } = carried.undo;
    const ofEach = (entries: typeof past) =>
      entries.map(({ state, gesture }) => ({ state: whole(state), gesture }));
    this.#undo.recall({ past: ofEach(past), future: ofEach(future) });
    this.#notice = carried.notice;
  }

  async #readAgain({ file, settings }: Pick<ReadWeights, "file" | "settings">): Promise<void> {
    this.#file = await this.#reading.read(file, settings, this.#ground);
  }

  get #ground() {
    return { config: this.#state.config, programOf: this.#programOf };
  }

  /**
   * Everything, as plain values, to be opened on another backend; with `stop`, training ends here. From
   * a dead backend: the last state on record.
   */
  async carry(stop = false): Promise<Carried> {
    const onErrand = this.#trainer.finite();
    const playing = this.#trainer.playing() && !onErrand;
    if (stop) this.#trainer.stop();
    const light = <S extends Moment>(state: S) => withoutFile(state, this.#file);
    const ofEach = (entries: readonly { state: Moment; gesture: string | undefined }[]) =>
      entries.map(({ state, gesture }) => ({ state: light(state), gesture }));
    const rest = () => ({
      playing,
      onErrand,
      history: this.#history.snapshots.map(light),
      curve: { ...this.#curve.points, others: this.#curve.others },
      undo: {
        past: ofEach(this.#undo.remembered.past),
        future: ofEach(this.#undo.remembered.future),
      },
      notice: this.#notice,
      watches: this.#watches,
      probes: this.#state.extraProbes,
      file: this.#file && { file: this.#file.file, settings: this.#file.settings },
    });
    try {
      return await this.#exclusive(async () => ({
        moment: light(await this.#state.moment()),
        ...rest(),
      }));
    } catch (error) {
      const moment = this.#state.salvage(this.#history.atOrBefore(this.#state.step));
      if (!moment) throw error;
      return { moment: light(moment), ...rest() };
    }
  }

  // What the page asks for.

  names(): Promise<Names> {
    return this.#exclusive(() => namesOf(this.#state));
  }

  read(text: string): Promise<NDArray> {
    return this.#exclusive(async () => {
      const watch = parseWatch(text);
      checkWatch(this.#state, watch);
      const { values } = await this.#state.observe([text]);
      const value = values[text];
      if (!value) throw new RangeError(`"${text}" has no value on this input.`);
      return value;
    });
  }

  grad(name: string): Promise<NDArray> {
    return this.read(`grad ${name}`);
  }

  write(name: string, value: Nested, gesture?: string): Promise<void> {
    return this.#edit(() => {
      checkName(this.#state, name);
      this.#state.write(name, value);
    }, gesture);
  }

  release(name: string): Promise<void> {
    return this.#edit(() => {
      const { [name]: released, ...rest } = this.#state.held;
      if (!released) {
        const held = Object.keys(rest).join(", ") || "nothing";
        throw new RangeError(`${name} is not held. Held now: ${held}.`);
      }
      this.#state.hold(rest);
    });
  }

  lock(name: string, which: Nested | boolean = true): Promise<void> {
    return this.#edit(() => {
      checkName(this.#state, name);
      this.#state.lock(name, which);
    });
  }

  async input(
    value: Nested | Readonly<Record<string, Nested>>,
    gesture?: string,
  ): Promise<NDArray> {
    await this.#edit(() => this.#state.setInput(value), gesture);
    return this.#exclusive(() => this.#state.output());
  }

  ask(
    inputs: Readonly<Record<string, Nested>>,
    names: readonly string[],
    carry: Readonly<Record<string, string>> = {},
  ): Promise<Arrays> {
    return this.#exclusive(() => this.#state.ask(inputs, names, carry));
  }

  data(arrays: Readonly<Record<string, Nested>>, gesture?: string): Promise<void> {
    return this.#edit(() => this.#state.setData(arrays), gesture);
  }

  configure(change: Partial<Config>, gesture?: string): Promise<void> {
    return this.#edit(() => this.#configure(change), gesture);
  }

  edit(edit: Edit, gesture?: string): Promise<void> {
    return this.#edit(() => {
      if (edit.config) this.#configure(edit.config);
      if (edit.release) this.#state.hold(without(this.#state.held, edit.release));
      if (edit.data) this.#state.setData(edit.data);
      if (edit.input) this.#state.setInput(edit.input);
      for (const [name, value] of Object.entries(edit.write ?? {})) {
        checkName(this.#state, name);
        this.#state.write(name, value);
      }
      for (const [name, which] of Object.entries(edit.lock ?? {})) {
        checkName(this.#state, name);
        this.#state.lock(name, which);
      }
    }, gesture);
  }

  train(steps: number): Promise<TrainingResult> {
    if (!Number.isInteger(steps) || steps < 0 || steps > 1e7) {
      const message = `train takes a whole number of steps from 0 to 10 million, got ${String(steps)}.`;
      return Promise.reject(new RangeError(message));
    }
    return new Promise((resolve, reject) => {
      const done = () => this.#result().then(resolve, reject);
      this.#pursue(() => ({ kind: "until", step: this.#state.step + steps, done })).catch(reject);
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

  reset(seed: number = this.#state.seed): Promise<void> {
    return this.#edit(() => {
      if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
        throw new RangeError(`A seed is a whole number from 0 to 4294967295, got ${String(seed)}.`);
      }
      // Random weights in a model of a file's sizes would be no beginning.
      if (this.#hasOtherSizes()) this.#state.configure(initialConfig(this.lab.fields));
      this.#state.startOver(seed);
      this.#forgetRun();
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
      const last = Math.max(this.#history.lastStep, this.#state.step);
      const goal = Math.min(Math.max(step, this.#history.firstStep), last);
      if (this.#history.lastStep < this.#state.step) await this.#record(false);
      const recorded = this.#history.atOrBefore(goal);
      if (!recorded) return;
      this.#state.restore(recorded);
      await this.#trainer.replay(goal - recorded.step, false);
      this.#tellNews();
    });
  }

  save({ layout = "capsule" }: SaveOptions = {}): Promise<Uint8Array> {
    return this.#exclusive(async () => {
      const moment = await this.#state.moment();
      if (layout === "capsule") {
        return encodeCapsule({ lab: this.lab.id, version: this.lab.version, ...moment });
      }
      const names = layout === "torch" ? this.#state.torch : undefined;
      if (names) return (await stateDicts()).writeStateDict(names, moment.parameters);
      throw new RangeError(
        layout === "torch"
          ? "This lab does not say how PyTorch names its parameters; save() writes them under their own names."
          : `save takes the layout "capsule" or "torch", got ${JSON.stringify(layout)}.`,
      );
    });
  }

  async load(bytes: Uint8Array): Promise<void> {
    if (this.lab.weights && !isCapsule(bytes)) return this.weights(new Blob([bytes.slice()]));
    if (this.#state.torch && !isCapsule(bytes)) return this.#loadStateDict(bytes);
    const moment = fittingMoment(this.lab, this.#programOf, decodeCapsule(bytes));
    this.#trainer.stop();
    await this.#edit(() => {
      this.#state.restore(moment);
      this.#checkHeld();
      this.#forgetRun();
    });
  }

  #loadStateDict(bytes: Uint8Array): Promise<void> {
    this.#trainer.stop();
    return this.#edit(async () => {
      const { readStateDict } = await stateDicts();
      const { torch = [], parameterShapes } = this.#state;
      this.#state.adopt(readStateDict(torch, parameterShapes, bytes));
      this.#forgetRun();
    });
  }

  async weights(file: Blob | null, settings: Partial<Config> = {}): Promise<void> {
    if (!file) return this.#reading.stop();
    const read = await this.#reading.read(file, settings, this.#ground);
    if (!read) return;
    this.#trainer.stop();
    const before = this.#file;
    try {
      await this.#edit(() => {
        this.#file = read;
        this.#state.adoptWhole(read.config, read.parameters);
        this.#forgetRun();
      });
    } catch (error) {
      this.#file = before;
      throw error;
    }
    // Two large models are more than a page may hold: what was before the second is gone.
    if (before) this.#undo.clear();
    this.#tellNews();
  }

  /** Whether the lab has taken weights from a file, whose sizes became its own. */
  #hasOtherSizes(): boolean {
    const { fields, weights } = this.lab;
    if (!weights) return false;
    const { config } = this.#state;
    return Object.entries(fields).some(
      ([name, { restarts, initial }]) => restarts && config[name] !== initial,
    );
  }

  watch(extra: readonly Watch[], probes: Readonly<Record<string, Arrays>> = {}): Promise<void> {
    return this.#exclusive(() => {
      for (const text of extra) parseWatch(text);
      this.#watches = [...extra];
      this.#state.setProbes(probes);
      this.#tellNews();
    });
  }

  async frame(): Promise<Frame> {
    if (!this.#dirty || this.#isTooSoon()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#exclusive(async () => {
      const began = performance.now();
      const frame = await this.#frame();
      const end = performance.now();
      this.#lastFrame = { end, cost: end - began };
      return frame;
    });
  }

  /** While it trains, a picture waits until training has had as much time as the last picture took. */
  #isTooSoon(): boolean {
    const { end, cost } = this.#lastFrame;
    return this.#trainer.playing() && performance.now() - end < cost;
  }

  // What the scheduler asks for.

  /** Milliseconds until this lab has training to do: 0 for now, Infinity for not until asked. */
  waits(): number {
    return this.#closed ? Number.POSITIVE_INFINITY : this.#trainer.waits();
  }

  /** The training steps so far. */
  get step(): number {
    return this.#state.step;
  }

  /** Whether a number of steps that somebody asked for is still under way. */
  hasErrand(): boolean {
    return this.#trainer.finite();
  }

  /** Trains for about this long. Never rejects: what goes wrong becomes a notice, or `broken`. */
  slice(milliseconds: number): Promise<void> {
    return this.#exclusive(() => this.#trainer.slice(milliseconds)).then(
      () => {
        this.#dirty = true;
        if (!this.#isTooSoon()) this.#wake();
      },
      (error: unknown) => this.#failed(error),
    );
  }

  /** Steps (or, in a lab that does not train, runs) a second on this backend; the state stays as it was. */
  benchmark(milliseconds: number): Promise<number> {
    return this.#exclusive(async () => {
      const before = await this.#state.moment();
      const once = this.lab.trains ? () => this.#state.advance() : () => this.#state.rehearse();
      // Kernels are only queued: what is read must be made by them. A lab without a loss has its output.
      const settle = async () =>
        void (await (this.lab.trains ? this.#state.observe([]) : this.#state.output()));
      try {
        return await measuredSpeed(once, settle, milliseconds);
      } finally {
        this.#state.restore(before);
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
      this.#state.dispose();
    });
  }

  // The record of the run.

  /** Puts the state on record after a change by hand, so that the time line can return to it. */
  async #mark(): Promise<void> {
    this.#endRecordHere();
    await this.#record(true);
    this.#tellNews();
  }

  #endRecordHere(): void {
    this.#history.truncateAfter(this.#state.step);
    this.#curve.truncateAfter(this.#state.step);
  }

  async #record(pinned: boolean): Promise<void> {
    const moment = await this.#state.moment();
    // What has been looked through before need not be again: it may be a hundred million numbers.
    const known = [this.#history.atOrBefore(moment.step), this.#file];
    const isKnown = (name: string, array: NDArray) =>
      known.some((state) => state?.parameters[name] === array);
    const arrays = Object.entries(moment.parameters);
    if (!arrays.every(([name, array]) => isKnown(name, array) || isSound(array))) return;
    const records = this.lab.records ?? [];
    const seen = pinned ? await this.#state.observe(records) : null;
    this.#history.record({ ...moment, loss: seen?.loss ?? Number.NaN, pinned });
    if (!seen) return;
    const others = records.map((text) => seen.values[text]?.data[0] ?? Number.NaN);
    this.#curve.add(moment.step, seen.loss, others);
  }

  /** The steps so far are of a run that is no more. */
  #forgetRun(): void {
    this.#trainer.stop();
    this.#history.clear();
    this.#curve.clear();
  }

  #configure(change: Partial<Config>): void {
    if (this.#state.configure(change)) this.#forgetRun();
  }

  /** @throws CapsuleError when a tap that is held does not exist, or has another shape */
  #checkHeld(): void {
    const shapes = this.#state.tapShapes();
    for (const [name, { shape }] of Object.entries(this.#state.held)) {
      if (shapes[name]?.join() === shape.join()) continue;
      throw new CapsuleError(
        `This state holds "${name}" at shape [${shape.join(", ")}], which this lab's model does not have.`,
      );
    }
  }

  async #result(): Promise<TrainingResult> {
    const { loss, metrics } = await this.#exclusive(() => this.#state.observe([]));
    return { step: this.#state.step, loss, metrics };
  }

  async #frame(): Promise<Frame> {
    this.#dirty = false;
    const state = this.#state;
    const watches = [...new Set([...this.lab.watch(state.config), ...this.#watches])];
    const { values, loss, metrics } = await state.observe(watches);
    return {
      config: state.config,
      seed: state.seed,
      step: state.step,
      loss,
      metrics,
      values,
      input: state.input,
      data: state.data,
      heldOut: state.heldOut,
      batch: this.lab.trains ? state.batch() : [],
      curve: { ...this.#curve.points, ...this.#recorded() },
      firstStep: Math.min(this.#history.firstStep, state.step),
      lastStep: Math.max(this.#history.lastStep, state.step),
      playing: this.#trainer.playing(),
      speed: this.#trainer.speed(),
      canUndo: this.#undo.canUndo,
      canRedo: this.#undo.canRedo,
      written: state.written,
      held: Object.keys(state.held),
      locked: state.locked,
      hasTorchNames: state.torch !== undefined,
      reading: this.#reading.progress,
      backend: this.runtime.name,
      notice: this.#notice,
    };
  }

  /** What the curve records beside the loss, by name. */
  #recorded(): Pick<Frame["curve"], "others"> {
    const { records } = this.lab;
    if (!records) return {};
    const rows = this.#curve.others;
    const column = (i: number) => rows.map((row) => row[i] ?? Number.NaN);
    return { others: Object.fromEntries(records.map((text, i) => [text, column(i)])) };
  }

  #tellNews(): void {
    this.#dirty = true;
    this.#wake();
  }

  // Training.

  #pursue(goal: () => Goal): Promise<void> {
    if (!this.lab.trains) {
      return Promise.reject(new Error(`"${this.lab.title}" has nothing to train.`));
    }
    return this.#exclusive(() => {
      this.#endRecordHere();
      this.#trainer.pursue(goal());
      this.#tellNews();
      this.onWork();
    });
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
    const recorded = this.#history.atOrBefore(step);
    if (recorded) this.#state.restore(recorded);
    this.#endRecordHere();
    return this.#state.step;
  }

  /** A slice failed: the first time the lab goes back and carries on, the second time it stops. */
  #failed(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (this.#closed) return;
    this.#failures += 1;
    try {
      const back = this.#returnToRecord(this.#state.step);
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
    if (!this.#state.isStale()) return;
    const reached = this.#state.step;
    const how = this.#state.rebuild(this.#history.atOrBefore(reached));
    if (how === "from the record") await this.#trainer.replay(reached - this.#state.step, false);
    this.#notice = {
      tone: "information",
      text: `${this.runtime.lossReason} The lab rebuilt itself and carried on at step ${this.#state.step}.`,
    };
    this.#tellNews();
  }

  async #edit(apply: () => void | Promise<void>, gesture?: string): Promise<void> {
    await this.#exclusive(async () => {
      const before = await this.#state.moment();
      try {
        await apply();
        await this.#mark();
      } catch (error) {
        if (!(error instanceof BackendLost)) this.#state.restore(before);
        throw error;
      }
      this.#undo.push(before, gesture);
      this.#notice = null;
    });
  }

  #travel(to: (now: Moment) => Moment | null): Promise<void> {
    this.#trainer.stop();
    return this.#exclusive(async () => {
      const moment = to(await this.#state.moment());
      if (!moment) return;
      this.#state.restore(moment);
      await this.#mark();
    });
  }
}

/** The held taps but for these; a name that is not held is no matter. */
function without(held: Arrays, names: readonly string[] | true): Arrays {
  if (names === true) return {};
  return Object.fromEntries(Object.entries(held).filter(([name]) => !names.includes(name)));
}

function isSound({ data }: NDArray): boolean {
  return data.every(Number.isFinite);
}

function bytesOfMoment({ parameters, slots }: Moment): number {
  const arrays = [...Object.values(parameters), ...Object.values(slots)];
  return arrays.reduce((sum, { data }) => sum + data.byteLength, 0);
}
