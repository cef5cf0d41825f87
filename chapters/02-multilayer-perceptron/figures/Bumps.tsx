import { useRef, useState } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { clamp, type Domain } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { type BumpPart, type BumpShape, bumpShapes, withPart, withSlope } from "../bumpShape.ts";
import { targetOptions } from "../bumpsLab.ts";
import { numbers } from "../words.ts";
import { BumpNumbers } from "./BumpNumbers.tsx";
import { Pencil } from "./Pencil.tsx";
import "./bumps.css";

const hands = [
  { value: "draws", label: "draws the curve" },
  { value: "pulls", label: "pulls the bumps" },
];
const across: Domain = [0, 1];
const up: Domain = [-1.4, 1.4];

/** One hidden layer as bumps: each has its handles, and the thick line is their sum. */
export function Bumps({ frame, lab }: FigureProps) {
  const [chosen, setChosen] = useState(0);
  const drawn = useRef<number[] | null>(null);
  const shapes = bumpShapes(frame);
  const j = Math.min(chosen, shapes.length - 1);
  const shape = shapes[j];
  const c = entry(frame.values["layers.1.b"]);
  const isDrawing = frame.config.target === "own";
  const [hand, setHand] = useState<string>("draws");

  const move = (part: BumpPart, value: number, gesture: string) => {
    const { name, value: array } = withPart(shapes, j, part, value);
    return lab.write(name, array, gesture);
  };
  const slope = shape ? Math.abs(shape.w[0]) : 0;
  const setSlope = (w: number, gesture: string) =>
    Promise.all(
      Object.entries(withSlope(shapes, w)).map(([name, value]) => lab.write(name, value, gesture)),
    );
  const draw = (at: readonly (readonly [number, number])[], gesture: string) => {
    const x = numbers(frame.data.x);
    const y = drawn.current ?? numbers(frame.data.y);
    for (const [from, to] of at) {
      const index = Math.round(from * (x.length - 1));
      y[index] = clamp(to, ...up);
    }
    drawn.current = y;
    return lab.data({ x, y }, gesture);
  };

  return (
    <div className="bumps">
      <Plane
        x={{ domain: across, label: "x", sym: "x" }}
        y={{ domain: up, label: "ŷ", sym: "y_hat" }}
        width={560}
        height={380}
        label={`The curve, ${shapes.length} bumps, and their sum`}
      >
        <Target frame={frame} />
        <Parts frame={frame} chosen={j} />
        <Curve points={curveOf(frame)} sym="y_hat" />
        {shape && (
          <>
            <Edge shape={shape} side="left" index={j} onMove={move} />
            <Edge shape={shape} side="right" index={j} onMove={move} />
          </>
        )}
        {/* All stay in their place when one is chosen, or the focus that chose it would be lost. */}
        {shapes.map((own, at) => (
          <Height
            // biome-ignore lint/suspicious/noArrayIndexKey: a bump is its place
            key={at}
            shape={own}
            index={at}
            isChosen={at === j}
            onHold={() => setChosen(at)}
            onMove={(value, gesture) => {
              const { name, value: array } = withPart(shapes, at, "height", value);
              return lab.write(name, array, gesture);
            }}
          />
        ))}
        {/* Above the handles, or a stroke that begins at one would pull it. */}
        {isDrawing && hand === "draws" && (
          <Pencil
            onDraw={draw}
            onDone={() => {
              drawn.current = null;
            }}
          />
        )}
      </Plane>
      <div className="bumps-side">
        <div className="bumps-settings">
          <Select
            label="Curve"
            value={String(frame.config.target)}
            options={targetOptions}
            onChange={(target) =>
              target === "own"
                ? lab.edit({ config: { target }, data: { ...frame.data } })
                : lab.configure({ target })
            }
          />
          <span className="control">
            <span className="control-label" aria-hidden="true">
              Slope of all edges
            </span>
            <NumberField
              label="Slope w of all edges"
              value={slope}
              min={1}
              max={500}
              scale="log"
              onChange={setSlope}
              sym="layers.0.W"
            />
          </span>
          <span className="control">
            <span className="control-label" aria-hidden="true">
              c, added everywhere
            </span>
            <NumberField
              label="c, the bias of the output"
              value={c}
              onChange={(value, gesture) => lab.write("layers.1.b", [value], gesture)}
            />
          </span>
        </div>
        {isDrawing && (
          <Segmented label="The hand" value={hand} options={hands} onChange={setHand} />
        )}
        {shape && <BumpNumbers shape={shape} index={j} shapes={shapes} lab={lab} />}
      </div>
    </div>
  );
}

