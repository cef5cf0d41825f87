import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { omega } from "../positionsData.ts";
import { rowOf, settingsOf } from "../positionsLab.ts";

/** The most dials that there is room for. */
const mostDials = 16;
const radius = 40;

/** Each pair of numbers as the hand of a clock: where it stands at place t, and where k places on. */
export function Dials({ frame }: FigureProps) {
  const { T, d, t, k } = settingsOf(frame);
  const { P, PR } = frame.values;
  if (!P || !PR) return null;
  const every = Math.max(1, d / 2 / mostDials);
  const pairs = Array.from({ length: Math.min(mostDials, d / 2) }, (_, i) => i * every);
  const [here, moved] = [rowOf(P, t), rowOf(PR, t)];
  const there = t + k < T ? rowOf(P, t + k) : null;
  return (
    <>
      <div
        className="positions-dials"
        role="img"
        aria-label={`The clocks of place ${t}, turned by ${k} places`}
      >
        {pairs.map((i) => (
          <Dial
            key={i}
            pair={i}
            from={handOf(here, i)}
            to={handOf(moved, i)}
            check={there && handOf(there, i)}
            angle={k * omega(i, d)}
          />
        ))}
      </div>
      <p className="figure-note">
        {there
          ? `Thin: place ${t}. Thick: the same, turned by R. Rings: place ${t + k} of the table. They differ by ${farthest(moved, there)} at most.`
          : `Thin: place ${t}. Thick: the same, turned by R: it is place ${t + k}, beyond the end of the table.`}
      </p>
    </>
  );
}

type Hand = readonly [number, number];

/** The hand of a pair: its sine to the right, its cosine up. */
function handOf(row: readonly number[], i: number): Hand {
  return [row[2 * i] ?? 0, row[2 * i + 1] ?? 0];
}

/** The largest difference of two rows, in words. */
function farthest(one: readonly number[], other: readonly number[]): string {
  const most = Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? 0))));
  return most < 1e-5 ? "less than 0.00001" : numberText(most, 2);
}

interface DialProps {
  readonly pair: number;
  readonly from: Hand;
  readonly to: Hand;
  readonly check: Hand | null;
  /** By how much the hand has been turned, in radians. */
  readonly angle: number;
}

function Dial({ pair, from, to, check, angle }: DialProps) {
  const point = ([right, up]: Hand, share = 1) =>
    `${(share * radius * right).toFixed(1)} ${(-share * radius * up).toFixed(1)}`;
  const turns = Math.floor(angle / (2 * Math.PI));
  const rest = angle - 2 * Math.PI * turns;
  const arc = `M${point(from, 0.55)}A${0.55 * radius} ${0.55 * radius} 0 ${rest > Math.PI ? 1 : 0} 1 ${point(to, 0.55)}`;
  return (
    <figure>
      <svg viewBox="-48 -48 96 96" className="dial" aria-hidden="true">
        <circle className="dial-face" r={radius} />
        {rest > 0.02 && <path className="dial-arc" d={arc} />}
        <path className="dial-from" d={`M0 0L${point(from)}`} />
        <path className="dial-to" d={`M0 0L${point(to)}`} />
        {check && (
          <circle className="dial-check" cx={radius * check[0]} cy={-radius * check[1]} r={5} />
        )}
      </svg>
      <figcaption>
        {2 * pair}, {2 * pair + 1}
        <small>
          {numberText(angle, 2)} rad{turns > 0 && ` = ${turns} ↻ + ${numberText(rest, 2)}`}
        </small>
      </figcaption>
    </figure>
  );
}
