import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { divergingCss } from "../../../src/viz/colour.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { dimensions, guessesAt, units } from "../unrollLab.ts";

interface StepColumnProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The step, from 1; 0 is the state before the first word. */
  readonly t: number;
  readonly word: string | null;
  readonly place: number;
  readonly steps: number;
  readonly isFolded: boolean;
  readonly onGo: (place: number) => unknown;
}

/** The copy of the cell at one step: its word below, its state in the middle, what it expects above. */
export function StepColumn(props: StepColumnProps) {
  const { t, word, place, steps, isFolded, frame, lab, onGo } = props;
  const isStill = useStillness();
  const isKnown = t <= place;
  const name = t === 0 ? "h_0" : `steps.${t}.h`;
  return (
    <div
      className="unroll-step"
      data-known={isKnown || undefined}
      data-now={t === place || undefined}
      data-held={frame.held.includes(name) || undefined}
    >
      <div className="unroll-y">
        {word !== null && isKnown && <Guesses y={frame.values.y} t={t} />}
      </div>
      <div className="unroll-label">
        {word !== null && (
          <span data-sym="W_y">
            ↑&thinsp;W<sub>y</sub>
          </span>
        )}
      </div>
      <div className="unroll-state">
        {word !== null && (
          <span className="unroll-from" data-sym="W_h">
            {isFolded ? "↻" : "→"}
            <br />W<sub>h</sub>
          </span>
        )}
        <div className="unroll-strip" data-sym="steps.1.h">
          <span className="unroll-name">
            h<sub>{t}</sub>
          </span>
          <State
            values={stateAt(frame.values, t)}
            label={`state h ${t}`}
            onChange={(values, gesture) => lab.write(name, [values], gesture)}
          />
        </div>
      </div>
      <div className="unroll-label">
        {word !== null && (
          <span data-sym="W_x">
            ↑&thinsp;W<sub>x</sub>
          </span>
        )}
      </div>
      <Embedded e={frame.values.e} t={t} />
      <div className="unroll-word">
        {word === null ? (
          <span className="unroll-start">start</span>
        ) : (
          <button
            type="button"
            disabled={isStill}
            aria-current={t === place ? "step" : undefined}
            aria-label={`${word}, word ${t} of ${steps}: read up to here`}
            onClick={() => onGo(t)}
          >
            {word}
          </button>
        )}
      </div>
    </div>
  );
}

/** The state after step t, `[H]`. */
function stateAt(values: FigureProps["frame"]["values"], t: number): NDArray {
  const from = (t - 1) * units;
  const data = t === 0 ? values.h_0?.data : values["steps.*.h"]?.data.subarray(from, from + units);
  return { shape: [units], data: data ?? new Float32Array(units) };
}

interface StateProps {
  readonly values: NDArray;
  readonly label: string;
  readonly onChange: (values: number[], gesture: string) => unknown;
}

function State({ values, label, onChange }: StateProps) {
  return (
    <EditableMatrix
      values={values}
      initial={values.data}
      upright
      reach={1}
      min={-1}
      max={1}
      step={0.05}
      digits={2}
      width={6}
      label={label}
      entryLabel={(row) => `${label}, unit ${row + 1}`}
      onChange={onChange}
    />
  );
}

const shownGuesses = 3;

function Guesses({ y, t }: { readonly y: NDArray | undefined; readonly t: number }) {
  const guesses = guessesAt(y, t).slice(0, shownGuesses);
  return (
    <ol className="unroll-guesses" data-sym="y" aria-label={`Expected after step ${t}`}>
      {guesses.map(({ word, chance }) => (
        <li key={word}>
          <span className="unroll-bar" style={{ inlineSize: `${100 * chance}%` }} />
          <span>{word === "." ? "full stop" : word}</span>
          <span className="unroll-chance">{numberText(chance, 2)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The numbers of the word, as colours; the look-up below has them in digits. */
function Embedded({ e, t }: { readonly e: NDArray | undefined; readonly t: number }) {
  const numbers = Array.from({ length: dimensions }, (_, i) => entry(e, (t - 1) * dimensions + i));
  if (t === 0) return <div className="unroll-x" />;
  return (
    <div
      className="unroll-x"
      role="img"
      aria-label={`x ${t}: ${numbers.map((value) => numberText(value, 2)).join(", ")}`}
      data-sym="e"
    >
      {numbers.map((value, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a dimension is its place
          key={i}
          className="unroll-number"
          title={numberText(value)}
          style={{ backgroundColor: divergingCss(value, 1) }}
        />
      ))}
    </div>
  );
}
