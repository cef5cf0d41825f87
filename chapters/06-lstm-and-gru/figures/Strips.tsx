import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { divergingCss } from "../../../src/viz/colour.ts";
import { newGesture } from "../../../src/widgets/gesture.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type CellKind, isRight, type Quantity, quantities, tapAt } from "../cellLab.ts";
import { commands, type LatchStep } from "../latch.ts";
import { type Series, short } from "./cellText.ts";

interface StripsProps {
  readonly kind: CellKind;
  readonly series: Series;
  readonly sequence: readonly LatchStep[];
  readonly answers: { readonly said: readonly number[]; readonly wanted: readonly number[] };
  /** The chosen step, from 1. */
  readonly step: number;
  /** The taps that are held. */
  readonly held: ReadonlySet<string>;
  readonly onChoose: (step: number) => void;
  /** The brush goes over a gate, from a step to another. */
  readonly onHold: (name: string, from: number, to: number, gesture: string) => void;
  readonly onStep: (step: number, next: LatchStep) => void;
}

/** One row of the strips: what each of its cells shows, and what a press does. */
interface Row {
  readonly id: string;
  readonly label: string;
  readonly meaning: string;
  readonly kind: "input" | "gate" | "state";
  text(t: number): string;
  inWords(t: number): string;
  readonly value?: (t: number) => number | undefined;
  readonly isHeld?: (t: number) => boolean;
  readonly isWrong?: (t: number) => boolean;
  readonly press?: (t: number) => void;
}

const signs = { "1": "+", "-1": "−" } as const;
const letters = { none: "·", write: "W", read: "R" } as const;
const spoken = { none: "nothing", write: "write", read: "read" } as const;

function inputRows(sequence: readonly LatchStep[], onStep: StripsProps["onStep"]): Row[] {
  const at = (t: number) => sequence[t - 1] as LatchStep;
  return [
    {
      id: "value",
      label: "x",
      meaning: "value",
      kind: "input",
      text: (t) => signs[at(t).value],
      inWords: (t) => `value ${signs[at(t).value]}1, press to turn it round`,
      press: (t) => onStep(t, { ...at(t), value: at(t).value === 1 ? -1 : 1 }),
    },
    {
      id: "command",
      label: "",
      meaning: "asked",
      kind: "input",
      text: (t) => letters[at(t).command],
      inWords: (t) => `asked: ${spoken[at(t).command]}, press for the next`,
      press: (t) => {
        const next = (commands.indexOf(at(t).command) + 1) % commands.length;
        onStep(t, { ...at(t), command: commands[next] ?? "none" });
      },
    },
  ];
}

function quantityRow(
  { name, label, meaning, isGate }: Quantity,
  { kind, series, held }: Pick<StripsProps, "kind" | "series" | "held">,
): Row {
  const value = (t: number) => series[name]?.[t - 1];
  const isHeld = (t: number) => held.has(tapAt(kind, t, name));
  return {
    id: name,
    label,
    meaning,
    kind: isGate ? "gate" : "state",
    value,
    isHeld,
    text: (t) => short(value(t)),
    inWords: (t) => `${meaning} ${short(value(t))}${isHeld(t) ? ", held" : ""}`,
  };
}

function answerRows({ said, wanted }: StripsProps["answers"]): Row[] {
  const isWrong = (t: number) => !isRight(said[t - 1], wanted[t - 1]);
  return [
    {
      id: "answer",
      label: "ŷ",
      meaning: "answer",
      kind: "state",
      value: (t) => said[t - 1],
      isWrong,
      text: (t) => short(said[t - 1]),
      inWords: (t) => `answer ${short(said[t - 1])}, ${isWrong(t) ? "wrong" : "right"}`,
    },
    {
      id: "wanted",
      label: "y",
      meaning: "wanted",
      kind: "state",
      value: (t) => wanted[t - 1],
      text: (t) => wantedText(wanted[t - 1]),
      inWords: (t) => `wanted ${wantedText(wanted[t - 1])}`,
    },
  ];
}

const wantedText = (value = 0): string => (value === 0 ? "0" : value > 0 ? "+1" : "−1");

