import { type PointerEvent, useRef, useState } from "react";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { clamp } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { columnsOf, modelAt } from "../superpositionNumbers.ts";

/** Vectors reach hardly beyond 1: what is kept is handed on at about its own strength. */
const reach = 1.5;

/** From where three dimensions are seen: turned about the upright axis, from so far above the horizon; radians. */
interface View {
  readonly turn: number;
  readonly height: number;
}

/** A place on the paper, and how near it is to the eye. */
type Seen = readonly [across: number, up: number, near: number];

function seen([a = 0, b = 0, c = 0]: readonly number[], { turn, height }: View): Seen {
  const across = a * Math.cos(turn) - b * Math.sin(turn);
  const away = a * Math.sin(turn) + b * Math.cos(turn);
  return [
    across,
    c * Math.cos(height) + away * Math.sin(height),
    c * Math.sin(height) - away * Math.cos(height),
  ];
}

/** The vector of each feature, where there are at most three dimensions: dragged in one or two, turned in three. */
export function FeatureVectors({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const W = modelAt(frame.values.W, 0);
  const columns = columnsOf(W);
  const [m = 0] = W.shape;
  if (m === 3) return <Turned columns={columns} />;
  const tips = columns.map(([a = 0, b = 0]): Seen => [a, b, 0]);
  const move = (feature: number, tip: readonly number[], gesture: string) => {
    const stack = frame.values.W;
    if (!stack) return;
    const data = stack.data.slice();
    for (let row = 0; row < m; row++) data[row * columns.length + feature] = tip[row] ?? 0;
    lab.write("W", { shape: stack.shape, data }, gesture);
  };
  return (
    <Vectors tips={tips} m={m}>
      {tips.map((tip, i) => (
        <Movable
          // biome-ignore lint/suspicious/noArrayIndexKey: a feature is its number
          key={i}
          at={[tip[0], tip[1]]}
          {...(m === 1 && { axis: "x" as const })}
          step={0.05}
          bounds={{ x: [-reach, reach], y: [-reach, reach] }}
          label={`The vector of feature ${i + 1}`}
          valueText={(at) => at.map((entry) => numberText(entry, 2)).join(", ")}
          onMove={(at, gesture) => move(i, at, gesture)}
          sym="W"
        />
      ))}
    </Vectors>
  );
}

/** Three dimensions: the hand turns them, sideways and up and down; a slider does for the keyboard. */
function Turned({ columns }: { readonly columns: readonly (readonly number[])[] }) {
  const [view, setView] = useState<View>({ turn: 0.6, height: 0.45 });
  const grip = useRef<{ readonly from: readonly [number, number]; readonly view: View } | null>(
    null,
  );
  const drag = (event: PointerEvent): void => {
    if (!grip.current) return;
    const { from, view: before } = grip.current;
    const [right, down] = [event.clientX - from[0], event.clientY - from[1]];
    setView({
      turn: before.turn + right / 120,
      height: clamp(before.height + down / 120, -1.5, 1.5),
    });
  };
  const letGo = (): void => {
    grip.current = null;
  };
  return (
    <div className="superposition-turned">
      <div
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          grip.current = { from: [event.clientX, event.clientY], view };
        }}
        onPointerMove={drag}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        <Vectors tips={columns.map((column) => seen(column, view))} m={3}>
          <Axes view={view} />
        </Vectors>
      </div>
      <Slider
        label="Turn (or drag the picture)"
        value={Math.atan2(Math.sin(view.turn), Math.cos(view.turn))}
        min={-Math.PI}
        max={Math.PI}
        step={0.05}
        valueText={(angle) => `${Math.round((angle * 180) / Math.PI)}°`}
        onChange={(turn) => setView({ ...view, turn })}
      />
    </div>
  );
}

function Vectors({
  tips,
  m,
  children,
}: {
  readonly tips: readonly Seen[];
  readonly m: number;
  readonly children: React.ReactNode;
}) {
  const nearestLast = tips
    .map((tip, i) => ({ tip, name: String(i + 1) }))
    .sort((a, b) => a.tip[2] - b.tip[2]);
  return (
    <Plane
      x={{ domain: [-reach, reach], ticks: m === 3 ? [] : [-1, 0, 1] }}
      y={{ domain: [-reach, reach], ticks: m === 2 ? [-1, 0, 1] : [] }}
      width={360}
      height={360}
      label={`The vectors of ${tips.length} features in ${m} ${m === 1 ? "dimension" : "dimensions"}`}
    >
      {m === 3 && children}
      {nearestLast.map(({ tip, name }) => (
        <Vector key={name} tip={tip} name={name} />
      ))}
      {m < 3 && children}
    </Plane>
  );
}

/** The three directions in which the model counts, as far as 1. */
function Axes({ view }: { readonly view: View }) {
  const { x, y } = usePlane();
  const path = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
    .map((axis) => {
      const [across, up] = seen(axis, view);
      return `M${x(-across)} ${y(-up)}L${x(across)} ${y(up)}`;
    })
    .join("");
  return <path className="superposition-axes" d={path} />;
}

/** An arrow from the origin, and beyond its tip the number of the feature; fainter where it points away. */
function Vector({ tip, name }: { readonly tip: Seen; readonly name: string }) {
  const { x, y } = usePlane();
  const length = Math.hypot(tip[0], tip[1]);
  const beyond = length > 1e-6 ? (length + 0.16) / length : 0;
  return (
    <g data-sym="W" opacity={(0.75 + 0.25 * clamp(tip[2], -1, 1)).toFixed(2)}>
      <path className="superposition-vector" d={`M${x(0)} ${y(0)}L${x(tip[0])} ${y(tip[1])}`} />
      <circle className="superposition-tip" cx={x(tip[0])} cy={y(tip[1])} r={5} />
      {length > 0.08 && (
        <text className="superposition-number" x={x(tip[0] * beyond)} y={y(tip[1] * beyond) + 6}>
          {name}
        </text>
      )}
    </g>
  );
}
