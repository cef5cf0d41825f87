import { textPieces } from "../../../src/data/bytePairs.ts";
import { tokenName } from "../../../src/data/tokenNames.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { countText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { nextPairs, type Tokens } from "../tokensData.ts";
import { tokensIn } from "../tokensLab.ts";

/** How many characters of the text are shown, and how many pairs. */
const shownText = 380;
const shownPairs = 5;

type MergingProps = Pick<FigureProps, "frame" | "lab">;

/** The text as tokens, the pairs that could be merged next, and what merging has saved so far. */
export function Merging({ frame, lab }: MergingProps) {
  const isStill = useStillness();
  const tokens = tokensIn(frame);
  const { lesson, made } = tokens;
  const pairs = nextPairs(tokens, shownPairs);
  const all = lesson.merges.length;
  const go = (merges: number, gesture?: string) => lab.configure({ merges }, gesture);
  const next = pairs[0];
  return (
    <section className="tokens-merging">
      <TokenText tokens={tokens} next={made < all ? next : undefined} />
      <div className="tokens-pairs">
        <p className="figure-note">Pairs that stand side by side most often</p>
        <ol>
          {pairs.map(({ left, right, count }) => (
            <li key={`${left} ${right}`}>
              <span>
                {tokenName(left)} + {tokenName(right)}
              </span>
              <meter min={0} max={next?.count ?? 1} value={count} aria-hidden="true" />
              <span>{count}</span>
            </li>
          ))}
        </ol>
        {pairs.length === 0 && <p className="figure-note">No pair stands twice.</p>}
        <Lengths tokens={tokens} />
      </div>
      <div className="tokens-steps">
        <span className="lab-buttons">
          <button
            type="button"
            className="lab-primary"
            disabled={isStill || made >= all}
            onClick={() => go(made + 1)}
          >
            Merge
          </button>
          <button
            type="button"
            disabled={isStill || made >= all}
            onClick={() => go(Math.min(all, made + 10))}
          >
            Merge 10
          </button>
          <button type="button" disabled={isStill || made === 0} onClick={() => go(made - 1)}>
            Take one back
          </button>
        </span>
        <Slider
          label="Merges"
          min={0}
          max={Math.max(1, all)}
          step={1}
          value={made}
          valueText={(at) => `${at} of ${all}`}
          onChange={go}
        />
      </div>
    </section>
  );
}

interface TokenTextProps {
  readonly tokens: Tokens;
  readonly next: { readonly left: string; readonly right: string } | undefined;
}

/** The beginning of the text, each token a tile: the newest framed, the next pair underlined. */
function TokenText({ tokens, next }: TokenTextProps) {
  const { lesson, made, coder } = tokens;
  const newest = lesson.merges[made - 1];
  const name = newest ? newest.left + newest.right : "";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className="tokens-text" tabIndex={0} aria-label="The text in tokens">
      {beginningOf(lesson.text).map((piece, at) => {
        const letters = coder.pieces(piece);
        return letters.map((token, i) => {
          const opens = token === next?.left && letters[i + 1] === next.right;
          const closes = token === next?.right && letters[i - 1] === next.left;
          const Tile = token === name ? "b" : "i";
          return (
            <Tile
              // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
              key={`${at} ${i}`}
              className={opens || closes ? "tokens-next" : undefined}
            >
              {tokenName(token)}
              {token.endsWith("Ċ") && <br />}
            </Tile>
          );
        });
      })}
      {lesson.text.length > shownText && " …"}
    </section>
  );
}

/** The words at the beginning of the text. */
function beginningOf(text: string): string[] {
  const words: string[] = [];
  let length = 0;
  for (const piece of textPieces(text.slice(0, 2 * shownText))) {
    if (length + piece.length > shownText && words.length > 0) break;
    words.push(piece);
    length += piece.length;
  }
  return words;
}

const mostPoints = 40;

/** How many tokens the text has, merge by merge. */
function Lengths({ tokens: { lesson, made } }: { tokens: Tokens }) {
  const { lengths } = lesson;
  const last = lengths.length - 1;
  const every = Math.max(1, Math.ceil(last / mostPoints));
  const points = lengths
    .map((length, at) => [at, length] as const)
    .filter(([at]) => at % every === 0 || at === last);
  return (
    <div className="tokens-lengths">
      <Plane
        x={{ domain: [0, Math.max(1, last)], label: "merges" }}
        y={{ domain: [0, lengths[0] ?? 1], label: "tokens of the text", tickText: countText }}
        width={420}
        height={240}
        label={`The text has ${lengths[0]} tokens at first, and ${lengths[made]} after ${made} merges.`}
      >
        <Curve points={points} />
        <Now at={made} length={lengths[made] ?? 0} />
      </Plane>
    </div>
  );
}

function Now({ at, length }: { at: number; length: number }) {
  const { x, y } = usePlane();
  return <circle className="tokens-now" cx={x(at)} cy={y(length)} r={6} />;
}
