import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { summaryOf } from "../superpositionLab.ts";
import { columnsOf, ladder, modelAt } from "../superpositionNumbers.ts";

/** The models beside the reader's, from features that are always there to features that are seldom. */
export function Ladder({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const isPlane = Number(frame.config.m) === 2;
  return (
    <div className="superposition-ladder">
      <p>Seven more models, trained beside it on the same draws. A press takes up how often.</p>
      <ul>
        {ladder.map((p, i) => {
          const { kept } = summaryOf(frame, i + 1);
          return (
            <li key={p}>
              <button
                type="button"
                aria-pressed={Number(frame.config.p) === p}
                onClick={() => lab.configure({ p })}
              >
                <span>p = {numberText(p, 2)}</span>
                {isPlane ? (
                  <Small columns={columnsOf(modelAt(frame.values.W, i + 1))} />
                ) : (
                  <Picture
                    values={modelAt(frame.values.G, i + 1)}
                    label={`How the features overlap when p is ${numberText(p, 2)}`}
                    scale="diverging"
                    reach={1}
                  />
                )}
                <span>{kept.length} kept</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Vectors in a square from −1.4 to 1.4, drawn as one path. */
function Small({ columns }: { readonly columns: readonly (readonly number[])[] }) {
  const path = columns
    .map(([a = 0, b = 0]) => `M0 0L${(50 * a).toFixed(1)} ${(-50 * b).toFixed(1)}`)
    .join("");
  return (
    <svg viewBox="-70 -70 140 140" aria-hidden="true" data-sym="W">
      <path className="superposition-axes" d="M-70 0H70M0-70V70" />
      <path className="superposition-vector" d={path} />
    </svg>
  );
}
