import type { Frame } from "../../../src/training/lab.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { chance, wireState, wireText } from "../virtualLab.ts";
import { readers, type Wire, wires } from "../wires.ts";
import { type Box, logitsBox, port, size, wirePath, writerBoxes } from "./wirePaths.ts";

interface WireGraphProps {
  readonly frame: Frame;
  readonly chosen: Wire;
  readonly onChoose: (name: string) => unknown;
}

/** How wide a wire is drawn: a hair up to chance, and from there the wider the more it is above. */
function widthOf(score: number): number {
  const above = score / chance - 1;
  return above > 0 && Number.isFinite(above) ? Math.min(12, 1.2 + 11 * above) : 0.6;
}

/** The whole model, from the letter and its place to the logits: a line for each read of a write. */
export function WireGraph({ frame, chosen, onChoose }: WireGraphProps) {
  const isStill = useStillness();
  // The chosen wire lies on top, and so do the wide ones.
  const ordered = [...wires].sort((a, b) => rank(frame, a, chosen) - rank(frame, b, chosen));
  return (
    <figure className="wire-graph">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label="Who reads what was written by whom; the wider, the more above chance. The list below holds the same."
      >
        {ordered.map((wire) => {
          const { score, isCut } = wireState(frame, wire);
          const d = wirePath(wire);
          return (
            <g
              key={wire.name}
              className="wire"
              data-sym={`W_${wire.kind}`}
              data-cut={isCut || undefined}
              data-weak={score < chance || undefined}
              data-chosen={wire === chosen || undefined}
              {...(!isStill && { onClick: () => onChoose(wire.name) })}
            >
              {!isStill && <title>{`${wireText(wire)}: ${score.toFixed(3)}`}</title>}
              {!isStill && <path d={d} className="wire-reach" />}
              <path d={d} className="wire-line" style={{ strokeWidth: widthOf(score) }} />
            </g>
          );
        })}
        <Part box={writerBoxes[0] as Box} text="letter" />
        <Part box={writerBoxes[1] as Box} text="place" />
        {["1.1", "1.2", "2.1", "2.2"].map((head, i) => (
          <Part key={head} box={writerBoxes[i + 2] as Box} text={`head ${head}`} />
        ))}
        <Part box={logitsBox} text="logits" />
        {readers.slice(0, -1).map(({ head, kind }, to) => {
          const [x, y] = port(to);
          return (
            <text
              key={`${head}${kind}`}
              x={x + 8}
              y={y + 5}
              className="wire-port"
              data-sym={`W_${kind}`}
            >
              {kind}
            </text>
          );
        })}
      </svg>
    </figure>
  );
}

function rank(frame: Frame, wire: Wire, chosen: Wire): number {
  return wire === chosen ? Number.POSITIVE_INFINITY : wireState(frame, wire).score;
}

function Part({ box, text }: { readonly box: Box; readonly text: string }) {
  return (
    <>
      <rect {...box} rx={5} className="wire-part" />
      <text
        x={box.x + box.width / 2 + (text.startsWith("head") ? 10 : 0)}
        y={box.y + box.height / 2 + 5}
        className="wire-name"
      >
        {text}
      </text>
    </>
  );
}
