import { useRef, useState } from "react";
import { Clipped } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { clamp } from "../../../src/viz/scale.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { plane } from "../points.ts";
import {
  atDistance,
  type Line,
  movedTo,
  nearestOn,
  normal,
  turnedTo,
  turningHandle,
  type Vector,
  visiblePart,
} from "./geometry.ts";

interface DecisionLineProps {
  readonly line: Line;
  readonly onChange: (line: Line, gesture: string) => unknown;
}

/** Near here the handle stands until it is moved: away from the corners of the gates. */
const begin: Vector = [0.8, 0.2];
const kept = ([x, y]: Vector): Vector => [
  clamp(x, plane.from, plane.to),
  clamp(y, plane.from, plane.to),
];

/** Where w·x + b = 0, with w at a right angle to it, a handle that moves it and a handle that turns it. */
export function DecisionLine({ line, onChange }: DecisionLineProps) {
  const [wish, setWish] = useState<Vector>(begin);
  const turn = useRef<{ gesture: string; sense: 1 | -1; pivot: Vector } | null>(null);
  if (Math.hypot(...line.w) < 1e-6) return null;
  const pivot = kept(nearestOn(line, wish));
  const turning = turningHandle(line, pivot);

  const onTurn = (place: Vector, gesture: string) => {
    if (turn.current?.gesture !== gesture) {
      turn.current = { gesture, sense: turning.sense, pivot };
      setWish(pivot);
    }
    const { sense, pivot: about } = turn.current;
    return onChange(turnedTo(line, about, place, sense), gesture);
  };

  return (
    <>
      <Picture line={line} pivot={pivot} />
      <Movable
        at={pivot}
        label="The line: moves it"
        sym="b"
        onMove={(place, gesture) => {
          setWish(place);
          return onChange(movedTo(line, place), gesture);
        }}
      />
      <Movable
        at={turning.at}
        label="The line: turns it"
        sym="w"
        constrain={(place) => atDistance(pivot, place, turning.arm)}
        onMove={onTurn}
      />
    </>
  );
}

function Picture({ line, pivot }: { readonly line: Line; readonly pivot: Vector }) {
  const { x, y } = usePlane();
  const ends = visiblePart(line);
  const unit = normal(line);
  const length = clamp(0.28 * Math.hypot(...line.w), 0.12, 0.55);
  const tip: Vector = [pivot[0] + unit[0] * length, pivot[1] + unit[1] * length];
  const angle = (Math.atan2(y(tip[1]) - y(pivot[1]), x(tip[0]) - x(pivot[0])) * 180) / Math.PI;
  const isRight = unit[0] >= 0;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the picture of the line takes no focus
    <g aria-hidden="true" className="decision">
      {ends && (
        <Clipped>
          <path
            className="decision-line"
            d={`M${x(ends[0][0])} ${y(ends[0][1])}L${x(ends[1][0])} ${y(ends[1][1])}`}
          />
        </Clipped>
      )}
      <g data-sym="w" className="decision-w">
        <path d={`M${x(pivot[0])} ${y(pivot[1])}L${x(tip[0])} ${y(tip[1])}`} />
        <g transform={`translate(${x(tip[0])} ${y(tip[1])}) rotate(${angle})`}>
          <path className="decision-head" d="M4 0L-7 -5.5L-7 5.5Z" />
        </g>
        <text
          x={x(tip[0]) + (isRight ? 8 : -8)}
          y={y(tip[1])}
          textAnchor={isRight ? "start" : "end"}
        >
          w
        </text>
      </g>
    </g>
  );
}
