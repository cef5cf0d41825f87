import type { NDArray } from "../../../src/data/ndarray.ts";
import { Outline, Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { gateOf, gates, isIn } from "../headsLab.ts";
import { headSizes } from "../headsSizes.ts";
import { patternOf } from "./headNumbers.ts";

interface Head {
  /** Both from 1. */
  readonly layer: number;
  readonly head: number;
}

interface HeadGridProps extends Pick<FigureProps, "frame" | "lab"> {
  /** `[layers, 1, h, T, T]`. */
  readonly A: NDArray;
  /** The words of the sentence. */
  readonly count: number;
  /** The word that is looked from. */
  readonly place: number;
  readonly chosen: Head;
  readonly onChoose: (head: Head) => unknown;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const { layers, heads } = headSizes;
const all: readonly Head[] = numbers(layers).flatMap((layer) =>
  numbers(heads).map((head) => ({ layer, head })),
);
const isSame = (a: Head, b: Head) => a.layer === b.layer && a.head === b.head;

/** The attention of all heads: a row for each layer. Heads can be chosen, and taken out. */
export function HeadGrid({ frame, lab, A, count, place, chosen, onChoose }: HeadGridProps) {
  const isStill = useStillness();
  const takesPart = ({ layer, head }: Head) => isIn(frame, layer, head);
  /** Leaves these heads in and takes the others out, in one step of undo. */
  const leave = (wanted: (head: Head) => boolean) => {
    const changed = numbers(layers).map((layer) => ({
      name: gateOf(layer),
      isWhole: numbers(heads).every((head) => wanted({ layer, head })),
      gate: gates((head) => wanted({ layer, head })),
    }));
    return lab.edit({
      release: changed.flatMap(({ name, isWhole }) => (isWhole ? [name] : [])),
      write: Object.fromEntries(
        changed.flatMap(({ name, isWhole, gate }) => (isWhole ? [] : [[name, gate]])),
      ),
    });
  };
  const isWhole = all.every(takesPart);
  return (
    <div className="heads-grid-side">
      <div className="heads-grid" data-sym="A">
        {all.map((one) => {
          const name = `Head ${one.layer}.${one.head}`;
          return (
            <div key={name} className="heads-card" data-out={!takesPart(one) || undefined}>
              <button
                type="button"
                className="heads-pattern"
                disabled={isStill}
                aria-pressed={isSame(one, chosen)}
                aria-label={name}
                onClick={() => onChoose(one)}
              >
                <Picture values={patternOf(A, one, count)} label={`Attention of ${name}`}>
                  {!isStill && <Outline row={place} column={0} columns={count} kind="seen" />}
                </Picture>
              </button>
              <label>
                <input
                  type="checkbox"
                  disabled={isStill}
                  checked={takesPart(one)}
                  onChange={() => leave((head) => takesPart(head) !== isSame(head, one))}
                />{" "}
                {one.layer}.{one.head}
                <span className="sr-only"> takes part</span>
              </label>
            </div>
          );
        })}
      </div>
      <p className="lab-buttons">
        <button
          type="button"
          disabled={isStill}
          onClick={() => leave((one) => isSame(one, chosen))}
        >
          {`Only ${chosen.layer}.${chosen.head}`}
        </button>
        <button
          type="button"
          disabled={isStill}
          onClick={() => leave(({ layer, head }) => layer !== chosen.layer || head === chosen.head)}
        >
          {`Only ${chosen.layer}.${chosen.head} in its layer`}
        </button>
        <button type="button" disabled={isStill || isWhole} onClick={() => leave(() => true)}>
          All heads
        </button>
      </p>
      <p className="figure-note">
        Row: the word that looks. Column: the word looked at. Darker is more. Untick a head to take
        it out.
      </p>
    </div>
  );
}
