import "./virtual.css";
import { entry } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { letterOf, readLetters, repeatSizes } from "../repeats.ts";
import { chance, onlyWires, rightShare, wholeWires, wireState, wireText } from "../virtualLab.ts";
import { readers, type Wire, wireNamed, wires, writers } from "../wires.ts";
import { ByChance } from "./ByChance.tsx";
import { WireGraph } from "./WireGraph.tsx";

/** All that reads from the stream what something before it wrote: how much, and what becomes of the model without. */
export function Virtual({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const chosen = wireNamed(String(frame.config.wire));
  const choose = (name: string) => lab.configure({ wire: name });
  /** Leaves these wires whole and cuts the others. */
  const leave = (isIn: (wire: Wire) => boolean) =>
    wires.every(isIn) ? lab.release("wires") : lab.write("wires", onlyWires(isIn));
  const isWhole = (wire: Wire) => !wireState(frame, wire).isCut;
  const { isCut } = wireState(frame, chosen);
  return (
    <div className="virtual">
      <WireGraph frame={frame} chosen={chosen} onChoose={choose} />
      <div className="virtual-below">
        <section className="virtual-wire" aria-label="The wire that is chosen">
          <Select
            label="Wire"
            value={chosen.name}
            options={wires.map((wire) => ({
              value: wire.name,
              label: `${wireText(wire)}: ${numberText(wireState(frame, wire).score, 2)}`,
            }))}
            onChange={choose}
          />
          <ByChance
            score={wireState(frame, chosen).score}
            byChance={frame.values["by_chance@turned"]}
          />
          <p className="lab-buttons">
            <button
              type="button"
              className="lab-primary"
              disabled={isStill}
              onClick={() => leave((wire) => isWhole(wire) !== (wire === chosen))}
            >
              {isCut ? "Mend it" : "Cut it"}
            </button>
            <button
              type="button"
              disabled={isStill}
              onClick={() =>
                leave((wire) => isWhole(wire) && wireState(frame, wire).score >= chance)
              }
            >
              Cut all below chance
            </button>
            <button
              type="button"
              disabled={isStill || wholeWires(frame).length === wires.length}
              onClick={() => leave(() => true)}
            >
              Mend all
            </button>
          </p>
        </section>
        <Guesses frame={frame} lab={lab} />
        <Weights frame={frame} wire={chosen} />
      </div>
    </div>
  );
}

interface WeightsProps extends Pick<FigureProps, "frame"> {
  readonly wire: Wire;
}

/** The weights of the wire, in the numbers of its ends. */
function Weights({ frame, wire }: WeightsProps) {
  const W = frame.values.W_virtual;
  if (!W) return null;
  const from = ["letters", "places"][wire.from] ?? `values of head ${writers[wire.from]}`;
  const { kind, head } = readers[wire.to] ?? { kind: "U", head: "" };
  const to = kind === "U" ? "logits" : `numbers of ${kind} of head ${head}`;
  return (
    <section className="virtual-weights" data-sym="W_virtual">
      <Picture values={W} label={`From ${from} to ${to}`} scale="diverging" sym="W_virtual" />
      <p className="figure-note">
        {W.shape[0]} {from} (rows) to {W.shape[1]} {to}
      </p>
    </section>
  );
}

/** What the model still knows: of sequences kept apart, and of the reader's. */
function Guesses({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const text = String(frame.config.text);
  const { tokens, problem } = readLetters(text);
  const share = rightShare(frame);
  const cut = wires.length - wholeWires(frame).length;
  return (
    <section className="virtual-guesses" aria-label="What the model still knows">
      <p className="virtual-right">
        <span className="virtual-bar" aria-hidden="true">
          <span style={{ inlineSize: `${100 * share}%` }} />
        </span>
        <b>{Math.round(100 * share)} %</b> right{cut > 0 && `, ${cut} of ${wires.length} cut`}
      </p>
      <LiveTextField
        label="Letters A to P"
        value={text}
        longest={60}
        onChange={(next, gesture) => lab.configure({ text: next }, gesture)}
      />
      <ol
        className="virtual-letters"
        aria-label="Each letter, and below it what it says comes next"
      >
        {tokens.map((token, t) => {
          const guess = guessAt(frame, t);
          const next = tokens[t + 1];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
            <li key={t}>
              {letterOf(token)}
              <b data-right={next === undefined ? undefined : next === guess}>{letterOf(guess)}</b>
            </li>
          );
        })}
      </ol>
      <p className="figure-note" role="status">
        {problem || "Below each letter: what it says comes next. Underlined: right."}
      </p>
    </section>
  );
}

/** The likeliest letter after place t. */
function guessAt({ values }: Pick<FigureProps["frame"], "values">, t: number): number {
  const { V } = repeatSizes;
  const p = Array.from({ length: V }, (_, v) => entry(values.p, t * V + v));
  return p.indexOf(Math.max(...p));
}
