import "./learn.css";
import { type ReactNode, useState } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { extentOf, pictureAt } from "../../../src/viz/grid.ts";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { pictureCount, targetText, targetWeights } from "../learnData.ts";
import { wantedKernel } from "../learnLab.ts";
import { kernelWith, namedKernels } from "../namedKernels.ts";

/** A kernel on its way to another: what each answers, and both with their numbers. */
export function Learn({ frame, lab }: FigureProps) {
  const [index, setIndex] = useState(3);
  const isStill = useStillness();
  const { W, b, z } = frame.values;
  const { x, y } = frame.data;
  const k = Number(frame.config.size);
  const target = targetWeights(frame.config.target);
  const wanted = pictureAt(y ?? blank, index);
  const found = pictureAt(z ? { ...z, shape: z.shape.slice(0, 3) } : blank, index);
  const error = {
    shape: wanted.shape,
    data: Array.from(wanted.data, (value, i) => (found.data[i] ?? 0) - value),
  };
  const reach = Math.max(extentOf(wanted.data).reach, extentOf(found.data).reach);
  const kernelReach = Math.max(extentOf(target).reach, extentOf(W?.data ?? []).reach);
  const setTarget = (weights: readonly number[], gesture?: string) =>
    lab.configure({ target: targetText(weights) }, gesture);
  const square = (data: ArrayLike<number>) => ({ shape: [k, k], data });
  return (
    <div className="learn">
      <div className="learn-pictures">
        <Shown caption="the picture">
          <Picture values={pictureAt(x ?? blank, index)} label="The picture" sym="x" />
        </Shown>
        <Shown caption="wanted">
          <Picture values={wanted} label="Wanted" scale="diverging" reach={reach} sym="y" />
        </Shown>
        <Shown caption="found">
          <Picture values={found} label="Found" scale="diverging" reach={reach} sym="z" />
        </Shown>
        <Shown caption="found − wanted">
          <Picture values={error} label="The difference" scale="diverging" reach={reach} />
        </Shown>
      </div>
      <div className="learn-kernels">
        <Shown caption="the target">
          <EditableMatrix
            values={{ shape: [3, 3], data: target }}
            label="The target"
            reach={kernelReach}
            digits={2}
            width={5}
            onChange={setTarget}
          />
        </Shown>
        <Shown caption="the kernel now">
          <EditableMatrix
            key={k}
            values={square(W?.data ?? [])}
            label="The kernel now"
            reach={kernelReach}
            digits={2}
            width={6}
            sym="W"
            initial={W?.data}
            onChange={(values, gesture) =>
              lab.write("W", { shape: [1, 1, k, k], data: Float32Array.from(values) }, gesture)
            }
          />
          <span className="learn-bias" data-sym="b">
            b = {numberText(entry(b), 2)}
          </span>
        </Shown>
        <Shown caption="where the loss falls: −∂L/∂W">
          <Heatmap
            values={square(Array.from(frame.values["grad W"]?.data ?? [], (slope) => -slope))}
            label="The direction in which the loss falls"
            digits={2}
          />
        </Shown>
        {k > 3 && (
          <Shown caption="the target, as it would be here">
            <Heatmap
              values={square(wantedKernel(frame))}
              label="The target in a larger kernel"
              reach={kernelReach}
              digits={2}
            />
          </Shown>
        )}
      </div>
      <span className="lab-buttons">
        <Select
          label="Target"
          value={kernelWith(target)?.name ?? ""}
          options={[
            ...(kernelWith(target) ? [] : [{ value: "", label: "your own" }]),
            ...namedKernels.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange={(name) =>
            setTarget(namedKernels.find((kernel) => kernel.name === name)?.weights ?? target)
          }
        />
        <button
          type="button"
          disabled={isStill}
          onClick={() => setIndex((index + 1) % pictureCount)}
        >
          Another picture
        </button>
      </span>
    </div>
  );
}

const blank: NDArray = { shape: [1, 1, 1], data: Float32Array.of(0) };

function Shown({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <figure className="learn-shown">
      {children}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
