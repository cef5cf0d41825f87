import "./brackets.css";
import { type CSSProperties, type ReactNode, useId, useState } from "react";
import { bracketKinds } from "../../../src/data/brackets.ts";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useChoice } from "../../../src/widgets/gesture.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { heldDepths, longer, outOf, percent } from "../bracketsLab.ts";
import {
  cellName,
  depthCorrelations,
  inputOf,
  kindsOf,
  longestText,
  saidAt,
  shownText,
} from "../bracketsText.ts";
import { DepthLine, Unit } from "./BracketCell.tsx";

/** An LSTM that reads brackets: its cells over the text, and what becomes of it without each of them. */
export function Brackets({ frame, lab }: FigureProps) {
  const [chosen, setChosen] = useState(0);
  const units = Number(frame.config.units);
  const unit = Math.min(chosen, units - 1);
  return (
    <div className="brackets">
      <OwnText frame={frame} lab={lab} />
      <Rows frame={frame} lab={lab} chosen={unit} onChoose={setChosen} />
      <Score frame={frame} />
    </div>
  );
}

/** The reader's own text. What the model cannot read is said, and changes nothing. */
function OwnText({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const kinds = kindsOf(String(frame.config.kinds));
  const { characters } = shownText(frame.input.x, kinds);
  const [draft, setDraft] = useState<string | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const isStill = useStillness();
  const messageId = useId();
  const change = (text: string): void => {
    setDraft(text);
    try {
      inputOf(text, kinds);
      setMessage(null);
      void lab.configure({ text }, "own text");
    } catch (error) {
      setMessage((error as Error).message);
    }
  };
  return (
    <div className="brackets-own">
      <label>
        <span>The text it reads (write your own)</span>
        <input
          type="text"
          value={draft ?? characters.join("")}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          disabled={isStill}
          aria-invalid={message !== null || undefined}
          aria-describedby={message === null ? undefined : messageId}
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => event.stopPropagation()}
          onBlur={() => {
            setDraft(null);
            setMessage(null);
          }}
        />
      </label>
      <p id={messageId} className="brackets-message" aria-live="polite">
        {message ??
          `At most ${longestText} characters. A letter, a digit or a space counts as “·”.`}
      </p>
    </div>
  );
}

interface RowsProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly chosen: number;
  readonly onChoose: (unit: number) => void;
}

/** The text with its truth and the answers, and under it every cell: over the text, and what it is worth. */
function Rows({ frame, lab, chosen, onChoose }: RowsProps) {
  const { config, values, input } = frame;
  const kinds = kindsOf(String(config.kinds));
  const { characters, depth, closes } = shownText(input.x, kinds);
  const c = values["steps.*.c"];
  const heldC = values["steps.*.c@held"];
  const correlations = heldC ? depthCorrelations(heldC, heldDepths(String(config.kinds))) : [];
  const { keep, chooseKept } = useKept({ frame, lab });
  const reach = Math.max(0.1, ...(c?.data.map(Math.abs) ?? []));
  const style = { "--characters": characters.length } as CSSProperties;
  return (
    <div className="brackets-rows" style={style}>
      <Row label="text">
        {characters.map((character, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a character is its place
          <b key={i}>{character}</b>
        ))}
      </Row>
      <Row label="depth">
        {depth.map((open, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a character is its place
          <span key={i}>{open}</span>
        ))}
      </Row>
      <Row label="may close?">
        {closes.map((kind, i) => {
          const said = saidAt(values.y_hat, i);
          const isWrong = said !== kind;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a character is its place
            <span key={i} data-wrong={isWrong || undefined}>
              {closerOf(said)}
              {isWrong && <span className="sr-only"> (wrong)</span>}
            </span>
          );
        })}
      </Row>
      <div className="brackets-row">
        <span className="brackets-label">
          {cellName(chosen)} <small>and depth</small>
        </span>
        <DepthLine depth={depth} state={stateOf(c, chosen)} name={cellName(chosen)} />
        <span className="brackets-head">hold at 0</span>
        <span className="brackets-head">r with depth</span>
        <span className="brackets-head">right at “{closers(kinds)}” without it</span>
      </div>
      {Array.from({ length: Number(config.units) }, (_, unit) => (
        <Unit
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its number
          key={unit}
          unit={unit}
          isChosen={unit === chosen}
          onChoose={onChoose}
          state={stateOf(c, unit)}
          reach={reach}
          correlation={correlations[unit]}
          without={entry(values["accuracy_without@ablated"], unit)}
          isOut={keep[unit] === false}
          onHold={() => chooseKept(keep.map((kept, i) => (i === unit ? !kept : kept)))}
        />
      ))}
    </div>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="brackets-row">
      <span className="brackets-label">{label}</span>
      <span className="brackets-strip">{children}</span>
    </div>
  );
}

const closerOf = (kind: number): string => bracketKinds[kind - 1]?.[1] ?? "–";
const closers = (kinds: number): string =>
  bracketKinds
    .slice(0, kinds)
    .map(([, closing]) => closing)
    .join(" ");

/** A cell's state after each character; `c` is `[T, 1, H]`. */
function stateOf(c: NDArray | undefined, unit: number): number[] {
  const [T = 0, , H = 0] = c?.shape ?? [];
  return Array.from({ length: T }, (_, t) => entry(c, t * H + unit));
}

/** Which cells work, and the way to choose them: at once, before the lab has followed. */
function useKept({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const now = Array.from(frame.values.keep?.data ?? []).join();
  const [shown, choose] = useChoice(now, (next) => {
    const keep = next.split(",").map(Number);
    return keep.includes(0) ? lab.write("keep", keep) : lab.release("keep");
  });
  return {
    keep: shown.split(",").map((kept) => kept !== "0"),
    chooseKept: (keep: readonly boolean[]) => choose(keep.map(Number).join()),
  };
}

/** How often it is right, on texts as it has learnt from and on longer ones. */
function Score({ frame }: { readonly frame: Frame }) {
  const { values } = frame;
  const out = outOf(frame).map(cellName);
  return (
    <dl className="brackets-score">
      <div>
        <dt>held-out texts</dt>
        <dd>{percent(entry(values["accuracy@held"]))}</dd>
      </div>
      <div>
        <dt>their closing brackets</dt>
        <dd>{percent(entry(values["accuracy_closing@held"]))}</dd>
      </div>
      <div>
        <dt>texts of {longer.length} characters</dt>
        <dd>{percent(entry(values["accuracy@long"]))}</dd>
      </div>
      <div>
        <dt>held at zero</dt>
        <dd>{out.length === 0 ? "none" : out.join(" ")}</dd>
      </div>
    </dl>
  );
}
