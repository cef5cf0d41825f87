import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { signedText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { askedOf, openPath, originsOf, pathName, startTable } from "../pathsNumbers.ts";
import { letterOf, repeatSizes } from "../repeats.ts";

const letters = Array.from({ length: repeatSizes.V }, (_, token) => letterOf(token));

const places = (count: number) => Array.from({ length: count }, (_, s) => String(s + 1));

/** One path, opened: where what it says comes from. */
export function OpenPath({ frame }: Pick<FigureProps, "frame">) {
  const { index, path, value } = openPath(frame);
  const { tokens, place, letter } = askedOf(frame);
  const origins = originsOf(frame, index);
  const name = pathName(path, frame.config);
  const main = origins.reduce(
    (best, { value: one }, s) => (Math.abs(one) > Math.abs(origins[best]?.value ?? 0) ? s : best),
    0,
  );
  const share = Math.round(100 * (origins[main]?.share ?? 0));
  return (
    <section aria-label={`The path ${name}`}>
      <h3>
        {name}: {signedText(value)} for {letterOf(letter)}
      </h3>
      <p className="figure-note">
        Most comes from the {letterOf(tokens[main] ?? 0)} at place {main + 1}: {share} % of it
        arrives at place {place + 1}, and that is {signedText(origins[main]?.value)}. Above: how
        much of each place arrives. Below: what it adds to {letterOf(letter)}.
      </p>
      <Origins tokens={tokens} origins={origins} />
    </section>
  );
}

/** What the open path makes of each letter, or of each place. */
export function StartTable({ frame }: Pick<FigureProps, "frame">) {
  const open = openPath(frame);
  const values = startTable(frame, open);
  const isPlace = open.path.start === "place";
  const from = isPlace ? "place" : "letter";
  return (
    <figure>
      <figcaption>From a {from} (row) to what the path says for it (column)</figcaption>
      <Heatmap
        values={values}
        label={`What the path ${pathName(open.path, frame.config)} makes of each ${from}`}
        rowLabels={isPlace ? places(values.shape[0] ?? 0) : letters}
        columnLabels={letters}
        legend
      />
    </figure>
  );
}

const column = 14;
const half = 24;

interface OriginsProps {
  readonly tokens: readonly number[];
  readonly origins: ReturnType<typeof originsOf>;
}

/** Over each letter a bar for how much of it arrives, under it a bar for what that adds. */
function Origins({ tokens, origins }: OriginsProps) {
  const reach = Math.max(...origins.map(({ value }) => Math.abs(value)), 1e-6);
  return (
    <svg
      className="paths-origins"
      viewBox={`0 0 ${column * Math.max(12, tokens.length)} ${3.6 * half}`}
      aria-hidden="true"
    >
      {origins.map(({ share, value }, s) => {
        const height = (half * Math.abs(value)) / reach;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an origin is its place
          <g key={s} transform={`translate(${column * s} 0)`}>
            <rect
              x="2"
              width="10"
              y={half - half * Math.min(1, share)}
              height={half * Math.min(1, share)}
              data-sign="none"
            />
            <text x={column / 2} y={half + 12}>
              {letterOf(tokens[s] ?? 0)}
            </text>
            <rect
              x="2"
              width="10"
              y={2.6 * half - (value < 0 ? 0 : height)}
              height={height}
              data-sign={value < 0 ? "minus" : "plus"}
            />
          </g>
        );
      })}
      <line x1="0" x2={column * origins.length} y1={2.6 * half} y2={2.6 * half} />
    </svg>
  );
}
