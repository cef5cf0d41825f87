import { Curve } from "../../../src/viz/Curve.tsx";
import { extentOf } from "../../../src/viz/grid.ts";
import { Outline } from "../../../src/viz/Picture.tsx";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { omega } from "../positionsData.ts";
import { rowOf, settingsOf } from "../positionsLab.ts";
import { hue } from "./hue.ts";
import { TablePicture } from "./TablePicture.tsx";

/** Both tables of codes, and one of their columns as a curve over the places. */
export function PlaceTables({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const { T, d, t, dimension } = settingsOf(frame);
  const { P, W_P } = frame.values;
  if (!P || !W_P) return null;
  const choose = (place: number, column: number, gesture: string) =>
    lab.configure({ place, dimension: column }, gesture);
  const marks = (
    <>
      <Outline row={t} column={0} columns={d} kind="touch" />
      <Outline row={0} column={dimension} rows={T} kind="seen" />
    </>
  );
  const size = (
    <span>
      N<sub>l</sub> × N<sub>dim</sub> = {T} × {d}
    </span>
  );
  return (
    <>
      <div className="positions-pair">
        <TablePicture
          values={P}
          label="the waves P"
          sym="P"
          reach={1}
          onChoose={choose}
          title={
            <>
              <b>P</b> waves {size}
            </>
          }
        >
          {marks}
        </TablePicture>
        <TablePicture
          values={W_P}
          label="the learned codes W_P"
          sym="W_P"
          onChoose={choose}
          title={
            <>
              <b>
                W<sub>P</sub>
              </b>{" "}
              learned {size}
            </>
          }
        >
          {marks}
        </TablePicture>
      </div>
      <Column
        waves={columnOf(P, dimension)}
        learned={columnOf(W_P, dimension)}
        t={t}
        wave={waveOf(dimension, d)}
        samples={isStill ? 60 : 400}
      />
    </>
  );
}

function columnOf(table: Parameters<typeof rowOf>[0], column: number): number[] {
  return Array.from({ length: table?.shape[0] ?? 0 }, (_, t) => rowOf(table, t)[column] ?? 0);
}

/** The wave that number `dimension` of the codes is read from, between the places too. */
function waveOf(dimension: number, d: number): (t: number) => number {
  const speed = omega(Math.floor(dimension / 2), d);
  return dimension % 2 === 0 ? (t) => Math.sin(t * speed) : (t) => Math.cos(t * speed);
}

interface ColumnProps {
  readonly waves: readonly number[];
  readonly learned: readonly number[];
  readonly t: number;
  readonly wave: (t: number) => number;
  readonly samples: number;
}

function Column({ waves, learned, t, wave, samples }: ColumnProps) {
  const reach = Math.max(1, Math.ceil(2 * extentOf(learned).reach) / 2) * 1.1;
  return (
    <Plane
      x={{ domain: [-0.5, waves.length - 0.5], label: "place t" }}
      y={{ domain: [-reach, reach], ticks: 3, label: "● wave, ◇ learned" }}
      width={560}
      height={190}
      label="One column of both tables, as curves over the places"
    >
      <Curve f={wave} samples={samples} sym="P" colour={hue} thin />
      <Marks waves={waves} learned={learned} t={t} />
    </Plane>
  );
}

/** To a tenth of a unit of the drawing: a still carries each digit. */
const tenths = (at: number): string => at.toFixed(1);

function Marks({ waves, learned, t }: Omit<ColumnProps, "wave" | "samples">) {
  const { x, y } = usePlane();
  const dots = waves.map((value, at) => `M${tenths(x(at))} ${tenths(y(value))}h0`).join("");
  const diamonds = learned
    .map((value, at) => `M${tenths(x(at))} ${tenths(y(value) - 5)}l5 5l-5 5l-5-5z`)
    .join("");
  const [bottom, top] = y.range;
  return (
    <>
      <path className="positions-now" d={`M${x(t)} ${top}V${bottom}`} />
      <path className="positions-diamonds" data-sym="W_P" d={diamonds} />
      <path className="positions-dots" data-sym="P" d={dots} />
    </>
  );
}
