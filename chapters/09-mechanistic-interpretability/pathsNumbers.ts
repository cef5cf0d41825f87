import { entry, type NDArray } from "../../src/data/ndarray.ts";
import type { Config, Frame } from "../../src/training/lab.ts";
import { readLetters, repeatSizes } from "./repeats.ts";

/** A way through the model: what it starts from, and the heads that it passes, first layer first. */
export interface Path {
  readonly start: string;
  /** Such as `1.2`: layer and head, both from 1. */
  readonly heads: readonly string[];
}

/** The heads of the two layers, as the page names them. */
export const headNames = [0, 1].map((l) =>
  Array.from({ length: repeatSizes.heads }, (_, h) => `${l + 1}.${h + 1}`),
);

/** What paths start from: the token and its place together, or each by itself. */
const startsOf = (config: Config): string[] =>
  config.apart === true ? ["letter", "place"] : ["letter + place"];

/** The paths into a layer (0 and 1) or, with 2, to the end, in the order of the program's. */
export function pathsInto(layer: number, config: Config): Path[] {
  let paths: Path[] = startsOf(config).map((start) => ({ start, heads: [] }));
  for (const names of headNames.slice(0, layer)) {
    const through = names.flatMap((name) =>
      paths.map(({ start, heads }) => ({ start, heads: [...heads, name] })),
    );
    paths = [...paths, ...through];
  }
  return paths;
}

/** A path in signs: `1.2 → 2.1`, or `direct`; with what it starts from where there are two: `letter → 2.1`. */
export function pathName({ start, heads }: Path, config: Config): string {
  if (config.apart === true) return [start, ...heads].join(" → ");
  return heads.join(" → ") || "direct";
}

/** What the lab looks at: the letters, the place that is asked (from 0) and the letter whose logit it is about. */
export interface Asked {
  readonly tokens: readonly number[];
  readonly place: number;
  readonly letter: number;
}

/** Place and letter as they are chosen: by default the last place, and the letter that the model gives most to. */
export function askedOf({ config, values }: Pick<Frame, "config" | "values">): Asked {
  const { tokens } = readLetters(String(config.letters));
  const chosen = Number(config.place);
  const place = Math.min(chosen === 0 ? tokens.length : chosen, tokens.length) - 1;
  const letter = Number(config.letter) - 1;
  return { tokens, place, letter: letter >= 0 ? letter : likeliest(values.p, place) };
}

function likeliest(p: NDArray | undefined, place: number): number {
  const { V } = repeatSizes;
  const row = Array.from({ length: V }, (_, v) => entry(p, place * V + v));
  return Math.max(0, row.indexOf(Math.max(...row)));
}

/** What a path does to the logits at a place: each less their mean, since what all have in common changes nothing. `[V]`. */
export function saidBy({ values }: Pick<Frame, "values">, path: number, place: number): number[] {
  const terms = values["paths.terms"]; // [P, 1, T, V]
  const [, , T = 0, V = 0] = terms?.shape ?? [];
  return lessMean(Array.from({ length: V }, (_, v) => entry(terms, (path * T + place) * V + v)));
}

/** The model's own logits at a place, less their mean. `[V]`. */
export function modelSays({ values }: Pick<Frame, "values">, place: number): number[] {
  const { V } = repeatSizes;
  return lessMean(Array.from({ length: V }, (_, v) => entry(values.logits, place * V + v)));
}

function lessMean(numbers: readonly number[]): number[] {
  const mean = numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
  return numbers.map((one) => one - mean);
}

/** One path in the list. */
export interface Ranked {
  readonly index: number;
  readonly path: Path;
  /** What it adds to the letter's logit, less what it adds to all on average. */
  readonly value: number;
  /** The loss on sequences kept apart, of what is kept but for this path. */
  readonly without: number;
  readonly isKept: boolean;
}

