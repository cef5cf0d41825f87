import type { ReactNode } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { features, filling } from "../words.ts";
import { type ArrayName, at, type Cell, shortText as two } from "./cells.ts";
import { codeLines } from "./codeLines.ts";

interface HowMadeProps {
  readonly frame: FigureProps["frame"];
  readonly words: readonly string[];
  readonly chosen: Cell;
}

const inBrackets = (value: number) => (value < 0 ? `(${two(value)})` : two(value));
/** So many terms of a sum can be read. */
const mostTerms = 12;

/** A sum of products with its numbers: 3 · 0.5 + 1 · (−2). Terms that are 0 are left out. */
function sumText(pairs: readonly (readonly [number, number])[]): string {
  const told = pairs.filter(([a, b]) => a * b !== 0);
  if (told.length === 0) return "0";
  const shown = told.slice(0, mostTerms).map(([a, b]) => `${two(a)} · ${inBrackets(b)}`);
  const rest = told.length - shown.length;
  return `${shown.join(" + ")}${rest > 0 ? ` + … ${rest} more` : ""}`;
}

const total = (pairs: readonly (readonly [number, number])[]) =>
  pairs.reduce((sum, [a, b]) => sum + a * b, 0);

/** How the chosen number was made: in words, as an equation with its numbers, and in the model's code. */
export function HowMade(props: HowMadeProps) {
  const { frame, chosen } = props;
  const isHeld = frame.held.includes(chosen.name);
  return (
    <section className="attention-how" aria-live="polite">
      <h3>{title(props)}</h3>
      {makers[chosen.name](props)}
      {isHeld && (
        <p className="attention-held">
          But your hand holds all of {chosen.name}: here stands{" "}
          <strong>{two(at(frame.values[chosen.name], chosen.row, chosen.column))}</strong>.
        </p>
      )}
      <pre className="attention-code">
        {codeLines[chosen.name].map((line) => (
          <code key={line}>{line}</code>
        ))}
      </pre>
    </section>
  );
}

function title({ words, chosen: { name, row, column } }: HowMadeProps): string {
  const [word, other] = [words[row], words[column]];
  const titles: Readonly<Record<ArrayName, string>> = {
    Q: `What “${word}” asks, number ${column + 1}`,
    K: `What “${word}” answers to, number ${column + 1}`,
    V: `What “${word}” contributes, number ${column + 1}`,
    QK: `The question of “${word}” times the answer of “${other}”`,
    S: `How well the question of “${word}” fits the answer of “${other}”`,
    M: `Whether “${word}” may look at “${other}”`,
    A: `How much of its attention “${word}” gives to “${other}”`,
    Z: `What “${word}” gathers, number ${column + 1}`,
  };
  return titles[name];
}

/** A named number: its letter, and which word and number it is of. */
function Of({ sym, of, children }: { sym: string; of: string; children: ReactNode }) {
  return (
    <span data-sym={sym}>
      <i>{children}</i>
      <sub>{of}</sub>
    </span>
  );
}

const QKt = (
  <>
    QK<sup>⊤</sup>
  </>
);

const makers: Readonly<Record<ArrayName, (props: HowMadeProps) => ReactNode>> = {
  Q: projected,
  K: projected,
  V: projected,
  QK: product,
  S: score,
  M: permission,
  A: share,
  Z: gathered,
};

function projected({ frame, words, chosen: { name, row, column } }: HowMadeProps): ReactNode {
  const W = frame.values[`W_${name}`];
  const pairs = features.map((_, k) => [at(frame.input.x, row, k), at(W, k, column)] as const);
  const counting = features.filter((_, k) => (pairs[k]?.[0] ?? 0) * (pairs[k]?.[1] ?? 0) !== 0);
  return (
    <>
      <p className="attention-equation">
        <Of sym={name} of={`${words[row]}, ${column + 1}`}>
          {name}
        </Of>{" "}
        = Σ<sub>k</sub> x<sub>{words[row]}, k</sub>{" "}
        <span data-sym={`W_${name}`}>
          <i>W</i>
          <sub>
            {name}, k {column + 1}
          </sub>
        </span>
      </p>
      <p>
        = {sumText(pairs)} = <strong>{two(total(pairs))}</strong>
      </p>
      <p>
        The word’s vector times column {column + 1} of the weights. Of its {features.length} numbers{" "}
        {counting.length > 0 ? `${counting.join(", ")} count here.` : "none counts here."}
      </p>
    </>
  );
}

function product({ frame, words, chosen: { row, column } }: HowMadeProps): ReactNode {
  const { Q, K } = frame.values;
  const d_k = Q?.shape.at(-1) ?? 1;
  const pairs = Array.from({ length: d_k }, (_, k) => [at(Q, row, k), at(K, column, k)] as const);
  return (
    <>
      <p className="attention-equation">
        <Of sym="QK" of={`${words[row]}, ${words[column]}`}>
          {QKt}
        </Of>{" "}
        = Σ<sub>k</sub>{" "}
        <Of sym="Q" of={`${words[row]}, k`}>
          Q
        </Of>{" "}
        <Of sym="K" of={`${words[column]}, k`}>
          K
        </Of>
      </p>
      <p>
        = {sumText(pairs)} = <strong>{two(total(pairs))}</strong>
      </p>
      <p>
        Row “{words[row]}” of Q times row “{words[column]}” of K: {d_k} products, added up.
      </p>
    </>
  );
}

