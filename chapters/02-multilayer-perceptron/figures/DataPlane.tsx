import { memo, type PointerEvent, useMemo, useRef } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { ClassSurface } from "../../../src/viz/ClassSurface.tsx";
import { ColourLegend } from "../../../src/viz/ColourLegend.tsx";
import { classCss, divergingCss } from "../../../src/viz/colour.ts";
import { DataMark } from "../../../src/viz/DataPoints.tsx";
import { Plane } from "../../../src/viz/Plane.tsx";
import { dataAt, usePlane } from "../../../src/viz/planeContext.ts";
import { Surface } from "../../../src/viz/Surface.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { newGesture } from "../../../src/widgets/gesture.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { outputsOf } from "../network.ts";
import { plane, setsOf } from "../playgroundLab.ts";
import { type Column, scaleOf, surfaceOf } from "./playgroundParts.ts";

/** What a press on the plane does: looks at the nearest example, adds one with this label, or removes. */
export type Tool = "look" | "remove" | number;

export interface DataPlaneProps extends FigureProps {
  readonly columns: readonly Column[];
  /** The unit whose surface is shown; null: the network's answer. */
  readonly unit: { readonly column: number; readonly unit: number } | null;
  readonly tool: Tool;
  readonly showsTest: boolean;
  /** The example in hand: a row of the data. */
  readonly one: number | null;
  readonly onOne: (row: number) => void;
}

const axis = { domain: [plane.from, plane.to], ticks: [-6, -4, -2, 0, 2, 4, 6] } as const;

/** A hand that draws, and the reader's own points, need every point in sight, those of the test too. */
function seesTest({ frame, tool, showsTest }: DataPlaneProps): boolean {
  return showsTest || tool !== "look" || frame.config.dataset === "own";
}

/** The plane of the two inputs: what the network says everywhere, and the points. */
export function DataPlane(props: DataPlaneProps) {
  const { frame, one } = props;
  const showsTest = seesTest(props);
  const { data, heldOut } = frame;
  const { train, test } = useMemo(() => setsOf({ data, heldOut }), [data, heldOut]);
  const isRegression = frame.config.task === "regression";
  return (
    <Plane
      x={{ ...axis, label: "x₁", sym: "x" }}
      y={{ ...axis, label: "x₂", sym: "x" }}
      label="The plane of the two inputs: the network’s answer at every place, and the data"
      underlay={<Underlay {...props} />}
    >
      {showsTest && test && <Points x={test.x} y={test.y} isRegression={isRegression} isTest />}
      <Points x={train.x} y={train.y} isRegression={isRegression} />
      {one !== null && <InHand x={frame.data.x} row={one} />}
      <Hand {...props} />
    </Plane>
  );
}

function Underlay({ frame, columns, unit }: DataPlaneProps) {
  const column = unit && columns[unit.column];
  if (unit && column) {
    const values = frame.values[`${column.tap}@units`];
    if (!values) return null;
    const { unitCells } = plane;
    return (
      <Surface
        values={{ shape: [unitCells, unitCells], data: surfaceOf(values, unit.unit) }}
        {...scaleOf(frame, column, values.data)}
      />
    );
  }
  const values = frame.values["y_hat@fine"] ?? frame.values["y_hat@grid"];
  if (!values) return null;
  const cells = Math.round(Math.sqrt(values.shape[0] ?? 1));
  if (outputsOf(frame.config) > 1) return <ClassSurface values={values} columns={cells} />;
  const isRegression = frame.config.task === "regression";
  return (
    <Surface
      values={{ shape: [cells, cells], data: values.data }}
      centre={isRegression ? 0 : 0.5}
      reach={isRegression ? 1.2 : 0.65}
    />
  );
}

/** What the colours of the plane mean. */
export function PlaneLegend({
  frame,
  columns,
  unit,
}: Omit<DataPlaneProps, "tool" | "onOne" | "one" | "showsTest">) {
  const column = unit && columns[unit.column];
  if (unit && column) {
    const values = frame.values[`${column.tap}@units`];
    const { centre, reach } = scaleOf(frame, column, values?.data ?? []);
    const name = column.names[unit.unit] ?? "";
    return <ColourLegend centre={centre} reach={reach} label={name} />;
  }
  if (outputsOf(frame.config) > 1) {
    return <span className="net-legend">the hue of a class, the paler the less sure</span>;
  }
  const isRegression = frame.config.task === "regression";
  return <ColourLegend centre={isRegression ? 0 : 0.5} reach={isRegression ? 1 : 0.5} label="ŷ" />;
}

