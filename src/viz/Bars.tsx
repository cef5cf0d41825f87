import type { CSSProperties, ReactNode } from "react";
import { signedText } from "./numberText.ts";
import { rounded } from "./scale.ts";

export interface BarItem {
  readonly label: ReactNode;
  readonly value: number;
  /** The key of the symbol that it shows. */
  readonly sym?: string;
}

export interface BarsProps {
  readonly items: readonly BarItem[];
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  /** The last row: what they sum to. Without it each bar starts at zero. */
  readonly total?: { readonly label: ReactNode; readonly sym?: string };
  /** The largest distance from zero that fits; default: what these values need, rounded up. */
  readonly reach?: number;
  readonly digits?: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where each bar begins and ends when each starts where the one before it ended. */
export function runningSpans(values: readonly number[]): Span[] {
  let at = 0;
  return values.map((value) => {
    const from = at;
    at = rounded(at + (Number.isFinite(value) ? value : 0));
    return { from, to: at };
  });
}

/** The least of 1, 2, 5 times a power of ten that is at least `size`: an end of scale that seldom jumps. */
export function niceReach(size: number): number {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  return rounded(([1, 2, 5, 10].find((lead) => lead * power >= size - 1e-12) ?? 10) * power);
}

/** Signed contributions, one a row, orange to the right and blue to the left; and what they sum to. */
export function Bars({ items, label, total, digits = 3, ...props }: BarsProps) {
  const values = items.map((item) => item.value);
  const spans = total ? runningSpans(values) : values.map((value) => ({ from: 0, to: value }));
  const reach =
    props.reach ??
    niceReach(Math.max(...spans.map(({ from, to }) => Math.max(Math.abs(from), Math.abs(to)))));
  const end = spans.at(-1)?.to ?? 0;
  return (
    <figure className="viz-bars" aria-label={label}>
      {items.map((item, index) => (
        <Bar
          // biome-ignore lint/suspicious/noArrayIndexKey: a contribution is its place
          key={index}
          item={item}
          span={spans[index] as Span}
          reach={reach}
          digits={digits}
        />
      ))}
      {total && (
        <Bar
          item={{ ...total, value: end }}
          span={{ from: 0, to: end }}
          reach={reach}
          digits={digits}
          isTotal
        />
      )}
    </figure>
  );
}

interface BarProps {
  readonly item: BarItem;
  readonly span: Span;
  readonly reach: number;
  readonly digits: number;
  readonly isTotal?: boolean;
}

function Bar({ item, span, reach, digits, isTotal = false }: BarProps) {
  const place = (value: number): number => {
    const share = Math.max(-1, Math.min(1, Number.isFinite(value) ? value / reach : 0));
    return 50 + 50 * share;
  };
  const left = Math.min(place(span.from), place(span.to));
  const width = Math.abs(place(span.to) - place(span.from));
  const style: CSSProperties = {
    left: `${left}%`,
    width: `${width}%`,
    backgroundColor: item.value < 0 ? "var(--negative)" : "var(--positive)",
  };
  return (
    <div className={isTotal ? "viz-bar viz-bar-total" : "viz-bar"} data-sym={item.sym}>
      <span className="viz-bar-label">{item.label}</span>
      <span className="viz-bar-track" aria-hidden="true">
        <span className="viz-bar-fill" style={style} />
      </span>
      <span className="viz-bar-value">{signedText(item.value, digits)}</span>
    </div>
  );
}
