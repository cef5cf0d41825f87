import type { NDArray } from "../../src/data/ndarray.ts";
import { pairCounts, vocabulary } from "./phrases.ts";

const V = vocabulary.length;

/** The texts' own statistics: how often each word follows each, as counts and as log-probabilities, −∞ where never. `[V, V]` */
export interface TrueBigrams {
  readonly counts: Float32Array;
  readonly logs: Float32Array;
  /** What a word costs, in nats, who knows these and sees the word before it alone. */
  readonly floor: number;
}

let known: TrueBigrams | undefined;

export function trueBigrams(): TrueBigrams {
  if (!known) {
    const counts = pairCounts().data;
    const logs = new Float32Array(V * V);
    let [cost, all] = [0, 0];
    for (let row = 0; row < V; row++) {
      const own = counts.subarray(row * V, (row + 1) * V);
      const sum = own.reduce((total, one) => total + one, 0);
      for (const [column, count] of own.entries()) {
        logs[row * V + column] = Math.log(count / sum);
        if (count > 0) cost -= count * Math.log(count / sum);
      }
      all += sum;
    }
    known = { counts, logs, floor: cost / all };
  }
  return known;
}

/** ln softmax of every row of `[V, V]`. */
export function logSoftmaxRows(table: ArrayLike<number>): Float32Array {
  const logs = new Float32Array(V * V);
  for (let row = 0; row < V; row++) {
    const at = row * V;
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < V; j++) most = Math.max(most, table[at + j] ?? 0);
    let sum = 0;
    for (let j = 0; j < V; j++) sum += Math.exp((table[at + j] ?? 0) - most);
    for (let j = 0; j < V; j++) logs[at + j] = (table[at + j] ?? 0) - most - Math.log(sum);
  }
  return logs;
}

export interface Compared {
  /** The model's log-probabilities, `[V, V]`. */
  readonly logs: Float32Array;
  /** Pearson's, between the two logarithms, over the pairs that occur. */
  readonly correlation: number;
  /** What the model pays for a word beyond `floor`, over all texts: at least 0. */
  readonly excess: number;
  readonly floor: number;
}

/** A model's table `[V, V]` of logits beside the texts' own. */
export function comparedPairs(table: NDArray | undefined): Compared {
  const { counts, logs: truth, floor } = trueBigrams();
  const logs = logSoftmaxRows(table?.data ?? []);
  const pairs: [number, number][] = [];
  let [cost, all] = [0, 0];
  for (const [at, count] of counts.entries()) {
    if (count === 0) continue;
    const [own, real] = [logs[at] as number, truth[at] as number];
    pairs.push([own, real]);
    cost += count * (real - own);
    all += count;
  }
  return { logs, correlation: correlationOf(pairs), excess: cost / all, floor };
}

function correlationOf(pairs: readonly (readonly [number, number])[]): number {
  const n = pairs.length;
  const mean = (i: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[i], 0) / n;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of: (a: number, b: number) => number) =>
    pairs.reduce((total, [a, b]) => total + of(a - x, b - y), 0);
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
}