function curveOf({ values }: FigureProps["frame"]): [number, number][] {
  const y_hat = numbers(values["y_hat@curve"]);
  return y_hat.map((y, i) => [i / (y_hat.length - 1), y]);
}

/** The curve to be followed: the examples that training uses. */
function Target({ frame }: Pick<FigureProps, "frame">) {
  const { x, y } = usePlane();
  const heights = numbers(frame.data.y);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the marks take no focus
    <g className="bumps-target" aria-hidden="true">
      {numbers(frame.data.x).map((at, i) => (
        <circle key={at} cx={x(at)} cy={y(heights[i] ?? 0)} />
      ))}
    </g>
  );
}

/** Every bump by itself, the chosen one filled. */
function Parts({ frame, chosen }: Pick<FigureProps, "frame"> & { readonly chosen: number }) {
  const { x, y } = usePlane();
  const bumps = frame.values["bumps@curve"];
  const [count = 0, width = 1] = bumps?.shape ?? [];
  const path = (j: number): string =>
    Array.from({ length: count }, (_, i) => {
      const at = `${x(i / (count - 1)).toFixed(1)} ${y(entry(bumps, i * width + j)).toFixed(1)}`;
      return `${i === 0 ? "M" : "L"}${at}`;
    }).join("");
  return (
    <Clipped>
      {Array.from({ length: width }, (_, j) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a bump is its place
          key={j}
          className="bump-part"
          data-chosen={j === chosen || undefined}
          d={j === chosen ? `${path(j)}L${x(1)} ${y(0)}L${x(0)} ${y(0)}Z` : path(j)}
        />
      ))}
    </Clipped>
  );
}

interface HeightProps {
  readonly shape: BumpShape;
  readonly index: number;
  readonly isChosen?: boolean;
  readonly onHold: () => void;
  readonly onMove: (value: number, gesture: string) => unknown;
}

/** The handle in the middle of a bump, at its height. */
function Height({ shape, index, isChosen = false, onHold, onMove }: HeightProps) {
  const middle = (shape.left + shape.right) / 2;
  if (!Number.isFinite(middle)) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handle inside is the control; to take it is to choose its bump
    <g className="bump-height" data-chosen={isChosen || undefined} onFocus={onHold}>
      <Movable
        at={[clamp(middle, ...across), clamp(shape.height, ...up)]}
        axis="y"
        step={0.05}
        label={`Height of bump ${index + 1}`}
        sym="layers.1.W"
        onMove={([, height], gesture) => onMove(hundredths(height), gesture)}
      />
    </g>
  );
}

interface EdgeProps {
  readonly shape: BumpShape;
  readonly side: "left" | "right";
  readonly index: number;
  readonly onMove: (part: BumpPart, value: number, gesture: string) => unknown;
}

/** The handle where one unit of a bump is half way up. */
function Edge({ shape, side, index, onMove }: EdgeProps) {
  const at = shape[side];
  if (!Number.isFinite(at)) return null;
  // Two edges of a flat bump would lie in the line of all others.
  const height = Math.abs(shape.height) < 0.1 ? 0 : shape.height / 2;
  return (
    <Movable
      at={[clamp(at, ...across), clamp(height, ...up)]}
      axis="x"
      step={0.01}
      label={`The ${side} edge of bump ${index + 1}`}
      valueText={([value]) => numberText(value)}
      sym="layers.0.b"
      onMove={([value], gesture) => onMove(side, Math.round(value * 1000) / 1000, gesture)}
    >
      <path className="bump-edge" d="M-7 0L0-7L7 0L0 7Z" />
    </Movable>
  );
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
