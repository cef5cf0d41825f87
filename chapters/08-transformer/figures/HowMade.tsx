import type { ReactNode } from "react";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { d_model, features } from "../words.ts";
import { at, type Cell } from "./cells.ts";

interface HowMadeProps {
  readonly frame: FigureProps["frame"];
  readonly words: readonly string[];
  readonly chosen: Cell;
}

const two = (value: number) => numberText(value, 2);
/** So many terms of a sum can be read. */
const mostTerms = 12;

/** A sum of products with its numbers: 3 · 0.5 + 1 · −2. Terms that are 0 are left out. */
function sumText(pairs: readonly (readonly [number, number])[]): string {
  const told = pairs.filter(([a, b]) => a * b !== 0);
  if (told.length === 0) return "0";
  const shown = told.slice(0, mostTerms).map(([a, b]) => {
    const factor = b < 0 ? `(${two(b)})` : two(b);
    return `${two(a)} · ${factor}`;
  });
  const rest = told.length - shown.length;
  return `${shown.join(" + ")}${rest > 0 ? ` + ${rest} more` : ""}`;
}

/** How the chosen number was made, with the numbers that went into it. */
export function HowMade(props: HowMadeProps) {
  const { frame, chosen } = props;
  const isHeld = frame.held.includes(chosen.name);
  return (
    <section className="attention-how" aria-live="polite">
      <h4>{title(props)}</h4>
      {sentences(props)}
      {isHeld && (
        <p>
          But your hand holds all of {chosen.name}: here stands{" "}
          {two(at(frame.values[chosen.name], chosen.row, chosen.column))}.
        </p>
      )}
    </section>
  );
}

function title({ words, chosen: { name, row, column } }: HowMadeProps): string {
  const [word, other] = [words[row], words[column]];
  const titles = {
    Q: `What “${word}” asks, number ${column + 1}`,
    K: `What “${word}” answers to, number ${column + 1}`,
    V: `What “${word}” contributes, number ${column + 1}`,
    S: `How well the question of “${word}” fits the answer of “${other}”`,
    A: `How much of its attention “${word}” gives to “${other}”`,
    Z: `What “${word}” gathers, number ${column + 1}`,
  };
  return titles[name];
}

function sentences(props: HowMadeProps): ReactNode {
  switch (props.chosen.name) {
    case "S":
      return score(props);
    case "A":
      return share(props);
    case "Z":
      return gathered(props);
    default:
      return projected(props);
  }
}

function projected({ frame, chosen: { name, row, column } }: HowMadeProps): ReactNode {
  const W = frame.values[`W_${name}`];
  const pairs = features.map((_, k) => [at(frame.input.x, row, k), at(W, k, column)] as const);
  const told = features.filter((_, k) => (pairs[k]?.[0] ?? 0) * (pairs[k]?.[1] ?? 0) !== 0);
  const sum = pairs.reduce((total, [a, b]) => total + a * b, 0);
  return (
    <p>
      The word’s vector times column {column + 1} of W<sub>{name}</sub>: {sumText(pairs)} ={" "}
      <strong>{two(sum)}</strong>. Of the {d_model} numbers{" "}
      {told.length > 0 ? `${told.join(", ")} count here.` : "none counts here."}
    </p>
  );
}

function score({ frame, chosen: { row, column } }: HowMadeProps): ReactNode {
  const { Q, K, M } = frame.values;
  const d_k = Q?.shape.at(-1) ?? 1;
  const pairs = Array.from({ length: d_k }, (_, k) => [at(Q, row, k), at(K, column, k)] as const);
  const product = pairs.reduce((sum, [a, b]) => sum + a * b, 0);
  const isScaled = frame.config.scaled === true;
  return (
    <>
      <p>
        Row {row + 1} of Q times row {column + 1} of K: {sumText(pairs)} = {two(product)}.{" "}
        {isScaled ? (
          <>
            Divided by √{d_k} = {two(Math.sqrt(d_k))}:{" "}
            <strong>{two(product / Math.sqrt(d_k))}</strong>.
          </>
        ) : (
          <>
            It is not divided: <strong>{two(product)}</strong>.
          </>
        )}
      </p>
      {at(M, row, column) === 0 && (
        <p>The mask hides this key from this word, so the score will not count.</p>
      )}
    </>
  );
}

function share({ frame, words, chosen: { row, column } }: HowMadeProps): ReactNode {
  const { S, M, J } = frame.values;
  if (at(M, row, column) === 0) {
    return (
      <p>The mask hides this key: its share is 0, and the others divide the whole among them.</p>
    );
  }
  const scores = words.map((_, j) => at(S, row, j));
  const open = scores.filter((_, j) => at(M, row, j) !== 0);
  const greatest = Math.max(...open);
  // Relative to the greatest, no exponential overflows.
  const power = (s: number) => Math.exp(s - greatest);
  const own = power(scores[column] ?? Number.NaN);
  const sum = open.reduce((total, s) => total + power(s), 0);
  const slope = at(J, 0, row);
  return (
    <>
      <p>
        e to the power of its score less the row’s greatest, e
        <sup>
          {numberText(scores[column], 2)} − {greatest < 0 ? `(${two(greatest)})` : two(greatest)}
        </sup>{" "}
        = {two(own)}, out of {two(sum)} for all that the word may look at:{" "}
        <strong>{two(own / sum)}</strong>.
      </p>
      <p>
        How far the row still follows its scores, Σ A (1 − A): {two(slope)}.{" "}
        {slope < 0.02
          ? "Almost nothing: the row has made up its mind, and no gradient comes through."
          : `At most ${two(1 - 1 / open.length)}, where all shares are equal.`}
      </p>
    </>
  );
}

function gathered({ frame, words, chosen: { row, column } }: HowMadeProps): ReactNode {
  const { A, V } = frame.values;
  const pairs = words.map((_, j) => [at(A, row, j), at(V, j, column)] as const);
  const sum = pairs.reduce((total, [a, b]) => total + a * b, 0);
  return (
    <p>
      Row {row + 1} of A times column {column + 1} of V, each word’s contribution by its share:{" "}
      {sumText(pairs)} = <strong>{two(sum)}</strong>.
    </p>
  );
}
