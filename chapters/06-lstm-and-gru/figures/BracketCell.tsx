import { divergingCss, sequentialCss } from "../../../src/viz/colour.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { percent } from "../bracketsLab.ts";
import { cellName } from "../bracketsText.ts";

interface UnitProps {
  readonly unit: number;
  readonly isChosen: boolean;
  readonly onChoose: (unit: number) => void;
  /** Its cell state after each character. */
  readonly state: readonly number[];
  /** The value of full colour. */
  readonly reach: number;
  readonly correlation: number | undefined;
  /** The share of closing brackets that are answered rightly without it. */
  readonly without: number;
  readonly isOut: boolean;
  readonly onHold: () => void;
}

/** A cell over the text, held or not, and what it has to do with the depth. */
export function Unit(props: UnitProps) {
  const { unit, state, reach, correlation, without, isOut } = props;
  const isStill = useStillness();
  const name = cellName(unit);
  return (
    <div className="brackets-row brackets-unit" data-out={isOut || undefined}>
      <button
        type="button"
        className="brackets-label"
        aria-pressed={props.isChosen}
        aria-label={`Draw ${name} beside the depth`}
        disabled={isStill}
        onClick={() => props.onChoose(unit)}
      >
        {name}
      </button>
      <span className="brackets-strip" role="img" aria-label={stripText(name, state)}>
        {state.map((value, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a character is its place
          <i key={i} style={{ background: divergingCss(value, reach) }} title={numberText(value)} />
        ))}
      </span>
      <button
        type="button"
        className="brackets-hold"
        aria-pressed={isOut}
        aria-label={`Hold ${name} at zero`}
        disabled={isStill}
        onClick={props.onHold}
      >
        {isOut ? "held" : "hold"}
      </button>
      <span className="brackets-r">{signedText(correlation, 2)}</span>
      <span className="brackets-without">
        <i style={{ inlineSize: `${100 * without}%`, background: sequentialCss(without, 1) }} />
        <span>{percent(without)}</span>
      </span>
    </div>
  );
}

function stripText(name: string, state: readonly number[]): string {
  const [least, most] = [Math.min(...state), Math.max(...state)];
  return `${name} over the text, from ${numberText(least)} to ${numberText(most)}`;
}

interface DepthLineProps {
  readonly depth: readonly number[];
  readonly state: readonly number[];
  readonly name: string;
}

/** The depth as steps, and a cell as a line over it, each in the full height. */
export function DepthLine({ depth, state, name }: DepthLineProps) {
  const deepest = Math.max(1, ...depth);
  const [least, most] = [Math.min(...state), Math.max(...state)];
  const height = (value: number): number =>
    95 - (90 * (value - least)) / Math.max(most - least, 1e-6);
  const line = state.map((value, i) => `${i + 0.5},${height(value).toFixed(1)}`).join(" ");
  return (
    <span className="brackets-line">
      <svg
        viewBox={`0 0 ${Math.max(1, depth.length)} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name} over the text, from ${numberText(least)} to ${numberText(most)}, beside the depth, from 0 to ${deepest}`}
      >
        {depth.map((open, i) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a character is its place
            key={i}
            x={i}
            width={1}
            y={95 - (90 * open) / deepest}
            height={5 + (90 * open) / deepest}
          />
        ))}
        <polyline points={line} />
      </svg>
    </span>
  );
}
