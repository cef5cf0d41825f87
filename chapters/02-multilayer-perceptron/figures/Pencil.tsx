import { type PointerEvent, useRef } from "react";
import { dataAt, usePlane } from "../../../src/viz/planeContext.ts";
import { newGesture, useFrameWrite, type Write } from "../../../src/widgets/gesture.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";

type Stroke = readonly (readonly [number, number])[];

interface PencilProps {
  /** The places that the hand has passed since the last call, at every hundredth across. */
  readonly onDraw: Write<Stroke>;
  readonly onDone: () => void;
}

/** The plotted area as paper: pressing and moving draws a height at every place that is passed. */
export function Pencil({ onDraw, onDone }: PencilProps) {
  const plane = usePlane();
  const isStill = useStillness();
  const { write, flush } = useFrameWrite(onDraw);
  const hand = useRef<{ gesture: string; at: readonly [number, number]; passed: Stroke } | null>(
    null,
  );
  if (isStill) return null;
  const [left, right] = plane.x.range;
  const [bottom, top] = plane.y.range;
  const draw = (event: PointerEvent) => {
    const to = dataAt(plane, event.clientX, event.clientY);
    if (!to || !hand.current) return;
    const { at, gesture } = hand.current;
    const steps = Math.max(1, Math.ceil(Math.abs(to[0] - at[0]) * 100));
    const passed = Array.from({ length: steps + 1 }, (_, i): readonly [number, number] => {
      const share = i / steps;
      const x = at[0] + share * (to[0] - at[0]);
      return [Math.min(1, Math.max(0, x)), at[1] + share * (to[1] - at[1])];
    });
    hand.current = { gesture, at: to, passed: [...hand.current.passed, ...passed] };
    write(hand.current.passed, gesture);
  };
  const done = () => {
    if (!hand.current) return;
    hand.current = null;
    flush();
    onDone();
  };
  return (
    <rect
      className="bumps-paper"
      x={left}
      y={top}
      width={right - left}
      height={bottom - top}
      onPointerDown={(event) => {
        const at = dataAt(plane, event.clientX, event.clientY);
        if (!at || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        hand.current = { gesture: newGesture(), at, passed: [] };
        draw(event);
      }}
      onPointerMove={draw}
      onPointerUp={done}
      onPointerCancel={done}
    />
  );
}
