import { Curve } from "../../../src/viz/Curve.tsx";
import { Outline } from "../../../src/viz/Picture.tsx";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { type AtDistance, byDistance } from "../positionsData.ts";
import { settingsOf } from "../positionsLab.ts";
import { hue } from "./hue.ts";
import { TablePicture } from "./TablePicture.tsx";

/** The products of all pairs of places, and the same by distance. */
export function PlaceProducts({ frame, lab }: FigureProps) {
  const { T, t } = settingsOf(frame);
  const { PP } = frame.values;
  const learned = frame.values["learned.PP"];
  if (!PP || !learned) return null;
  const choose = (place: number, _column: number, gesture: string) =>
    lab.configure({ place }, gesture);
  const size = (
    <span>
      N<sub>l</sub> × N<sub>l</sub> = {T} × {T}
    </span>
  );
  const mark = <Outline row={t} column={0} columns={T} kind="touch" />;
  return (
    <>
      <div className="positions-pair">
        <TablePicture
          values={PP}
          label="products of the waves’ places"
          sym="PP"
          onChoose={choose}
          title={
            <>
              <b>P Pᵀ</b> waves {size}
            </>
          }
        >
          {mark}
        </TablePicture>
        <TablePicture
          values={learned}
          label="products of the learned places"
          sym="W_P"
          onChoose={choose}
          title={
            <>
              <b>
                W<sub>P</sub> W<sub>P</sub>ᵀ
              </b>{" "}
              learned {size}
            </>
          }
        >
          {mark}
        </TablePicture>
      </div>
      <Plane
        x={{ domain: [0, T - 1], label: "distance of two places" }}
        y={{ domain: [-1, 1.25], label: "product (1: with itself)" }}
        width={560}
        height={210}
        label="Products by distance: the waves’ depend on the distance alone; the learned ones vary within a band"
      >
        <Band at={byDistance(learned)} />
        <Curve
          points={byDistance(learned).map(({ distance, mean }) => [distance, mean] as const)}
          sym="W_P"
          colour={hue}
          dashed
        />
        <Curve
          points={byDistance(PP).map(({ distance, mean }) => [distance, mean] as const)}
          sym="P"
          colour={hue}
        />
      </Plane>
      <p className="figure-note">
        <span data-sym="P">Line: the waves</span>, the same for every pair at a distance.{" "}
        <span data-sym="W_P">Dashes: the mean of the learned</span>, in the band of all pairs.
      </p>
    </>
  );
}

/** From the least to the greatest product at each distance. */
function Band({ at }: { at: readonly AtDistance[] }) {
  const { x, y } = usePlane();
  const over = at.map(({ distance, most }) => `${x(distance)} ${y(most)}`);
  const under = at.map(({ distance, least }) => `${x(distance)} ${y(least)}`).reverse();
  return (
    <Clipped>
      <path className="positions-band" data-sym="W_P" d={`M${[...over, ...under].join("L")}Z`} />
    </Clipped>
  );
}
