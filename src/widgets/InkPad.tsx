import "./inkPad.css";
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";
import type { NDArray } from "../data/ndarray.ts";
import { inkPicture, type Point, rasterise, type Stroke } from "../data/raster.ts";
import { digitStrokes, middlePen } from "../data/strokeDigits.ts";
import type { Grid } from "../viz/grid.ts";
import { Surface } from "../viz/Surface.tsx";
import { clamp } from "../viz/scale.ts";
import { handSpeed, newGesture, useDraft, useFrameWrite, type Write } from "./gesture.ts";
import { useStillness } from "./stillness.ts";

/** What was drawn. */
export interface Ink {
  /** In the unit square of the pad, from the top left. */
  readonly strokes: readonly Stroke[];
  /** `[size, size]`, from 0 (ground) to 1 (ink): blank without strokes. */
  readonly picture: NDArray;
}

export interface InkPadProps {
  /** What to do here, or what it is: "Draw a digit". */
  readonly label: string;
  /** Pixels a side of the picture. */
  readonly size: number;
  /** Called at most once a frame; all calls of one stroke carry the same gesture. */
  readonly onDraw: Write<Ink>;
  /**
   * The picture that the lab has now, of `size` × `size` pixels. Where it did not come of this pad's ink
   * (another example, an undo), the pad shows it instead, and the next stroke begins on blank paper.
   */
  readonly value?: Grid | undefined;
  /** Half the width of the line, in the unit square. Default: the middle one of the stroke digits. */
  readonly pen?: number | undefined;
  /** Whether the ink is brought to the middle and to the size of the stroke digits (default), or stays as drawn. */
  readonly centred?: boolean | undefined;
  /** Whether ten digits that are written already are offered (default true). */
  readonly digits?: boolean | undefined;
}

/** How far an arrow key moves the pen, in the unit square. */
const stride = 0.04;
/** A point nearer than this to the one before says nothing new. */
const nearest = 0.008;

/** The pen that the keys move. */
interface Tip {
  readonly at: Point;
  readonly gesture: string | null;
}

/**
 * Paper to draw on by mouse, finger, pen or keys: the strokes, and the picture that comes of them as the
 * pictures of the data are made. Arrow keys move the pen, Space puts it down and lifts it, Backspace takes
 * back a stroke, Delete all; a digit's key takes that digit ready made.
 */
