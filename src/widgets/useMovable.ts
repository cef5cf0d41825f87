import {
  type KeyboardEvent,
  type PointerEvent,
  type SVGAttributes,
  useContext,
  useRef,
  useState,
} from "react";
import { numberText } from "../viz/numberText.ts";
import { dataAt, PlaneContext } from "../viz/planeContext.ts";
import { clamp, type Domain, rounded } from "../viz/scale.ts";
import {
  handSpeed,
  newGesture,
  sameNumber,
  useDraft,
  useFrameWrite,
  type Write,
} from "./gesture.ts";
import { useStillness } from "./stillness.ts";

/** A place in data coordinates. */
export type Place = readonly [number, number];

export interface MovableOptions {
  /** Where it is, in data coordinates. */
  readonly at: Place;
  /** Called at most once a frame; all calls of one drag carry the same gesture. */
  readonly onMove: Write<Place>;
  /** What it is: "point 3, class 1". */
  readonly label: string;
  /** Where it is, in words; default: its coordinates. */
  readonly valueText?: ((at: Place) => string) | undefined;
  /** How far an arrow key goes; default: a fiftieth of the plane. */
  readonly step?: number | undefined;
  /** Which way it can move. */
  readonly axis?: "x" | "y" | "both" | undefined;
  /** Where it must stay; default: the plane. */
  readonly bounds?: { readonly x: Domain; readonly y: Domain } | undefined;
  /** The nearest place where it may stand: on a line, on a whole number. */
  readonly constrain?: ((at: Place) => Place) | undefined;
}

/** The attributes that make an SVG element a handle. */
export type HandleAttributes = SVGAttributes<SVGGElement>;

export interface MovableState {
  /** Where to draw it: under the hand, even before the lab has answered. */
  readonly at: Place;
  readonly isHeld: boolean;
  readonly handle: HandleAttributes;
}

const samePlace = (a: Place, b: Place): boolean => sameNumber(a[0], b[0]) && sameNumber(a[1], b[1]);

/**
 * The gesture and the state of something that can be moved about a `Plane`, by pointer, touch or arrow
 * keys (Shift finer, Alt coarser). Its picture is the caller's; `Movable` is the usual one.
 *
 * @throws Error outside a `<Plane>`
 */
export function useMovable(options: MovableOptions): MovableState {
  const { axis = "both", label } = options;
  const plane = useContext(PlaneContext);
  if (!plane) throw new Error("useMovable: expected a <Plane> around the movable part.");
  const isStill = useStillness();
  const { shown, hold, letGo } = useDraft(options.at, samePlace);
  const { write, flush } = useFrameWrite(options.onMove);
  const grip = useRef<{ gesture: string; offset: Place; start: Place } | null>(null);
  const [isHeld, setHeld] = useState(false);

  const moveTo = (wish: Place, gesture: string): void => {
    const { x, y } = options.bounds ?? { x: plane.x.domain, y: plane.y.domain };
    const kept: Place = [
      axis === "y" ? options.at[0] : rounded(clamp(wish[0], x[0], x[1])),
      axis === "x" ? options.at[1] : rounded(clamp(wish[1], y[0], y[1])),
    ];
    const next = options.constrain?.(kept) ?? kept;
    hold(next);
    write(next, gesture);
  };
  const release = (): void => {
    grip.current = null;
    setHeld(false);
    letGo(flush());
  };

  const onPointerDown = (event: PointerEvent<SVGGElement>): void => {
    const under = dataAt(plane, event.clientX, event.clientY);
    if (!under || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    const offset: Place = [shown[0] - under[0], shown[1] - under[1]];
    grip.current = { gesture: newGesture(), offset, start: shown };
    setHeld(true);
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>): void => {
    const held = grip.current;
    const under = held && dataAt(plane, event.clientX, event.clientY);
    if (!held || !under) return;
    moveTo([under[0] + held.offset[0], under[1] + held.offset[1]], held.gesture);
  };
  const onKeyDown = (event: KeyboardEvent<SVGGElement>): void => {
    const held = grip.current;
    if (event.key === "Escape" && held) {
      moveTo(held.start, held.gesture);
      release();
    } else {
      const [right, up] = arrows[event.key] ?? [0, 0];
      if ((right === 0 && up === 0) || event.ctrlKey || event.metaKey) return;
      const speed = handSpeed(event);
      const stepX = options.step ?? spanOf(plane.x.domain) / 50;
      const stepY = options.step ?? spanOf(plane.y.domain) / 50;
      moveTo([shown[0] + right * stepX * speed, shown[1] + up * stepY * speed], newGesture());
      letGo(flush());
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const along = axis === "y" ? 1 : 0;
  const domain = along === 0 ? plane.x.domain : plane.y.domain;
  const named: HandleAttributes = {
    role: "slider",
    "aria-label": label,
    "aria-valuenow": rounded(shown[along]),
    "aria-valuemin": domain[0],
    "aria-valuemax": domain[1],
    "aria-valuetext": options.valueText?.(shown) ?? placeText(shown, axis),
  };
  if (isStill) return { at: shown, isHeld: false, handle: { ...named, "aria-disabled": true } };
  return {
    at: shown,
    isHeld,
    handle: {
      ...named,
      tabIndex: 0,
      onPointerDown,
      onPointerMove,
      onPointerUp: release,
      onPointerCancel: release,
      onKeyDown,
    },
  };
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const spanOf = ([low, high]: Domain): number => high - low;

function placeText([x, y]: Place, axis: "x" | "y" | "both"): string {
  if (axis === "x") return numberText(x);
  return axis === "y" ? numberText(y) : `${numberText(x)}, ${numberText(y)}`;
}
