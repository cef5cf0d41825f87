import type { CSSProperties } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { likeliest } from "../gptLab.ts";
import { ownTokenName } from "../ownLab.ts";
import { placeRead, tokensRead } from "../ownTokens.ts";

/** So many of the likeliest tokens are listed. */
const listed = 10;

interface OwnNextProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly p: NDArray;
  /** What is left to choose from. */
  readonly kept: NDArray;
}

/** What may come after the chosen token, and from what of it the next is drawn. */
export function OwnNext({ frame, lab, p, kept }: OwnNextProps) {
  const isStill = useStillness();
  const { config } = frame;
  const rows = likeliest(p).slice(0, listed);
  const most = Math.max(...rows.map(({ token }) => kept.data[token] ?? 0), rows[0]?.p ?? 1);
  const here = ownTokenName(config, tokensRead(config)[placeRead(config)] ?? 0);
  const left = kept.data.reduce((count, share) => count + (share > 0 ? 1 : 0), 0);
  return (
    <section className="own-next" aria-label="The next token">
      <p className="own-head" data-sym="p">
        After “{here}” may come
      </p>
      <ol className="own-bars">
        {rows.map(({ token, p: share }) => {
          const drawn = kept.data[token] ?? 0;
          const style = {
            "--share": `${(100 * share) / most}%`,
            "--drawn": `${(100 * drawn) / most}%`,
          } as CSSProperties;
          return (
            <li key={token} data-out={drawn === 0 || undefined}>
              <span className="own-token">{ownTokenName(config, token)}</span>
              <span className="own-bar" style={isStill ? undefined : style} aria-hidden="true" />
              <span className="own-percent">{numberText(100 * drawn, 3)} %</span>
            </li>
          );
        })}
      </ol>
      <p className="figure-note">
        {left === p.data.length
          ? "One of all tokens is drawn, each with its share."
          : `One of ${left} ${left === 1 ? "token" : "tokens"} is drawn; the others are left out.`}
      </p>
      {!isStill && (
        <div className="own-dials">
          <Slider
            label="Temperature τ"
            value={Number(config.tau)}
            min={0.1}
            max={3}
            step={0.05}
            onChange={(tau, gesture) => lab.configure({ tau }, gesture)}
          />
          <Slider
            label="Only the k likeliest"
            value={Number(config.k)}
            min={0}
            max={100}
            step={1}
            valueText={(k) => (k === 0 ? "all" : numberText(k))}
            onChange={(k, gesture) => lab.configure({ k }, gesture)}
          />
          <Slider
            label="Only a share of the probability"
            value={Number(config.share)}
            min={0.05}
            max={1}
            step={0.05}
            valueText={(share) => (share === 1 ? "all" : numberText(share, 2))}
            onChange={(share, gesture) => lab.configure({ share }, gesture)}
          />
        </div>
      )}
    </section>
  );
}
