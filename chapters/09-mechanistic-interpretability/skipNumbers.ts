import type { NDArray } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberOf, skipCounts, start, texts, vocabulary } from "./phrases.ts";
import { headsOf, type Twin } from "./skipSizes.ts";

const V = vocabulary.length;
const first = numberOf(start);

/** The tables of a model of one layer: what it is, word by word. */
export interface Tables {
  readonly heads: number;
  /** `[h, V, V]`: how much the word of the row looks at that of the column, before the softmax. */
  readonly QK: Float32Array;
  /** `[h, V, V]`: what a look at the word of the row adds to each logit. */
  readonly OV: Float32Array;
  /** `[V, V]`: what the word itself says of the next. */
  readonly direct: Float32Array;
  /** `[h]`: 0 where the head is taken out. */
  readonly gate: Float32Array;
}

/** The tables in a frame; null before it holds them. */
export function tablesOf({ values }: Pick<Frame, "values">, twin: Twin): Tables | null {
  const [QK, OV, direct, gate] = ["QK_words", "OV_words", "direct", "blocks.0.attn.gate"].map(
    (name) => values[`${twin}.${name}`]?.data,
  );
  return QK && OV && direct && gate ? { heads: headsOf[twin], QK, OV, direct, gate } : null;
}

/** What the tables say after a text, without the model: to the last word's own row comes what each head adds. */
export function readOff(tables: Tables, text: readonly number[]) {
  const query = text.at(-1) ?? first;
  const logits = tables.direct.slice(query * V, (query + 1) * V);
  const attention = Array.from({ length: tables.heads }, (_, head) => {
    const scores = text.map((word) => tables.QK[(head * V + query) * V + word] ?? 0);
    const shares = softmax(scores);
    for (const [at, word] of text.entries()) {
      const weight = (shares[at] ?? 0) * (tables.gate[head] ?? 1);
      const row = (head * V + word) * V;
      for (let c = 0; c < V; c++) logits[c] = (logits[c] ?? 0) + weight * (tables.OV[row + c] ?? 0);
    }
    return shares;
  });
  return { attention, p: softmax(logits) };
}

/** e^x over its sum. */
export function softmax(scores: ArrayLike<number>): Float32Array {
  const all = Float32Array.from(scores);
  const most = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const raised = all.map((score) => Math.exp(score - most));
  const sum = raised.reduce((total, one) => total + one, 0);
  return raised.map((one) => one / sum);
}

/** “A … B → C”, read off the tables in a text that holds A before its last word B. */
export interface SkipTrigram {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly text: readonly number[];
  /** What B's look at A adds to the logit of C, against the mean over all words: attention times OV, over the heads. */
  readonly part: number;
  /** The head that gives most of it, from 1; how much of its attention A has, and what a full look would add. */
  readonly head: number;
  readonly attention: number;
  readonly raise: number;
  /** The probability of C, read off the tables. */
  readonly p: number;
  /** How often C came right after B in the texts where A stood before B. */
  readonly share: number;
}

/** Two words, and the beginning of a text that has the second at its end and the first somewhere before. */
export interface MetPair {
  readonly a: number;
  readonly b: number;
  readonly text: readonly number[];
  /** How often B came after A. */
  readonly count: number;
}

/** A pair of words counts as met when it stood in the texts so often. */
const metFrom = 20;

let met: { readonly pairs: readonly MetPair[]; readonly counts: Float32Array } | undefined;

/** The pairs “A … B” of the texts, and what came after them. */
export function metPairs(): { readonly pairs: readonly MetPair[]; readonly counts: Float32Array } {
  if (!met) {
    const counts = skipCounts().data;
    const examples = new Map<number, readonly number[]>();
    for (const text of texts()) {
      for (let t = 1; t + 1 < text.length; t++) {
        const beginning = text.slice(0, t + 1);
        for (const a of new Set(text.slice(1, t))) {
          const pair = a * V + (text[t] as number);
          if (!examples.has(pair)) examples.set(pair, beginning);
        }
      }
    }
    const pairs = [...examples].flatMap(([pair, text]) => {
      const [a, b] = [Math.floor(pair / V), pair % V];
      const count = counts.subarray(pair * V, (pair + 1) * V).reduce((sum, one) => sum + one, 0);
      return a === b || count < metFrom ? [] : [{ a, b, text, count }];
    });
    met = { pairs, counts };
  }
  return met;
}

