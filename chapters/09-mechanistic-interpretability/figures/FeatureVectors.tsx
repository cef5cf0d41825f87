import { useState } from "react";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { columnsOf, modelAt } from "../superpositionNumbers.ts";

/** Vectors reach hardly beyond 1: what is kept is handed on at about its own strength. */
const reach = 1.5;

/** From so far above the horizon three dimensions are seen. */
const height = Math.PI / 7;

/** A point of three dimensions, turned about the upright axis and seen from a little above. */
function seen([a = 0, b = 0, c = 0]: readonly number[], turn: number): readonly [number, number] {
  const across = a * Math.cos(turn) - b * Math.sin(turn);
  const away = a * Math.sin(turn) + b * Math.cos(turn);
  return [across, c * Math.cos(height) + away * Math.sin(height)];
}

/** The vector of each feature, where there are at most three dimensions. In one or two it can be dragged. */
export function FeatureVectors({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const [turn, setTurn] = useState(0.6);
  const W = modelAt(frame.values.W, 0);
  const columns = columnsOf(W);
  const [m = 0] = W.shape;
  if (m > 3) {
    return (
      <p className="superposition-many">
        {m} dimensions cannot be drawn. How the features overlap in them stands in the matrix.
      </p>
    );
  }
  const tips = columns.map((column) =>
    m === 3 ? seen(column, turn) : ([column[0] ?? 0, column[1] ?? 0] as const),
  );
  const move = (feature: number, tip: readonly number[], gesture: string) => {
    const stack = frame.values.W;
    if (!stack) return;
    const data = stack.data.slice();
    for (let row = 0; row < m; row++) data[row * columns.length + feature] = tip[row] ?? 0;
    lab.write("W", { shape: stack.shape, data }, gesture);
  };
  return (
    <div className="superposition-vectors">
      <Plane
        x={{ domain: [-reach, reach], ticks: [-1, 0, 1] }}
        y={{ domain: [-reach, reach], ticks: [-1, 0, 1] }}
        width={360}
        height={360}
        label={`The vectors of ${columns.length} features in ${m} dimensions`}
      >
        {tips.map((tip, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a feature is its number
          <Vector key={i} tip={tip} name={String(i + 1)} />
        ))}
        {m < 3 &&
          tips.map((tip, i) => (
            <Movable
              // biome-ignore lint/suspicious/noArrayIndexKey: a feature is its number
              key={i}
              at={tip}
              {...(m === 1 && { axis: "x" as const })}
              step={0.05}
              bounds={{ x: [-reach, reach], y: [-reach, reach] }}
              label={`The vector of feature ${i + 1}`}
              valueText={(at) => at.map((entry) => numberText(entry, 2)).join(", ")}
              onMove={(at, gesture) => move(i, at, gesture)}
              sym="W"
            />
          ))}
      </Plane>
      {m === 3 && (
        <Slider
          label="Turn"
          value={turn}
          min={-Math.PI}
          max={Math.PI}
          step={0.05}
          valueText={(angle) => `${Math.round((angle * 180) / Math.PI)}°`}
          onChange={(angle) => setTurn(angle)}
        />
      )}
    </div>
  );
}

/** An arrow from the origin, and beyond its tip the number of the feature. */
function Vector({ tip, name }: { readonly tip: readonly [number, number]; readonly name: string }) {
  const { x, y } = usePlane();
  const length = Math.hypot(...tip);
  const beyond = length > 1e-6 ? (length + 0.16) / length : 0;
  return (
    <g data-sym="W">
      <path className="superposition-vector" d={`M${x(0)} ${y(0)}L${x(tip[0])} ${y(tip[1])}`} />
      {length > 0.08 && (
        <text className="superposition-number" x={x(tip[0] * beyond)} y={y(tip[1] * beyond) + 6}>
          {name}
        </text>
      )}
    </g>
  );
}
