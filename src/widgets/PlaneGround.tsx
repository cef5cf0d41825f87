import { type PointerEvent, useRef } from "react";
import { dataAt, usePlane } from "../viz/planeContext.ts";
import { newGesture } from "./gesture.ts";
import { useStillness } from "./stillness.ts";
import type { Place } from "./useMovable.ts";

export interface PlaneGroundProps {
  /** Where a mouse is, in the plane's units; null when it has left. A finger only chooses. */
  readonly onHover: (place: Place | null) => void;
  readonly onChoose: (place: Place, gesture: string) => unknown;
}

/** The plane under a hand: moving says what is there, a click chooses it. By keyboard, a handle in the plane must do the same. */
export function PlaneGround({ onHover, onChoose }: PlaneGroundProps) {
  const plane = usePlane();
  const isStill = useStillness();
  const latest = useRef<Place | null>(null);
  const [left, right] = plane.x.range;
  const [bottom, top] = plane.y.range;
  if (isStill) return null;
  const follow = (event: PointerEvent) => {
    latest.current = dataAt(plane, event.clientX, event.clientY);
    if (event.pointerType === "mouse") onHover(latest.current);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard, a handle in the plane does the same
    <rect
      className="plane-ground"
      x={left}
      y={top}
      width={right - left}
      height={bottom - top}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => onHover(null)}
      onClick={() => latest.current && onChoose(latest.current, newGesture())}
    />
  );
}