/** Every quantity of a cell over time, a column a step. Gates are held by drawing over them. */
export function Strips(props: StripsProps) {
  const { kind, sequence, step, onChoose } = props;
  const isStill = useStillness();
  const rows = [
    ...inputRows(sequence, props.onStep),
    ...quantities[kind].map((quantity) => quantityRow(quantity, props)),
    ...answerRows(props.answers),
  ];
  const [focusRow, setFocusRow] = useState("c");
  const inOrder = rows.some(({ id }) => id === focusRow) ? focusRow : "h";
  const table = useRef<HTMLTableElement>(null);
  const drawing = useRef<{ row: string; last: number; gesture: string } | null>(null);

  const focus = (row: string, t: number): void =>
    table.current?.querySelector<HTMLElement>(`[data-at="${row} ${t}"]`)?.focus();
  const onKeyDown = (event: KeyboardEvent): void => {
    const [id, at] = ((event.target as Element).getAttribute("data-at") ?? "").split(" ");
    const place = rows.findIndex((row) => row.id === id);
    const from = Number(at);
    const move = moves[event.key];
    if (!move || place < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const [down, right] = move;
    const next = Math.min(sequence.length, Math.max(1, from + right));
    const row = rows[Math.min(rows.length - 1, Math.max(0, place + down))] as Row;
    if (event.shiftKey && row.kind === "gate" && right !== 0) {
      props.onHold(row.id, Math.min(from, next), Math.max(from, next), newGesture());
    }
    focus(row.id, next);
    event.preventDefault();
    event.stopPropagation();
  };

  const draw = (row: Row, t: number, drags: boolean) => {
    const gesture = newGesture();
    drawing.current = drags ? { row: row.id, last: t, gesture } : null;
    props.onHold(row.id, t, t, gesture);
  };
  const stop = (): void => {
    drawing.current = null;
  };
  const onPointerMove = (event: PointerEvent): void => {
    const now = drawing.current;
    if (!now) return;
    // The button may have been let go outside of the strips.
    if (event.buttons === 0) {
      stop();
      return;
    }
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const column = under?.closest("[data-at]")?.getAttribute("data-at")?.split(" ")[1];
    const t = Number(column);
    if (!column || t === now.last) return;
    const [from, to] = t > now.last ? [now.last + 1, t] : [t, now.last - 1];
    now.last = t;
    props.onHold(now.row, from, to, now.gesture);
  };
  return (
    <div className="cell-strips">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of buttons is a grid
        role="grid"
        aria-label="Every quantity at every step"
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerUp={stop}
        onPointerCancel={stop}
      >
        <thead>
          <tr>
            <th scope="col">step</th>
            {sequence.map((_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its step
              <th key={i} scope="col" data-chosen={i + 1 === step || undefined}>
                {i + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-kind={row.kind} data-row={row.id}>
              <th scope="row">
                <span data-sym={symbolOf(row)}>{row.label}</span>
                <span className="cell-meaning"> {row.meaning}</span>
              </th>
              {sequence.map((_, i) => (
                <StripCell
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its step
                  key={i}
                  row={row}
                  t={i + 1}
                  isChosen={i + 1 === step}
                  inTabOrder={row.id === inOrder && i + 1 === step}
                  disabled={isStill}
                  onFocus={() => {
                    setFocusRow(row.id);
                    onChoose(i + 1);
                  }}
                  onDraw={(drags) => draw(row, i + 1, drags)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const moves: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
};

function symbolOf({ id, kind }: Row): string | undefined {
  return kind === "input" || id === "answer" || id === "wanted" ? undefined : id;
}

interface StripCellProps {
  readonly row: Row;
  readonly t: number;
  readonly isChosen: boolean;
  readonly inTabOrder: boolean;
  readonly disabled: boolean;
  readonly onFocus: () => void;
  /** `drags`: the pointer is down, and may go on to other steps. */
  readonly onDraw: (drags: boolean) => void;
}

function StripCell({ row, t, isChosen, inTabOrder, disabled, onFocus, onDraw }: StripCellProps) {
  const value = row.value?.(t);
  const isGate = row.kind === "gate";
  const style = isGate
    ? { "--level": Math.max(0, Math.min(1, value ?? 0)) }
    : value !== undefined && { "--cell": divergingCss(value, 1) };
  return (
    <td
      data-chosen={isChosen || undefined}
      data-held={row.isHeld?.(t) || undefined}
      data-wrong={row.isWrong?.(t) || undefined}
      data-sym={isGate ? row.id : undefined}
      style={(style || undefined) as CSSProperties | undefined}
    >
      <button
        type="button"
        data-at={`${row.id} ${t}`}
        aria-label={`Step ${t}: ${row.inWords(t)}`}
        tabIndex={inTabOrder ? 0 : -1}
        disabled={disabled}
        onFocus={onFocus}
        onPointerDown={(event) => {
          if (event.button !== 0 || !isGate) return;
          event.currentTarget.focus();
          event.currentTarget.releasePointerCapture(event.pointerId);
          onDraw(true);
        }}
        onClick={(event) => {
          row.press?.(t);
          if (isGate && event.detail === 0) onDraw(false);
        }}
      >
        <span>{row.text(t)}</span>
      </button>
    </td>
  );
}
