import * as tf from "../models/tf.ts";
import type { Runtime } from "./backends.ts";

/** What training is to do: on to a step, or on until stopped. */
export type Goal =
  | { readonly kind: "until"; readonly step: number; readonly done: () => void }
  | { readonly kind: "play"; readonly pace?: number };

/** What a trainer drives. */
export interface Trainable {
  readonly runtime: Runtime;
  step(): number;
  /** One training step: kernels are queued, nothing is read. */
  advance(): void;
  /** The loss over the data, and with `all` after it what else the curve records: a vector that the trainer disposes; null without a loss. */
  measures(all: boolean): tf.Tensor1D | null;
  /** Puts the state on record, if it is finite. */
  record(): Promise<void>;
  /** A point of the training curve. */
  plot(step: number, loss: number, others: readonly number[]): void;
  /** The loss is no longer finite: goes back to what was. */
  diverged(step: number, loss: number): Promise<void>;
}

/** Every step is plotted at first; from step 64 on every second one, from 128 every fourth, and so on. */
function plotStride(step: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(Math.max(step, 1) / 32)));
}
/** Steps between snapshots, as a multiple of the stride of the curve. */
const snapshotSpacing = 16;

interface Pending {
  readonly step: number;
  readonly measures: tf.Tensor1D;
  readonly plotted: boolean;
}

/**
 * Runs training in slices that leave the worker free for messages. What is plotted and put on record
 * depends on the step alone, never on the clock, so that the same seed gives the same curve.
 */
export class Trainer {
  readonly #trainable: Trainable;
  #goal: Goal | null = null;
  /** Steps that fit a slice, learned as it goes: a queue on a GPU hides what a step costs. */
  #fitting = 1;
  #began = 0;
  #taken = 0;
  #rate = { from: 0, step: 0, speed: 0 };

  constructor(trainable: Trainable) {
    this.#trainable = trainable;
  }

  pursue(goal: Goal): void {
    this.stop();
    if (goal.kind === "until" && goal.step <= this.#trainable.step()) {
      goal.done();
      return;
    }
    this.#goal = goal;
    this.#began = performance.now();
    this.#taken = 0;
    this.#rate = { from: this.#began, step: 0, speed: 0 };
  }

  stop(): void {
    const goal = this.#goal;
    this.#goal = null;
    if (goal?.kind === "until") goal.done();
  }

  playing(): boolean {
    return this.#goal !== null;
  }

  /** Whether the goal has an end: it is pursued even while nobody looks. */
  finite(): boolean {
    return this.#goal?.kind === "until";
  }

  /** Steps a second, over the last half second. */
  speed(): number {
    return this.#goal ? this.#rate.speed : 0;
  }

  /** Milliseconds until there is something to do. */
  waits(): number {
    if (!this.#goal) return Number.POSITIVE_INFINITY;
    const pace = this.#goal.kind === "play" ? this.#goal.pace : undefined;
    if (pace === undefined) return 0;
    return Math.max(0, this.#began + (this.#taken * 1000) / pace - performance.now());
  }

  #due(): number {
    const goal = this.#goal;
    if (!goal) return 0;
    if (goal.kind === "until") return goal.step - this.#trainable.step();
    if (goal.pace === undefined) return Number.POSITIVE_INFINITY;
    const elapsed = (performance.now() - this.#began) / 1000;
    // After a pause (a hidden tab) the lost time is not made up for.
    const owed = Math.floor(elapsed * goal.pace) + 1 - this.#taken;
    if (owed > goal.pace) this.#began = performance.now() - (this.#taken * 1000) / goal.pace;
    return Math.min(owed, Math.ceil(goal.pace));
  }

  /** Trains for about this many milliseconds. */
  async slice(milliseconds: number): Promise<void> {
    const goal = this.#goal;
    const began = performance.now();
    const steps = Math.min(this.#due(), this.#fitting);
    if (!goal || steps <= 0) return;
    const taken = await this.#run(steps, true, () => performance.now() - began < milliseconds);
    const spent = performance.now() - began;
    if (spent > milliseconds) this.#fitting = Math.max(1, Math.floor(this.#fitting / 2));
    else if (taken === this.#fitting && spent < milliseconds / 2) this.#fitting *= 2;
    if (this.#goal !== goal) return;
    this.#taken += taken;
    this.#measure();
    if (goal.kind === "until" && goal.step <= this.#trainable.step()) this.stop();
  }

  #measure(): void {
    const now = performance.now();
    const elapsed = now - this.#rate.from;
    if (elapsed < 250 && this.#rate.speed > 0) return;
    const speed = ((this.#taken - this.#rate.step) * 1000) / Math.max(elapsed, 1);
    this.#rate = { from: now, step: this.#taken, speed };
  }

  /** Takes steps outside any goal: the opening steps (`recorded`), or the way to a step of the time line. */
  async replay(steps: number, recorded: boolean): Promise<void> {
    let left = steps;
    while (left > 0) {
      const taken = await this.#run(Math.min(left, 256), recorded, () => true);
      if (taken === 0) return;
      left -= taken;
    }
  }

  async #run(steps: number, recorded: boolean, mayGoOn: () => boolean): Promise<number> {
    const { runtime } = this.#trainable;
    const pending: Pending[] = [];
    let taken = 0;
    try {
      do {
        this.#trainable.advance();
        taken += 1;
        const step = this.#trainable.step();
        const stride = plotStride(step);
        const plotted = recorded && step % stride === 0;
        if (plotted || taken === steps || !mayGoOn()) {
          const measures = this.#trainable.measures(plotted);
          if (measures) pending.push({ step, measures, plotted });
        }
        if (recorded && step % (snapshotSpacing * stride) === 0) await this.#trainable.record();
      } while (taken < steps && mayGoOn());
      await this.#settle(runtime, pending);
    } finally {
      for (const { measures } of pending) measures.dispose();
    }
    return taken;
  }

  async #settle(runtime: Runtime, pending: readonly Pending[]): Promise<void> {
    if (pending.length === 0) return;
    const joined = tf.concat(pending.map(({ measures }) => measures));
    try {
      const numbers = await runtime.numbers(joined);
      let at = 0;
      for (const { step, plotted, measures } of pending) {
        const [loss = Number.NaN, ...others] = numbers.subarray(at, at + measures.size);
        at += measures.size;
        if (!Number.isFinite(loss)) {
          this.stop();
          await this.#trainable.diverged(step, loss);
          return;
        }
        if (plotted) this.#trainable.plot(step, loss, others);
      }
    } finally {
      joined.dispose();
    }
  }
}
