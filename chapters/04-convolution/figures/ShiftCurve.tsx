import type { NDArray } from "../../../src/data/ndarray.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { percent } from "../digitsLab.ts";
import { farthest } from "../shiftData.ts";
import { curveCount, rightAt, shiftText } from "../shiftLab.ts";
import { type NetName, nets, shifts } from "../shiftNets.ts";
import { NetMark, netColour, netShape } from "./NetMark.tsx";

interface ShiftCurveProps extends Pick<FigureProps, "frame" | "lab"> {
  /** Each net's share of right answers at each shift, `[shifts, nets]`; none until it is computed. */
  readonly curve: NDArray | undefined;
}

/** Right answers by how far the held-out digits are shifted to the side. */
export function ShiftCurve({ frame, lab, curve }: ShiftCurveProps) {
  const { right, down } = frame.config as { right: number; down: number };
  return (
    <div className="shift-curve">
      <Plane
        x={{
          domain: [-farthest - 0.4, farthest + 0.4],
          label: "pixels to the right",
          ticks: shifts.filter((by) => by % 2 === 0),
        }}
        y={{
          domain: [0, 1.04],
          label: "right answers, %",
          ticks: [0, 0.25, 0.5, 0.75, 1],
          tickText: (share) => numberText(100 * share),
        }}
        width={460}
        height={300}
        label="The share of right answers by the shift, for each of the four nets"
      >
        <Curve f={() => 0.1} dashed thin />
        {curve &&
          nets.map(({ name }, net) => (
            <Curve
              key={name}
              points={shifts.map((by) => [by, rightAt(curve, net, by)] as const)}
              colour={netColour(name)}
            />
          ))}
        {curve &&
          nets.map(({ name }, net) => <Marks key={name} name={name} net={net} curve={curve} />)}
        <Movable
          at={[right, 0]}
          axis="x"
          label="Shift to the right"
          step={1}
          constrain={([x]) => [Math.max(-farthest, Math.min(farthest, Math.round(x))), 0]}
          onMove={([x], gesture) => lab.configure({ right: x }, gesture)}
        />
      </Plane>
      <div className="shift-key">
        <p className="figure-note">
          {curve
            ? `Right answers on ${curveCount} held-out digits, each ${sideways(right)}:`
            : `Shifting ${curveCount} held-out digits to ${shifts.length} places…`}
        </p>
        <dl>
          {nets.map(({ name, label }, net) => (
            <div key={name}>
              <dt>
                <NetMark net={name} /> {label}
              </dt>
              <dd>{percent(rightAt(curve, net, right))}</dd>
            </div>
          ))}
        </dl>
        <p className="figure-note">
          The dashed line is guessing.{down === 0 ? "" : " Here they are shifted to the side only."}
        </p>
      </div>
    </div>
  );
}

function sideways(right: number): string {
  return right === 0 ? "where it stood" : `shifted ${shiftText(right, 0)}`;
}

interface MarksProps {
  readonly name: NetName;
  readonly net: number;
  readonly curve: NDArray;
}

function Marks({ name, net, curve }: MarksProps) {
  const { x, y } = usePlane();
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the marks take no focus
    <g aria-hidden="true">
      {shifts.map((by) => (
        <path
          key={by}
          className="shift-mark"
          d={netShape[name]}
          transform={`translate(${x(by)} ${y(rightAt(curve, net, by))}) scale(0.8)`}
          style={{ fill: netColour(name) }}
        />
      ))}
    </g>
  );
}
