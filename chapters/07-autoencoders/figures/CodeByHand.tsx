import { useEffect, useState } from "react";
import { Picture } from "../../../src/viz/Picture.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { modeOf } from "../bottleneckLab.ts";
import { side } from "../digits.ts";

/** Numbers a row. */
const columns = 4;
const watched = "x_hat@hand";

type CodeByHandProps = Pick<FigureProps, "frame" | "lab"> & { readonly chosen: number };

/** The code of one picture, whose numbers can be changed, and what the decoder makes of them. */
export function CodeByHand({ frame, lab, chosen }: CodeByHandProps) {
  const isStill = useStillness();
  const [own, setOwn] = useState<readonly number[] | null>(null);
  const { h, x_hat } = frame.values;
  const width = h?.shape[1] ?? 0;
  const code = own ?? Array.from(h?.data.subarray(chosen * width, (chosen + 1) * width) ?? []);
  useEffect(() => {
    if (!own) return;
    const hand = { h: { shape: [1, own.length], data: Float32Array.from(own) } };
    // A refusal is shown by the lab.
    lab.watch([watched], { hand }).catch(() => {});
    return () => {
      lab.watch([]).catch(() => {});
    };
  }, [lab, own]);
  const size = side * side;
  const plain = x_hat?.data.subarray(chosen * size, (chosen + 1) * size);
  const shown = own ? (frame.values[watched]?.data ?? plain) : plain;
  const [low, high] = { l1: [0, 10], kl: [0, 1] }[modeOf(frame.config) as string] ?? [-50, 50];
  return (
    <figure className="ae-hand">
      <figcaption>The code of picture {chosen + 1}, in your hand</figcaption>
      <div className="ae-hand-parts">
        <div className="ae-hand-picture">
          {shown && (
            <Picture
              values={{ shape: [side, side], data: shown }}
              label="What the decoder makes of this code"
            />
          )}
          <button type="button" disabled={isStill || !own} onClick={() => setOwn(null)}>
            Let go
          </button>
        </div>
        <div className="ae-numbers">
          {Array.from({ length: Math.ceil(width / columns) }, (_, row) => {
            const part = code.slice(row * columns, (row + 1) * columns);
            return (
              <EditableMatrix
                // biome-ignore lint/suspicious/noArrayIndexKey: a part of the code is its place
                key={row}
                values={{ shape: [1, part.length], data: part }}
                label={`Numbers ${row * columns + 1} to ${row * columns + part.length} of the code`}
                entryLabel={(_, column) => `number ${row * columns + column + 1} of the code`}
                initial={part}
                min={low}
                max={high}
                step={0.1}
                digits={2}
                width={4.5}
                reach={Math.max(...code.map(Math.abs), 1e-6)}
                onChange={(values) => setOwn(code.toSpliced(row * columns, part.length, ...values))}
                sym="h"
              />
            );
          })}
        </div>
      </div>
    </figure>
  );
}
