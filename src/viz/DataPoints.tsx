import { classCss } from "./colour.ts";
import { usePlane } from "./planeContext.ts";

export interface DataPoint {
  readonly x: number;
  readonly y: number;
  /** Which class it belongs to, from 0: gives shape and colour. */
  readonly class: number;
  /** Drawn ringed: on the wrong side, say. */
  readonly marked?: boolean;
}

export interface DataPointsProps {
  readonly points: readonly DataPoint[];
  /** What each class is called, for the words on hover. */
  readonly classNames?: readonly string[];
  /** Half the width of a mark, in units of the drawing. */
  readonly size?: number;
}

const shapes = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "wedge",
  "plus",
  "star",
  "hourglass",
] as const;
export type MarkShape = (typeof shapes)[number];

/** The shape of a class: eight have one each; beyond them, a shape that its hue has not had. */
export function classShape(index: number): MarkShape {
  const label = Math.round(index);
  const count = shapes.length;
  return shapes[(((label + Math.floor(label / count)) % count) + count) % count] as MarkShape;
}

/** The outline of every shape but the circle, about the origin, as large as a circle of radius 1 looks. */
export const markOutlines: Record<Exclude<MarkShape, "circle">, string> = {
  square: "M-.9-.9H.9V.9H-.9Z",
  triangle: "M0-1.15L1.1.8H-1.1Z",
  diamond: "M0-1.3L1.1 0 0 1.3-1.1 0Z",
  wedge: "M0 1.15L1.1-.8H-1.1Z",
  plus: "M-.42-1.2H.42V-.42H1.2V.42H.42V1.2H-.42V.42H-1.2V-.42H-.42Z",
  star: "M0-1.35L.36-.42 1.29-.42 .55.15 .8 1.1 0 .55-.8 1.1-.55.15-1.29-.42-.36-.42Z",
  hourglass: "M-1-1.1H1L-1 1.1H1Z",
};

export interface DataMarkProps {
  readonly class: number;
  readonly size?: number;
  readonly marked?: boolean;
}

/** The mark of one class, about the origin. Also the picture of a movable point. */
export function DataMark({ class: index, size = 6, marked = false }: DataMarkProps) {
  const shape = classShape(index);
  const style = { fill: classCss(index) };
  return (
    <g className="viz-mark" style={{ scale: "var(--lab-mark-scale, 1)" }}>
      {marked && <circle className="viz-ring" r={size * 1.9} />}
      {shape === "circle" ? (
        <circle r={size} style={style} />
      ) : (
        <path d={markOutlines[shape]} transform={`scale(${size})`} style={style} />
      )}
    </g>
  );
}

/** Points of data in a `Plane`; each class has its shape as well as its colour. */
export function DataPoints({ points, classNames, size = 6 }: DataPointsProps) {
  const { x, y } = usePlane();
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the marks take no focus
    <g className="viz-points" aria-hidden="true">
      {points.map((point, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the data
        <g key={index} transform={`translate(${x(point.x)} ${y(point.y)})`}>
          <title>{classNames?.[point.class] ?? `class ${point.class}`}</title>
          <DataMark
            class={point.class}
            size={size}
            {...(point.marked === undefined ? {} : { marked: point.marked })}
          />
        </g>
      ))}
    </g>
  );
}