function score({ frame, words, chosen: { row, column } }: HowMadeProps): ReactNode {
  const { Q, QK } = frame.values;
  const d_k = Q?.shape.at(-1) ?? 1;
  const pair = `${words[row]}, ${words[column]}`;
  const value = at(QK, row, column);
  const isScaled = frame.config.scaled === true;
  return (
    <>
      <p className="attention-equation">
        <Of sym="S" of={pair}>
          S
        </Of>{" "}
        ={" "}
        <Of sym="QK" of={pair}>
          {QKt}
        </Of>
        {isScaled && <> / √dₖ</>}
      </p>
      <p>
        = {two(value)}
        {isScaled && (
          <>
            {" "}
            / √{d_k} = {two(value)} / {two(Math.sqrt(d_k))} ={" "}
            <strong>{two(value / Math.sqrt(d_k))}</strong>
          </>
        )}
        {!isScaled && ": it is not divided."}
      </p>
    </>
  );
}

function permission({ frame, words, chosen: { row, column } }: HowMadeProps): ReactNode {
  const { mask } = frame.config;
  const isAhead = column > row;
  const isFilling = words[column] === filling;
  const reasons = [
    (mask === "causal" || mask === "both") &&
      (isAhead ? `“${words[column]}” stands ahead of it` : "it does not stand ahead"),
    (mask === "padding" || mask === "both") &&
      (isFilling ? "there is no word, only filling" : "it is a word"),
  ].filter((reason) => reason !== false);
  return (
    <>
      <p className="attention-equation">
        <Of sym="M" of={`${words[row]}, ${words[column]}`}>
          M
        </Of>{" "}
        = <strong>{two(at(frame.values.M, row, column))}</strong>
      </p>
      <p>
        {reasons.length > 0
          ? `1: it may; 0: it may not. Here: ${reasons.join(", and ")}.`
          : "There is no mask: every word may look at everything."}{" "}
        Type 0 or 1 there to change it.
      </p>
    </>
  );
}

function share({ frame, words, chosen: { row, column } }: HowMadeProps): ReactNode {
  const { S, M } = frame.values;
  const pair = `${words[row]}, ${words[column]}`;
  const scores = words.map((_, j) => at(S, row, j));
  const isOpen = words.map((_, j) => at(M, row, j) !== 0);
  // Where everything is hidden, nothing is: see maskedSoftmax.
  const counts = isOpen.includes(true) ? isOpen : words.map(() => true);
  const greatest = Math.max(...scores.filter((_, j) => counts[j]));
  // Relative to the greatest, no exponential overflows.
  const powers = scores.map((s, j) => (counts[j] ? Math.exp(s - greatest) : 0));
  const sum = powers.reduce((all, power) => all + power, 0);
  const own = powers[column] ?? Number.NaN;
  return (
    <>
      <p className="attention-equation">
        <Of sym="A" of={pair}>
          A
        </Of>{" "}
        ={" "}
        <Of sym="M" of={pair}>
          M
        </Of>{" "}
        e
        <sup>
          S<sub>{pair}</sub>
        </sup>{" "}
        / Σ<sub>j</sub> M<sub>{words[row]}, j</sub> e
        <sup>
          S<sub>{words[row]}, j</sub>
        </sup>
      </p>
      {counts[column] ? (
        <p>
          = e<sup>{two(scores[column] ?? Number.NaN)}</sup> / (
          {powers
            .flatMap((_, j) => (counts[j] ? [j] : []))
            .map((j, i) => (
              <span key={j}>
                {i > 0 && " + "}e<sup>{two(scores[j] ?? Number.NaN)}</sup>
              </span>
            ))}
          ) = <strong>{two(own / sum)}</strong>
        </p>
      ) : (
        <p>
          = <strong>0</strong>: the mask hides this key, and the others divide the whole among them.
        </p>
      )}
    </>
  );
}

function gathered({ frame, words, chosen: { row, column } }: HowMadeProps): ReactNode {
  const { A, V } = frame.values;
  const pairs = words.map((_, j) => [at(A, row, j), at(V, j, column)] as const);
  return (
    <>
      <p className="attention-equation">
        <Of sym="Z" of={`${words[row]}, ${column + 1}`}>
          Z
        </Of>{" "}
        = Σ<sub>j</sub>{" "}
        <Of sym="A" of={`${words[row]}, j`}>
          A
        </Of>{" "}
        <Of sym="V" of={`j, ${column + 1}`}>
          V
        </Of>
      </p>
      <p>
        = {sumText(pairs)} = <strong>{two(total(pairs))}</strong>
      </p>
      <p>Each word’s contribution, by its share of the attention.</p>
    </>
  );
}