/** All paths, the largest first. */
export function ranked(frame: Pick<Frame, "config" | "values">): Ranked[] {
  const { place, letter } = askedOf(frame);
  return pathsInto(2, frame.config)
    .map((path, index) => ({
      index,
      path,
      value: saidBy(frame, index, place)[letter] ?? Number.NaN,
      without: entry(frame.values["paths.L_without@held"], index),
      isKept: entry(frame.values["paths.kept"], index) !== 0,
    }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** The path that is open: the one chosen, else the largest. */
export function openPath(frame: Pick<Frame, "config" | "values">): Ranked {
  const all = ranked(frame);
  const chosen = Number(frame.config.open) - 1;
  return (all.find(({ index }) => index === chosen) ?? all[0]) as Ranked;
}

/** How a path came to what it says at the asked place: of each place before, how much of it arrives, and what that adds to the letter. */
export interface Origin {
  readonly share: number;
  readonly value: number;
}

export function originsOf(frame: Pick<Frame, "config" | "values">, path: number): Origin[] {
  const { tokens, place, letter } = askedOf(frame);
  const { along } = pathValues(frame);
  const T = tokens.length;
  return tokens.slice(0, place + 1).map((token, s) => {
    const share = entry(along, (path * T + place) * T + s);
    const says = lessMean(
      tableRow(frame, path, token).map(
        (part, v) => part + (tableRow(frame, path, repeatSizes.V + s)[v] ?? 0),
      ),
    );
    return { share, value: share * (says[letter] ?? Number.NaN) };
  });
}

const pathValues = ({ values }: Pick<Frame, "values">) => ({
  along: values["paths.along"],
  table: values["paths.table"],
});

function tableRow(frame: Pick<Frame, "values">, path: number, row: number): number[] {
  const { table } = pathValues(frame); // [P, V + T, V]
  const [, rows = 0, V = 0] = table?.shape ?? [];
  return Array.from({ length: V }, (_, v) => entry(table, (path * rows + row) * V + v));
}

/**
 * What a path makes of each letter, or, where it starts at places, of each place: a row for each of those, a
 * column a letter that it speaks for; each row less its mean. `[V, V]` or `[T, V]`.
 */
export function startTable(frame: Pick<Frame, "values">, { path, index }: Ranked): NDArray {
  const { V } = repeatSizes;
  const all = pathValues(frame).table?.shape[1] ?? 0;
  const [from, to] = path.start === "place" ? [V, all] : [0, V];
  const rows = Array.from({ length: to - from }, (_, i) =>
    lessMean(tableRow(frame, index, from + i)),
  );
  return { shape: [to - from, V], data: Float32Array.from(rows.flat()) };
}

/** The score of one place for another, from its parts. */
export interface ScoreParts {
  /** The place that is looked at, from 0. */
  readonly key: number;
  /** By the query's path and the key's: what the pair adds to the score, less what it adds to that of the places before on average. `[P, P]`. */
  readonly parts: readonly (readonly number[])[];
  /** Which pairs are kept. `[P, P]`. */
  readonly kept: readonly (readonly boolean[])[];
  /** How the head shares its attention now, place by place. */
  readonly shares: readonly number[];
}

/** The tap of a head of the second layer, from 0, within the expansion. */
export const scoreTap = (head: number, name: string): string => `paths.1.${head}.${name}`;

/** Why a head of the second layer, from 0, looks where it looks from the asked place. */
export function scoreParts(frame: Pick<Frame, "config" | "values">, head: number): ScoreParts {
  const { tokens, place } = askedOf(frame);
  const T = tokens.length;
  const all = frame.values[scoreTap(head, "S_parts")]; // [1, P, T, P, T]
  const gates = frame.values[scoreTap(head, "kept")]; // [P, P]
  const A = frame.values[scoreTap(head, "A")]; // [1, T, T]
  const P = gates?.shape[0] ?? 0;
  const shares = Array.from({ length: place + 1 }, (_, s) => entry(A, place * T + s));
  const chosen = Number(frame.config.from) - 1;
  const most = shares.reduce((best, share, s) => (share > (shares[best] ?? 0) ? s : best), 0);
  const key = chosen >= 0 && chosen <= place ? chosen : most;
  const grid = <X>(make: (q: number, k: number) => X) =>
    Array.from({ length: P }, (_, q) => Array.from({ length: P }, (_, k) => make(q, k)));
  const part = (q: number, k: number, s: number) => entry(all, ((q * T + place) * P + k) * T + s);
  return {
    key,
    shares,
    kept: grid((q, k) => entry(gates, q * P + k) !== 0),
    parts: grid((q, k) => {
      const row = shares.map((_, s) => part(q, k, s));
      return (row[key] ?? 0) - row.reduce((sum, one) => sum + one, 0) / row.length;
    }),
  };
}
