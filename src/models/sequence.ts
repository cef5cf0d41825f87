import type { Cell, State } from "./cell.ts";
import { stopGradient } from "./stopGradient.ts";
import { type Tap, untapped, within } from "./tap.ts";
import * as tf from "./tf.ts";

/** A sequence run through a cell: the state after each step, and the last one. */
export interface Unrolled {
  readonly states: readonly State[];
  readonly last: State;
}

export interface Unrolling {
  /** The state before the first step. Default: zeros. */
  readonly initial?: State;
  /** 1 where a sequence goes on, 0 where it has ended, `[B, T]`. From there on its state stays as it is. */
  readonly mask?: tf.Tensor;
  /** Truncation: how many steps a gradient flows back at most. 0, the default: all. */
  readonly truncate?: number;
}

/**
 * A cell, copied once a step: the state after step t is cell(x_t, state before), the weights always the same.
 *
 * `x` is `[B, T, I]`. Taps h_0 (and c_0), and those of the cell at each step: steps.1.h, …, steps.T.h.
 * The gradient through it is backpropagation through time (Rumelhart, Hinton & Williams 1986; Werbos
 * 1990). With `truncate` k it does not cross from step k + 1 to step k, from 2k + 1 to 2k, and so on.
 */
// #region unroll
export function unroll(
  cell: Cell,
  x: tf.Tensor,
  { initial, mask, truncate = 0 }: Unrolling = {},
  tap = untapped,
): Unrolled {
  const projected = parted(rowwise(cell.project, timeFirst(x))); // T times [B, …]
  const goesOn = mask && parted(timeFirst(mask.expandDims(-1))); // T times [B, 1]
  let state = firstState(cell, x.shape[0] as number, initial, tap);
  const states = projected.map((x_t, i) => {
    const before = truncate > 0 && i > 0 && i % truncate === 0 ? detached(state) : state;
    const step = within(`steps.${i + 1}`, tap);
    state = cell.step(x_t, before, goesOn ? carrying(before, goesOn[i] as tf.Tensor, step) : step);
    return state;
  });
  return { states, last: state };
}
// #endregion

/**
 * A cell that is fed by itself: `next` makes the input of step t + 1 of the hidden state after step t.
 *
 * `x_1` and what `next` makes are `[B, I]`. Taps as `unroll`.
 */
// #region freeRun
export function freeRun(
  cell: Cell,
  x_1: tf.Tensor,
  steps: number,
  next: (h: tf.Tensor, t: number, tap: Tap) => tf.Tensor,
  { initial }: Pick<Unrolling, "initial"> = {},
  tap = untapped,
): Unrolled {
  let x_t = x_1; // [B, I]
  let state = firstState(cell, x_1.shape[0] as number, initial, tap);
  const states: State[] = [];
  for (let t = 1; t <= steps; t++) {
    const step = within(`steps.${t}`, tap);
    state = cell.step(cell.project(x_t), state, step);
    states.push(state);
    x_t = next(state.h, t, step); // [B, I]
  }
  return { states, last: state };
}
// #endregion

/** The state before the first step, tapped as h_0 and c_0. */
function firstState(cell: Cell, B: number, initial: State | undefined, tap: Tap): State {
  const zeros = () => tf.zeros([B, cell.units]);
  const h = tap("h_0", initial?.h ?? zeros()); // [B, H]
  return cell.hasCellState ? { h, c: tap("c_0", initial?.c ?? zeros()) } : { h };
}

function detached({ h, c }: State): State {
  return c ? { h: stopGradient(h), c: stopGradient(c) } : { h: stopGradient(h) };
}

/** A tap by which a state stays `before` in the rows where `goesOn`, `[B, 1]`, is 0. */
function carrying(before: State, goesOn: tf.Tensor, tap: Tap): Tap {
  const ended = tf.sub(1, goesOn); // [B, 1]
  return (name, value) => {
    const old = name === "h" ? before.h : name === "c" ? before.c : undefined;
    if (!old) return tap(name, value);
    return tap(name, goesOn.mul(value).add(ended.mul(old)) as typeof value);
  };
}

/**
 * What `read` makes of the hidden state after every step, in one product: `[n, H]` to `[n, k]` in it, and
 * `[B, T, k]` in the end. With a name it taps each step's own, `[B, k]`: steps.1.NAME, ….
 */
export function readSteps(
  states: readonly State[],
  read: (h: tf.Tensor) => tf.Tensor,
  tap = untapped,
  name?: string,
): tf.Tensor {
  const read_t = rowwise(read, tf.stack(states.map(({ h }) => h))); // [T, B, k]
  if (name === undefined) return timeFirst(read_t);
  const tapped = parted(read_t).map((y_t, i) => tap(`steps.${i + 1}.${name}`, y_t));
  return stackSteps(tapped);
}

/** What belongs to the steps, one after the other: T times `[B, n]` gives `[B, T, n]`. */
export function stackSteps(steps: readonly tf.Tensor[]): tf.Tensor {
  return timeFirst(tf.stack([...steps]));
}

/** `[T, B, n]` as T times `[B, n]`. TensorFlow.js has no gradient of taking apart what is one piece. */
function parted(steps: tf.Tensor): tf.Tensor[] {
  return steps.shape[0] === 1 ? [steps.squeeze([0])] : steps.unstack();
}

/** `[B, T, n]` as `[T, B, n]`, and back: with time first, each step lies in one piece. */
function timeFirst(x: tf.Tensor): tf.Tensor {
  return x.transpose([1, 0, 2]);
}

/** `f`, from `[n, I]` to `[n, k]`, for every row of `X`: `[…, I]` gives `[…, k]`. */
export function rowwise(f: (rows: tf.Tensor) => tf.Tensor, X: tf.Tensor): tf.Tensor {
  const outer = X.shape.slice(0, -1);
  if (outer.length === 1) return f(X);
  const rows = f(X.reshape([-1, X.shape.at(-1) as number])); // [n, k]
  return rows.reshape([...outer, rows.shape[1] as number]);
}
