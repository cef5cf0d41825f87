import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useId,
  useRef,
  useState,
} from "react";
import { numberText, parseNumber } from "../viz/numberText.ts";
import {
  handSpeed,
  newGesture,
  sameNumber,
  useDraft,
  useFrameWrite,
  type Write,
} from "./gesture.ts";
import { dragged, type NumberRange, refusal, stepped } from "./numberSteps.ts";
import { useStillness } from "./stillness.ts";

export interface NumberFieldProps extends NumberRange {
  readonly value: number;
  /** What the number is, for those who do not see where it stands: "weight 1". */
  readonly label: string;
  /** Called at most once a frame; all calls of one drag carry the same gesture. */
  readonly onChange: Write<number>;
  /** What a double-click (or Delete) returns to; default: the first value it had. */
  readonly initial?: number | undefined;
  /** Whether it wears the mark of a changed value; default: when it differs from `initial`. */
  readonly changed?: boolean | undefined;
  readonly digits?: number | undefined;
  /** How the number is written; default: `numberText` with so many digits. */
  readonly textOf?: ((value: number) => string) | undefined;
  /** Width in characters. The number never makes it wider. */
  readonly width?: number | undefined;
  /** The key of the symbol that it shows. */
  readonly sym?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** `page`: the arrow keys are left to the matrix around it, Page Up and Page Down nudge. */
  readonly nudge?: "arrows" | "page" | undefined;
  readonly tabIndex?: number | undefined;
}

const pixelsPerStep = 10;
/** A pointer that moves less than this has clicked. */
const clickRadius = 3;

interface Drag {
  readonly gesture: string;
  readonly start: number;
  readonly fromX: number;
  readonly fromY: number;
  lastX: number;
  steps: number;
  moved: boolean;
}

/**
 * The number of the book. Drag it sideways (Shift finer, Alt coarser), click to type, nudge it with the
 * arrow keys, double-click or press Delete to reset. Nonsense typed gets a message and changes nothing.
 */
