import type { CSSProperties } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { drawOf } from "../gptData.ts";
import { percentText, sharesAt } from "./shares.ts";
import { mostOf } from "./tokenPath.ts";
import type { Said } from "./useWriting.ts";

interface NextTokenProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly tokens: readonly number[];
  readonly nameOf: (token: number) => string;
  readonly place: number;
  readonly logits: NDArray | undefined;
  /** softmax(logits / τ) at the place, `[V]`, and what is left of it. */
  readonly p: NDArray | undefined;
  readonly kept: NDArray | undefined;
  /** While it writes: what it drew the newest token from. */
  readonly said: Said | null;
}

const shown = 10;

/** The distribution of the next token: shaped by τ, cut by k and by the share, drawn from by one number. */
export function NextToken({
  frame,
  lab,
  tokens,
  nameOf,
  place,
  logits,
  said,
  ...props
}: NextTokenProps) {
  const { config } = frame;
  const p = (said?.p ?? props.p)?.data;
  const kept = (said?.kept ?? props.kept)?.data;
  // While it writes, the logits are those of the text as it was.
  const plain = said ? undefined : sharesAt(logits, place);
  const isEnd = said !== null || place === tokens.length - 1;
  const u = said?.u ?? drawOf(Number(config.draw), tokens.length);
  const best = p ? mostOf(p, shown) : [];
  const left = kept ? kept.reduce((count, share) => count + (share > 0 ? 1 : 0), 0) : 0;
  const after = nameOf(tokens[said ? tokens.length - 2 : place] ?? 0);
  return (
    <div className="gpt-next">
      <div>
        <p className="gpt-head">
          {p ? `After “${after}”: ${left} of ${p.length} tokens can be drawn` : "It reads …"}
        </p>
        <ol className="gpt-bars">
          {best.map((token) => {
            const share = p?.[token] ?? 0;
            const now = kept?.[token] ?? 0;
            return (
              <li
                key={token}
                data-cut={now === 0 || undefined}
                style={
                  { "--p": share, "--kept": now, "--plain": plain?.[token] ?? 0 } as CSSProperties
                }
              >
                <span>{nameOf(token)}</span>
                <span className="gpt-bar" aria-hidden="true" />
                <span>{now === 0 ? "cut" : percentText(now)}</span>
              </li>
            );
          })}
        </ol>
        <p className="figure-note">
          Full bars: what a token is drawn from. Outlines: the same at τ = 1, nothing cut.
        </p>
      </div>
      <div className="gpt-shaping">
        <Slider
          label="Temperature τ"
          value={Number(config.tau)}
          min={0.1}
          max={3}
          step={0.05}
          valueText={(tau) => numberText(tau, 3)}
          onChange={(tau, own) => lab.configure({ tau }, own)}
          sym="tau"
        />
        <Slider
          label="Only the k likeliest"
          value={Number(config.k)}
          min={0}
          max={50}
          step={1}
          valueText={(k) => (k === 0 ? "all" : numberText(k))}
          onChange={(k, own) => lab.configure({ k }, own)}
          sym="k"
        />
        <Slider
          label="Only the likeliest share"
          value={Number(config.share)}
          min={0.05}
          max={1}
          step={0.01}
          valueText={(share) => (share >= 1 ? "all" : `${numberText(100 * share, 3)} %`)}
          onChange={(share, own) => lab.configure({ share }, own)}
          sym="share"
        />
        {kept && <Wheel kept={kept} u={isEnd ? u : null} nameOf={nameOf} />}
      </div>
    </div>
  );
}

interface WheelProps {
  readonly kept: Float32Array;
  /** Where the needle stands; null where nothing is drawn. */
  readonly u: number | null;
  readonly nameOf: (token: number) => string;
}

/** A part of the wheel so wide is named. */
const nameable = 0.07;
/** A thinner part cannot be seen, and is drawn together with its neighbours. */
const visible = 0.003;

/** All that can be drawn, side by side in the order of the tokens' numbers, and the random number among it. */
function Wheel({ kept, u, nameOf }: WheelProps) {
  const parts: { token: number; from: number; share: number }[] = [];
  let sum = 0;
  let drawn = kept.length - 1;
  for (const [token, share] of kept.entries()) {
    if (share > visible) parts.push({ token, from: sum, share });
    if (u !== null && sum <= u && u < sum + share) drawn = token;
    sum += share;
  }
  return (
    <div className="gpt-wheel">
      <p className="gpt-head">
        {u === null
          ? "All that can be drawn, side by side"
          : `The random number ${numberText(u, 3)} falls on “${nameOf(drawn)}”`}
      </p>
      <div className="gpt-wheel-parts" aria-hidden="true">
        {parts.map(({ token, from, share }) => (
          <span
            key={token}
            data-drawn={(u !== null && token === drawn) || undefined}
            style={{ insetInlineStart: `${100 * from}%`, inlineSize: `${100 * share}%` }}
          >
            {share > nameable ? nameOf(token) : ""}
          </span>
        ))}
        {u !== null && <i style={{ insetInlineStart: `${100 * u}%` }} />}
      </div>
    </div>
  );
}
