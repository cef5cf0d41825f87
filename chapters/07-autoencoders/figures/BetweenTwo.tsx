import { useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { takeRows } from "../../../src/training/batches.ts";
import { PictureGrid } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { side } from "../digits.ts";
import { codesOf } from "../planeLab.ts";
import { between } from "../planeNumbers.ts";
import { classCharacter } from "./CodePlane.tsx";

const steps = 9;
/** So many of the pictures held out are there to choose from. */
const offered = 20;

/** The codes on the way from one picture's to the other's. */
export function betweenProbes(
  ends: readonly [readonly number[], readonly number[]],
  digit: number,
) {
  const codes = between(ends[0], ends[1], steps);
  if ((codes[0]?.length ?? 0) === 0) return { watches: [], probes: {} };
  return { watches: ["x_hat@between"], probes: { between: codesOf(codes, digit) } };
}

/** From one picture to another, by their codes, and by their pixels. */
export function BetweenTwo({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const [end, setEnd] = useState<"A" | "B">("A");
  const isStill = useStillness();
  const rows = frame.heldOut.slice(0, offered);
  const { x, y } = takeRows(frame.data, rows);
  const pair = frame.input.x;
  const decoded = frame.values["x_hat@between"];
  const choose = (index: number) => {
    const { x, y, epsilon } = frame.input;
    const one = takeRows(frame.data, [rows[index] as number]);
    if (!x || !y || !epsilon || !one.x || !one.y) return;
    const place = end === "A" ? 0 : 1;
    void lab.input({
      x: replaced(x, one.x, place),
      y: replaced(y, one.y, place),
      epsilon,
    });
    setEnd(end === "A" ? "B" : "A");
  };
  return (
    <div className="latent-between">
      <div className="latent-choose">
        <Segmented
          label="Choose"
          value={end}
          options={[
            { value: "A", label: "A" },
            { value: "B", label: "B" },
          ]}
          onChange={(next) => setEnd(next as "A" | "B")}
        />
        {x && (
          <PictureGrid
            values={x}
            label={`Pictures held out, for ${end}`}
            columns={10}
            nameOf={(i) => `${end}: a ${classCharacter(y?.data[i] ?? 0)}`}
            disabled={isStill}
            onChoose={choose}
          />
        )}
      </div>
      <figure>
        <figcaption>by the codes: the decoder on the straight way from A to B</figcaption>
        {decoded?.shape[0] === steps && (
          <PictureGrid
            values={{ shape: [steps, side, side], data: decoded.data }}
            label="Decoded on the way from A to B"
            columns={steps}
          />
        )}
      </figure>
      <figure>
        <figcaption>by the pixels: one picture fades, the other comes</figcaption>
        {pair && (
          <PictureGrid values={blended(pair)} label="Pixels mixed from A to B" columns={steps} />
        )}
      </figure>
    </div>
  );
}

function replaced(all: NDArray, one: NDArray, place: number): NDArray {
  const data = all.data.slice();
  data.set(one.data, place * one.data.length);
  return { shape: all.shape, data };
}

/** The two pictures of `pair` `[2, side, side]` mixed pixel by pixel. */
function blended(pair: NDArray): NDArray {
  const size = side * side;
  const [from, to] = [pair.data.subarray(0, size), pair.data.subarray(size, 2 * size)];
  const mixed = between(Array.from(from), Array.from(to), steps);
  return { shape: [steps, side, side], data: Float32Array.from(mixed.flat()) };
}