export function NumberField(props: NumberFieldProps) {
  const { value, label, digits = 3, width = 6, nudge = "arrows" } = props;
  const [first] = useState(value);
  const initial = props.initial ?? first;
  const isDisabled = useStillness() || (props.disabled ?? false);
  const { shown, hold, letGo } = useDraft(value, sameNumber);
  const { write, flush } = useFrameWrite(props.onChange);
  const [typed, setTyped] = useState<string | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const drag = useRef<Drag | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const messageId = useId();
  const isChanged = props.changed ?? !sameNumber(shown, initial);
  const textOf = props.textOf ?? ((number: number) => numberText(number, digits));

  const set = (next: number, gesture: string): void => {
    setMessage(null);
    hold(next);
    write(next, gesture);
  };
  const setOnce = (next: number): void => {
    set(next, newGesture());
    letGo(flush());
  };
  const startTyping = (text: string, select: boolean): void => {
    setTyped(text);
    setMessage(null);
    if (!input.current) return;
    // A touch screen opens its keyboard only for a field that is editable when the finger lifts.
    input.current.readOnly = false;
    input.current.focus({ preventScroll: true });
    if (select) requestAnimationFrame(() => input.current?.select());
  };
  const finishTyping = (): boolean => {
    if (typed === null) return true;
    const parsed = parseNumber(typed);
    const why =
      parsed === null
        ? `“${typed.slice(0, 20)}” is not a number. Type one like 0.5 or \u22122.`
        : refusal(parsed, props);
    if (why !== null) {
      setMessage(why);
      return false;
    }
    setTyped(null);
    if (parsed !== null && typed !== textOf(shown)) setOnce(parsed);
    return true;
  };

  const onPointerDown = (event: PointerEvent<HTMLInputElement>): void => {
    if (typed !== null || isDisabled || event.button !== 0) return;
    event.preventDefault();
    if (event.pointerType !== "touch") event.currentTarget.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = {
      gesture: newGesture(),
      start: shown,
      fromX: event.clientX,
      fromY: event.clientY,
      lastX: event.clientX,
      steps: 0,
      moved: false,
    };
  };
  const onPointerMove = (event: PointerEvent<HTMLInputElement>): void => {
    const move = drag.current;
    if (!move) return;
    if (Math.hypot(event.clientX - move.fromX, event.clientY - move.fromY) > clickRadius) {
      move.moved = true;
    }
    move.steps += ((event.clientX - move.lastX) / pixelsPerStep) * handSpeed(event);
    move.lastX = event.clientX;
    if (move.moved) set(dragged(move.start, move.steps, event.shiftKey, props), move.gesture);
  };
  const onPointerUp = (): void => {
    const move = drag.current;
    drag.current = null;
    letGo(flush());
    if (move && !move.moved) startTyping(textOf(shown), true);
  };
  const onPointerCancel = (): void => {
    drag.current = null;
    letGo(flush());
  };
  const cancelDrag = (move: Drag): void => {
    drag.current = null;
    set(move.start, move.gesture);
    letGo(flush());
  };
  const reset = (): void => {
    setTyped(null);
    setOnce(initial);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const isHandled = typed === null ? keyAtRest(event) : keyWhileTyping(event);
    if (!isHandled) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const keyWhileTyping = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    if (event.key === "Enter") finishTyping();
    else if (event.key === "Escape") {
      setTyped(null);
      setMessage(null);
    } else {
      event.stopPropagation();
      return false;
    }
    return true;
  };
  const keyAtRest = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    if (event.ctrlKey || event.metaKey) return false;
    const direction = directionOf(event.key, nudge);
    if (direction !== 0) setOnce(stepped(shown, direction * handSpeed(event), props));
    else if (event.key === "Enter" || event.key === "F2") {
      startTyping(textOf(shown), true);
    } else if (event.key === "Delete" || event.key === "Backspace") reset();
    else if (event.key === "Escape" && drag.current) cancelDrag(drag.current);
    else if (/^[0-9.,+\-\u2212]$/.test(event.key)) startTyping(event.key, false);
    else return false;
    return true;
  };

  const text = typed ?? textOf(shown);
  return (
    <span
      className="number-field"
      data-changed={isChanged || undefined}
      data-sym={props.sym}
      style={{ "--number-width": `${width}ch` } as CSSProperties}
    >
      <input
        ref={input}
        type="text"
        role="spinbutton"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        className="number-input"
        aria-label={label}
        aria-valuenow={plainNumber(shown)}
        aria-valuetext={text}
        aria-valuemin={props.min}
        aria-valuemax={props.max}
        aria-invalid={message !== null || undefined}
        aria-describedby={message === null ? undefined : messageId}
        title={
          isChanged
            ? `Changed from ${numberText(initial)}. Double-click to reset.`
            : "Drag sideways, or click to type"
        }
        value={text}
        readOnly={typed === null}
        disabled={isDisabled}
        tabIndex={props.tabIndex}
        onChange={(event) => {
          setTyped(event.target.value);
          setMessage(null);
        }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
        onDoubleClick={reset}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!finishTyping()) setTyped(null);
        }}
      />
      {message !== null && (
        <span id={messageId} role="alert" className="number-message">
          {message}
        </span>
      )}
    </span>
  );
}

/** ARIA knows no powers of ten: a number too small to be written without one is 0. */
function plainNumber(value: number): number {
  return Number.isFinite(value) && Math.abs(value) >= 1e-6 ? value : 0;
}

function directionOf(key: string, nudge: "arrows" | "page"): number {
  if (key === "PageUp") return nudge === "page" ? 1 : 10;
  if (key === "PageDown") return nudge === "page" ? -1 : -10;
  if (nudge === "page") return 0;
  if (key === "ArrowUp" || key === "ArrowRight") return 1;
  return key === "ArrowDown" || key === "ArrowLeft" ? -1 : 0;
}