export function InkPad(props: InkPadProps) {
  const { label, digits = true } = props;
  const isStill = useStillness();
  const pad = useInk(props);
  const hint = useId();
  const { shown, strokes } = pad;
  const surface = isStill ? {} : pad.surface;
  const isBlank = strokes.length === 0 && !(shown && Array.from(shown.data).some((ink) => ink > 0));
  return (
    <div className="ink-pad">
      <div
        className="ink-pad-paper"
        role="application"
        aria-roledescription="drawing pad"
        aria-label={label}
        aria-describedby={hint}
        tabIndex={isStill ? undefined : 0}
        {...surface}
      >
        {shown && <Surface values={shown} reach={1} rowsRise={false} cells scale="sequential" />}
        <Strokes strokes={strokes} pen={props.pen ?? middlePen} />
        {pad.tip && <PenTip tip={pad.tip} />}
        {isBlank && <span className="ink-pad-blank">draw here</span>}
        <span id={hint} className="ink-pad-keys">
          Arrow keys move the pen, Space puts it down or lifts it. Backspace takes back a stroke,
          Delete all{digits ? ". A digit’s key writes that digit" : ""}.
        </span>
      </div>
      <span className="sr-only" role="status">
        {pad.tip ? `Pen ${pad.tip.gesture === null ? "up" : "down"}. ` : ""}
        {strokes.length === 1 ? "1 stroke" : `${strokes.length} strokes`}
      </span>
      <div className="ink-pad-buttons">
        <button
          type="button"
          disabled={isStill}
          aria-label="Undo stroke"
          aria-disabled={strokes.length === 0 || undefined}
          onClick={pad.takeBack}
        >
          Undo
        </button>
        <button type="button" disabled={isStill} onClick={pad.clear}>
          Clear
        </button>
      </div>
      {digits && (
        <fieldset className="ink-pad-digits">
          <legend className="sr-only">{label}: take one that is written already</legend>
          {Array.from({ length: 10 }, (_, digit) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a digit is its number
              key={digit}
              type="button"
              disabled={isStill}
              aria-label={`Write a ${digit}`}
              onClick={() => pad.write(digit)}
            >
              {digit}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

const noStrokes: readonly Stroke[] = [];

/** The ink of a pad, and the ways to change it. */
function useInk({ size, value, onDraw, pen = middlePen, centred = true, digits }: InkPadProps) {
  const [ink, setInk] = useState<Ink | null>(null);
  const [tip, setTip] = useState<Tip | null>(null);
  const newest = useRef<readonly Stroke[]>(noStrokes);
  const hand = useRef<{ readonly pointer: number; readonly gesture: string } | null>(null);
  const draft = useDraft(value, samePicture);
  const { write, flush } = useFrameWrite(onDraw);
  const isOwn = ink !== null && (value === undefined || samePicture(draft.shown, ink.picture));
  const strokes = isOwn ? ink.strokes : noStrokes;
  // Between two frames of React a hand may add many points.
  if (hand.current === null) newest.current = strokes;

  const draw = (next: readonly Stroke[], gesture: string): void => {
    const data = centred ? inkPicture(next, size, pen).data : rasterise(next, size, pen);
    const drawn: Ink = { strokes: next, picture: { shape: [size, size], data } };
    newest.current = next;
    setInk(drawn);
    draft.hold(drawn.picture);
    write(drawn, gesture);
  };
  const finish = (): void => draft.letGo(flush());
  const set = (next: readonly Stroke[]): void => {
    setTip((before) => before && { ...before, gesture: null });
    draw(next, newGesture());
    finish();
  };
  /** Carries the last stroke on. */
  const carryOn = (points: readonly Point[], gesture: string): void => {
    const last = [...(newest.current.at(-1) ?? [])];
    for (const point of points) {
      const before = last.at(-1);
      if (!before || apart(before, point) >= nearest) last.push(point);
    }
    draw([...newest.current.slice(0, -1), last], gesture);
  };
  const takeBack = (): void => {
    if (newest.current.length > 0) set(newest.current.slice(0, -1));
  };
  const clear = (): void => set(noStrokes);
  const writeDigit = (digit: number): void => set(digitStrokes(digit));

  const lift = (event: PointerEvent): void => {
    if (hand.current?.pointer !== event.pointerId) return;
    hand.current = null;
    finish();
  };
  const press = (event: KeyboardEvent): boolean => {
    const { at, gesture } = tip ?? { at: [0.5, 0.5] as Point, gesture: null };
    const [right, down] = arrows[event.key] ?? [0, 0];
    if (right !== 0 || down !== 0) {
      const step = stride * handSpeed(event);
      const next: Point = [clamp(at[0] + right * step, 0, 1), clamp(at[1] + down * step, 0, 1)];
      setTip({ at: next, gesture });
      if (gesture !== null) carryOn([next], gesture);
    } else if (event.key === " " || event.key === "Enter") {
      if (gesture !== null) finish();
      const begun = gesture === null ? newGesture() : null;
      setTip({ at, gesture: begun });
      if (begun !== null) draw([...newest.current, [at]], begun);
    } else if (event.key === "Escape" && gesture !== null) {
      setTip({ at, gesture: null });
      finish();
    } else if (event.key === "Backspace") takeBack();
    else if (event.key === "Delete") clear();
    else if (digits !== false && /^[0-9]$/.test(event.key)) writeDigit(Number(event.key));
    else return false;
    return true;
  };
  const surface = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || hand.current) return;
      event.preventDefault();
      event.currentTarget.focus({ preventScroll: true });
      event.currentTarget.setPointerCapture(event.pointerId);
      hand.current = { pointer: event.pointerId, gesture: newGesture() };
      setTip(null);
      draw([...newest.current, [pointUnder(event)]], hand.current.gesture);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (hand.current?.pointer !== event.pointerId) return;
      carryOn(pointsUnder(event), hand.current.gesture);
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || !press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onBlur: () => {
      if (tip?.gesture) finish();
      setTip(null);
    },
  };
  const foreign = isOwn || !draft.shown ? null : { shape: [size, size], data: draft.shown.data };
  return { shown: foreign, strokes, tip, takeBack, clear, write: writeDigit, surface };
}

function samePicture(a: Grid | undefined, b: Grid | undefined): boolean {
  if (!a || !b || a.data.length !== b.data.length) return a === b;
  for (let i = 0; i < a.data.length; i++) {
    if (Math.fround(a.data[i] as number) !== Math.fround(b.data[i] as number)) return false;
  }
  return true;
}

const arrows: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const apart = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by);

function pointUnder(
  event: { readonly clientX: number; readonly clientY: number },
  paper?: Element,
): Point {
  const element = paper ?? (event as PointerEvent<HTMLElement>).currentTarget;
  const { left, top, width, height } = element.getBoundingClientRect();
  return [clamp((event.clientX - left) / width, 0, 1), clamp((event.clientY - top) / height, 0, 1)];
}

/** Where the hand has been since the last event, as finely as the browser knows. */
function pointsUnder(event: PointerEvent<HTMLElement>): Point[] {
  const between = event.nativeEvent.getCoalescedEvents?.() ?? [];
  const all = between.length > 0 ? between : [event.nativeEvent];
  return all.map((one) => pointUnder(one, event.currentTarget));
}

function Strokes({ strokes, pen }: { readonly strokes: readonly Stroke[]; readonly pen: number }) {
  const d = strokes
    .map((stroke) => {
      // A line of no length would not be drawn: a dot is a very short one.
      const [[x, y] = [0, 0], ...rest] = stroke;
      const to = rest.length > 0 ? rest : [[x + 0.0001, y] as const];
      return `M${x} ${y}L${to.map(([u, v]) => `${u} ${v}`).join(" ")}`;
    })
    .join("");
  return (
    <svg className="ink-pad-ink" viewBox="0 0 1 1" aria-hidden="true">
      <path d={d} strokeWidth={2 * pen} />
    </svg>
  );
}

function PenTip({ tip }: { readonly tip: Tip }) {
  const [x, y] = tip.at;
  return (
    <svg className="ink-pad-ink" viewBox="0 0 1 1" aria-hidden="true">
      <g className="ink-pad-tip" data-down={tip.gesture !== null || undefined}>
        <circle cx={x} cy={y} r={0.045} />
        <path d={`M${x - 0.09} ${y}h0.18M${x} ${y - 0.09}v0.18`} />
      </g>
    </svg>
  );
}
