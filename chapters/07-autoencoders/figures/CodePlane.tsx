import { useMemo } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { classCss } from "../../../src/viz/colour.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { Surface } from "../../../src/viz/Surface.tsx";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { PlaneGround } from "../../../src/widgets/PlaneGround.tsx";
import type { Place } from "../../../src/widgets/useMovable.ts";
import { side } from "../digits.ts";
import { groundSide, reach, type Slice } from "../planeLab.ts";
import { halved, joined, rowOf } from "../planeNumbers.ts";

export type PlaneShows = "both" | "pictures" | "codes";

interface CodePlaneProps {
  readonly frame: Frame;
  readonly slice: Slice;
  readonly shows: PlaneShows;
  readonly walk: Place;
  readonly onWalk: (place: Place) => void;
  readonly onHover: (place: Place | null) => void;
  /** Whether the reader's own digit is on it. */
  readonly own: boolean;
  /** Whether the two pictures of the input are marked, and the way between them. */
  readonly marksEnds: boolean;
}

/** The plane of two numbers of the code: what is decoded from it, the codes of pictures, and a handle to walk with. */
export function CodePlane(props: CodePlaneProps) {
  const { frame, slice, shows, walk, onWalk, onHover } = props;
  const [across, up] = slice.axes;
  return (
    <Plane
      x={{ domain: [-reach, reach], label: `z${below(across + 1)}`, sym: "z" }}
      y={{ domain: [-reach, reach], label: `z${below(up + 1)}`, sym: "z" }}
      width={480}
      height={506}
      className={`latent-${shows}`}
      label="The plane of codes: the pictures that the decoder makes of it, and where the pictures held out lie"
      underlay={shows !== "codes" && <Ground pictures={frame.values["x_hat@ground"]} />}
    >
      {shows !== "pictures" && <Codes frame={frame} axes={slice.axes} />}
      {props.marksEnds && <Ends codes={frame.values.mu} axes={slice.axes} />}
      {props.own && <Own frame={frame} axes={slice.axes} />}
      <PlaneGround onHover={onHover} onChoose={onWalk} />
      <Movable
        at={walk}
        label="The place that is decoded"
        valueText={([x, y]) =>
          `z ${across + 1} ${numberText(x, 2)}, z ${up + 1} ${numberText(y, 2)}`
        }
        step={0.1}
        onMove={onWalk}
      />
    </Plane>
  );
}

export const below = (number: number): string =>
  [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");

function Ground({ pictures }: { readonly pictures: NDArray | undefined }) {
  const sheet = useMemo(() => {
    if (pictures?.shape[0] !== groundSide ** 2) return null;
    const whole = joined(pictures, groundSide, side);
    return typeof document === "undefined" ? halved(whole) : whole;
  }, [pictures]);
  if (!sheet) return null;
  return <Surface values={sheet} reach={1} scale="sequential" rowsRise={false} />;
}

interface OnPlane {
  readonly axes: Slice["axes"];
}

/** A character for a class: its digit, and letters from the tenth on. */
export const classCharacter = (label: number): string =>
  Math.max(0, Math.min(35, Math.round(label)))
    .toString(36)
    .toUpperCase();

/** The codes of the pictures held out, each as its digit: one text a class, whose characters stand where they belong. */
function Codes({ frame, axes: [across, up] }: OnPlane & { readonly frame: Frame }) {
  const { x, y } = usePlane();
  const codes = frame.values["mu@test"];
  const labels = frame.data.y?.data;
  if (!codes || !labels) return null;
  const [m = 0, d = 1] = codes.shape;
  if (across >= d || up >= d) return null;
  const byClass = new Map<number, { xs: string[]; ys: string[] }>();
  for (let row = 0; row < m; row++) {
    const label = labels[frame.heldOut[row] ?? 0] ?? 0;
    const group = byClass.get(label) ?? { xs: [], ys: [] };
    byClass.set(label, group);
    group.xs.push(x(codes.data[row * d + across] as number).toFixed(1));
    group.ys.push(y(codes.data[row * d + up] as number).toFixed(1));
  }
  return (
    <Clipped>
      {[...byClass].map(([label, { xs, ys }]) => (
        <text
          key={label}
          className="latent-codes"
          x={xs.join(" ")}
          y={ys.join(" ")}
          style={{ fill: classCss(label) }}
        >
          {classCharacter(label).repeat(xs.length)}
        </text>
      ))}
    </Clipped>
  );
}

/** The two pictures between which a way leads. */
function Ends({ codes, axes }: OnPlane & { readonly codes: NDArray | undefined }) {
  const { x, y } = usePlane();
  const places = [0, 1].map((row) => {
    const code = rowOf(codes, row);
    return [x(code[axes[0]] ?? 0), y(code[axes[1]] ?? 0)] as const;
  });
  const [[ax, ay], [bx, by]] = places as [readonly [number, number], readonly [number, number]];
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes focus
    <g className="latent-ends" aria-hidden="true">
      <path d={`M${ax} ${ay}L${bx} ${by}`} />
      {places.map(([left, top], i) => (
        <g key={i === 0 ? "A" : "B"} transform={`translate(${left} ${top})`}>
          <circle r={11} />
          <text textAnchor="middle" dominantBaseline="central">
            {i === 0 ? "A" : "B"}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Where the reader's digit lies: its μ, and ellipses of one σ and of two. */
function Own({ frame, axes: [across, up] }: OnPlane & { readonly frame: Frame }) {
  const { x, y } = usePlane();
  const mu = rowOf(frame.values["mu@own"], 0);
  const sigma = rowOf(frame.values["log_var@own"], 0).map((log) => Math.exp(log / 2));
  const [cx, cy] = [mu[across], mu[up]];
  if (cx === undefined || cy === undefined) return null;
  const wide = (times: number) => Math.abs(x(times * (sigma[across] ?? 0)) - x(0));
  const high = (times: number) => Math.abs(y(times * (sigma[up] ?? 0)) - y(0));
  return (
    <Clipped>
      <g className="latent-own" transform={`translate(${x(cx)} ${y(cy)})`}>
        <ellipse rx={wide(2)} ry={high(2)} className="latent-own-far" />
        <ellipse rx={wide(1)} ry={high(1)} />
        <path d="M-7 0H7M0-7V7" />
      </g>
    </Clipped>
  );
}