/** A number that is another for other tables. */
export function markOf({ QK, OV, gate }: Tables): number {
  return [QK, OV, gate].reduce((sum, all, i) => sum + (i + 1) * all.reduce((x, y) => x + y, 0), 0);
}

/** Below this a word is not said to come. */
const likelyFrom = 0.1;

/**
 * Every skip-trigram whose “A … B” stands in the texts and whose C is likely, be it that B's look at A raises C
 * or that C never comes there; the strongest first.
 */
export function skipTrigrams(tables: Tables): SkipTrigram[] {
  const { pairs, counts } = metPairs();
  const means = rowMeans(tables);
  const all: SkipTrigram[] = [];
  for (const { a, b, text, count } of pairs) {
    const { attention, p } = readOff(tables, text);
    for (let c = 0; c < V; c++) {
      if ((p[c] ?? 0) < likelyFrom) continue;
      const parts = attention.map((shares, head) => {
        const raise = (tables.OV[(head * V + a) * V + c] ?? 0) - (means[head * V + a] ?? 0);
        const looked = text.reduce(
          (sum, word, at) => sum + (word === a ? (shares[at] ?? 0) : 0),
          0,
        );
        const gate = tables.gate[head] ?? 1;
        return { head: head + 1, attention: looked, raise, part: gate * looked * raise };
      });
      const best = parts.reduce((one, other) => (other.part > one.part ? other : one));
      const part = parts.reduce((sum, one) => sum + one.part, 0);
      const share = (counts[(a * V + b) * V + c] ?? 0) / count;
      if (part >= 1 || share === 0) all.push({ a, b, c, text, ...best, part, p: p[c] ?? 0, share });
    }
  }
  return all.sort((x, y) => y.part - x.part);
}

/** The mean of each row of OV: adding the same to all logits changes nothing. */
function rowMeans({ OV, heads }: Tables): Float32Array {
  return Float32Array.from({ length: heads * V }, (_, row) => {
    let sum = 0;
    for (let c = 0; c < V; c++) sum += OV[row * V + c] ?? 0;
    return sum / V;
  });
}

/** Those that hold every word of the search, in any of the three places. */
export function found(all: readonly SkipTrigram[], search: string): SkipTrigram[] {
  const words = search
    .toLowerCase()
    .split(/[\s…→]+/)
    .filter(Boolean);
  return all.filter(({ a, b, c }) => {
    const own = [a, b, c].map((word) => vocabulary[word]?.toLowerCase() ?? "");
    return words.every((word) => own.some((one) => one.startsWith(word)));
  });
}

/** The copying score of a head from the eigenvalues of its OV table: Σλ / Σ|λ|, −1 to 1. Elhage et al. 2021. */
export function copyingScore(eigenvalues: readonly { re: number; im: number }[]): number {
  const sizes = eigenvalues.reduce((sum, { re, im }) => sum + Math.hypot(re, im), 0);
  return sizes === 0 ? 0 : eigenvalues.reduce((sum, { re }) => sum + re, 0) / sizes;
}

/**
 * Of a head's OV table `[V, V]` the rows and columns of some words alone, each row less its mean: what a look at
 * one of them does to the others, compared with each other.
 */
export function among(words: readonly number[], OV: ArrayLike<number>): number[] {
  return words.flatMap((i) => {
    const row = words.map((j) => OV[i * V + j] ?? 0);
    const mean = row.reduce((sum, one) => sum + one, 0) / row.length;
    return row.map((one) => one - mean);
  });
}

/** One matrix out of a stack `[h, n, n]`. */
export function layerOf(stack: NDArray | undefined, head: number): NDArray {
  const [, rows = 0, columns = 0] = stack?.shape ?? [];
  const size = rows * columns;
  return {
    shape: [rows, columns],
    data: stack?.data.slice(head * size, (head + 1) * size) ?? new Float32Array(),
  };
}
