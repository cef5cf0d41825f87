import type { NDArray } from "../../../src/data/ndarray.ts";
import { Outline, Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { gatesFor, isIn } from "../inductionLab.ts";
import { type Head, headsOf, now, patternOf } from "../inductionNumbers.ts";
import type { Twin } from "../inductionTask.ts";

interface InductionHeadsProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The place that looks. */
  readonly place: number;
}

const rows = [
  { twin: "two", layer: 2, title: "Two layers: layer 2" },
  { twin: "two", layer: 1, title: "Two layers: layer 1" },
  { twin: "one", layer: 1, title: "One layer" },
] as const;

const isSame = (a: Head, b: Head) => a.layer === b.layer && a.head === b.head;

/** The attention of every head of both models, and its scores. Those of the larger one can be taken out. */
export function InductionHeads({ frame, lab, place }: InductionHeadsProps) {
  const isStill = useStillness();
  return (
    <div className="induction-heads" data-sym="A">
      {rows.map(({ twin, layer, title }) => {
        const A = frame.values[twin === "two" ? "two.blocks.*.attn.A" : "one.blocks.0.attn.A"];
        return (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <div className="induction-cards">
              {headsOf[twin]
                .filter((one) => one.layer === layer)
                .map((one) => (
                  <Card
                    key={one.head}
                    A={A}
                    one={one}
                    place={place}
                    frame={frame}
                    twin={twin}
                    toggle={
                      twin === "two" && !isStill
                        ? () =>
                            lab.edit(gatesFor((other) => isIn(frame, other) !== isSame(other, one)))
                        : undefined
                    }
                  />
                ))}
            </div>
          </section>
        );
      })}
      <p className="figure-note">
        Row: the letter that looks. Column: the letter looked at. Untick a head to take it out.
      </p>
    </div>
  );
}

interface CardProps extends Pick<FigureProps, "frame"> {
  readonly A: NDArray | undefined;
  readonly one: Head;
  readonly place: number;
  readonly twin: Twin;
  readonly toggle: (() => unknown) | undefined;
}

function Card({ A, one, place, frame, twin, toggle }: CardProps) {
  const name = `${one.layer}.${one.head}`;
  const pattern = A && patternOf(A, one);
  const isThere = twin === "one" || isIn(frame, one);
  const score = (kind: "previous" | "induction") => {
    const share = now(frame, twin, `${kind}.${name}`);
    return Number.isFinite(share) ? `${Math.round(100 * share)} %` : "–";
  };
  return (
    <div className="induction-card" data-out={!isThere || undefined}>
      {pattern && (
        <Picture values={pattern} label={`Attention of head ${name}`}>
          {toggle && place < (pattern.shape[0] ?? 0) && (
            <Outline row={place} column={0} columns={pattern.shape[0] ?? 1} kind="seen" />
          )}
        </Picture>
      )}
      <div>
        {twin === "two" ? (
          <label>
            <input
              type="checkbox"
              disabled={!toggle}
              checked={isThere}
              onChange={() => void toggle?.()}
            />{" "}
            {name}
            <span className="sr-only"> takes part</span>
          </label>
        ) : (
          name
        )}
        <dl>
          <dt>before</dt>
          <dd>{score("previous")}</dd>
          <dt>after</dt>
          <dd>{score("induction")}</dd>
        </dl>
      </div>
    </div>
  );
}