interface PointsProps {
  readonly x: NDArray | undefined;
  readonly y: NDArray | undefined;
  readonly isRegression: boolean;
  readonly isTest?: boolean;
}

const same = (a: NDArray | undefined, b: NDArray | undefined): boolean =>
  a === b ||
  (a?.data.length === b?.data.length &&
    (a?.data.every((value, i) => value === b?.data[i]) ?? true));

/** Up to a thousand marks: drawn anew only when a point has changed. */
const Points = memo(
  function Points({ x, y, isRegression, isTest = false }: PointsProps) {
    const scale = usePlane();
    return (
      // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the marks take no focus
      <g className={isTest ? "net-points net-test" : "net-points"} aria-hidden="true">
        {Array.from(y?.data ?? [], (label, i) => (
          <g
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the data
            key={i}
            transform={`translate(${scale.x(x?.data[2 * i] ?? 0)} ${scale.y(x?.data[2 * i + 1] ?? 0)})`}
            style={isTest && !isRegression ? { color: classCss(label) } : undefined}
          >
            {isRegression ? (
              <circle className="net-value" r={4} style={{ fill: divergingCss(label, 1) }} />
            ) : (
              <DataMark class={label} size={4} />
            )}
          </g>
        ))}
      </g>
    );
  },
  (a, b) => same(a.x, b.x) && same(a.y, b.y) && a.isRegression === b.isRegression,
);

function InHand({ x, row }: { readonly x: NDArray | undefined; readonly row: number }) {
  const scale = usePlane();
  const [x_1, x_2] = [x?.data[2 * row], x?.data[2 * row + 1]];
  if (x_1 === undefined || x_2 === undefined) return null;
  return <circle className="net-in-hand" cx={scale.x(x_1)} cy={scale.y(x_2)} />;
}

/** How far, in data units, a pointer goes before it leaves another point behind. */
const brush = 0.45;

/** The plane under the pointer: it looks, draws or removes. */
function Hand(props: DataPlaneProps) {
  const { frame, lab, tool, onOne } = props;
  const geometry = usePlane();
  const isStill = useStillness();
  const stroke = useRef<{
    gesture: string;
    last: readonly [number, number];
    x: number[][];
    y: number[];
  } | null>(null);
  if (isStill) return null;
  const [left, right] = geometry.x.range;
  const [bottom, top] = geometry.y.range;

  const rows = () => {
    const flat = frame.data.x?.data ?? [];
    const y = Array.from(frame.data.y?.data ?? []);
    return { x: y.map((_, i) => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]), y };
  };
  const nearest = (place: readonly [number, number]) => {
    const hidden = new Set(seesTest(props) ? [] : frame.heldOut);
    const distances = rows().x.map(([a = 0, b = 0], row) =>
      hidden.has(row) ? Number.POSITIVE_INFINITY : Math.hypot(a - place[0], b - place[1]),
    );
    const row = distances.indexOf(Math.min(...distances));
    return { row, distance: distances[row] ?? Number.POSITIVE_INFINITY };
  };
  const press = (event: PointerEvent<SVGRectElement>) => {
    const place = dataAt(geometry, event.clientX, event.clientY);
    if (!place || event.button !== 0) return;
    if (tool === "look") return onOne(nearest(place).row);
    if (tool === "remove") {
      const { row, distance } = nearest(place);
      const { x, y } = rows();
      if (distance > 0.6 || y.length === 1) return;
      return void lab.data({ x: x.filter((_, i) => i !== row), y: y.filter((_, i) => i !== row) });
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    stroke.current = { gesture: newGesture(), last: place, ...rows() };
    leave(place, tool);
  };
  const move = (event: PointerEvent<SVGRectElement>) => {
    const place = dataAt(geometry, event.clientX, event.clientY);
    const { current } = stroke;
    if (!place || !current || typeof tool !== "number") return;
    if (Math.hypot(place[0] - current.last[0], place[1] - current.last[1]) > brush)
      leave(place, tool);
  };
  const leave = (place: readonly [number, number], label: number) => {
    const { current } = stroke;
    const isInside = place.every((value) => value >= plane.from && value <= plane.to);
    if (!current || !isInside) return;
    current.last = place;
    current.x.push(place.map((value) => Math.round(value * 100) / 100));
    current.y.push(label);
    void lab.data({ x: current.x, y: current.y }, current.gesture);
  };
  const end = () => {
    stroke.current = null;
  };

  return (
    <rect
      className="net-ground"
      data-tool={typeof tool === "number" ? "add" : tool}
      x={left}
      y={top}
      width={right - left}
      height={bottom - top}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}
