import "./kernels.css";
import { channelsFirst, pictureAt } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { InkPad } from "../../../src/widgets/InkPad.tsx";
import { OwnPictures } from "../../../src/widgets/OwnPictures.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { kernelCount, kernelName, ownKernel, weightSum, weightsOf } from "../kernelsLab.ts";
import { namedKernels } from "../namedKernels.ts";
import { sceneCells, sceneSide } from "../scenes.ts";

/** Half the width of the pencil. */
const pen = 0.035;

/** Eight kernels look at one picture; one of them is on show, with its weights. */
export function Kernels({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const map = Number(frame.config.map);
  const { x } = frame.input;
  const maps = channelsFirst(frame.values.z ?? { shape: [1, 1, kernelCount], data: [] });
  const weights = weightsOf(frame, map);
  const setWeights = (values: readonly number[], gesture?: string) => {
    const { W } = frame.values;
    if (!W) return;
    const data = W.data.slice();
    data.set(values, 9 * map);
    return lab.write("W", { shape: W.shape, data }, gesture);
  };
  const show = (data: Float32Array, gesture?: string) =>
    lab.input({ x: { shape: [sceneSide, sceneSide, 1], data } }, gesture);
  return (
    <div className="kernels">
      <div className="kernels-one">
        <div className="kernels-picture" data-sym="x">
          <InkPad
            label="The picture"
            size={sceneSide}
            pen={pen}
            centred={false}
            digits={false}
            value={x && { shape: [sceneSide, sceneSide], data: x.data }}
            onDraw={({ picture }, gesture) => show(picture.data, gesture)}
          />
        </div>
        <div className="kernels-kernel">
          <p className="kernels-name">
            <strong>{kernelName(map)}</strong>
          </p>
          <EditableMatrix
            key={map}
            values={{ shape: [3, 3], data: weights }}
            label={`The kernel “${kernelName(map)}”`}
            digits={3}
            width={5}
            sym="W"
            initial={namedKernels[map]?.weights ?? new Array<number>(9).fill(0)}
            onChange={setWeights}
          />
          <p className="kernels-note">
            {namedKernels[map]?.says ?? "Type weights of your own, or begin from another kernel."}{" "}
            Sum of the weights: <strong>{numberText(weightSum(weights))}</strong>.
          </p>
          {map === ownKernel && (
            <Select
              label="Begin from"
              value=""
              options={[
                { value: "", label: "…" },
                ...namedKernels.map(({ name }) => ({ value: name, label: name })),
              ]}
              onChange={(name) =>
                setWeights(namedKernels.find((kernel) => kernel.name === name)?.weights ?? weights)
              }
            />
          )}
        </div>
        <div className="kernels-answer">
          <Picture
            values={pictureAt(maps, map)}
            label={`What “${kernelName(map)}” answers`}
            scale="diverging"
            sym="z"
          />
          <p className="kernels-note">what it answers, 38 × 38</p>
        </div>
      </div>
      <fieldset className="kernels-all" disabled={isStill}>
        <legend className="sr-only">The kernel on show</legend>
        {Array.from({ length: kernelCount }, (_, i) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a kernel is its place
            key={i}
            type="button"
            aria-pressed={i === map}
            onClick={() => lab.configure({ map: i })}
          >
            <Picture values={pictureAt(maps, i)} label={kernelName(i)} scale="diverging" />
            {kernelName(i)}
          </button>
        ))}
      </fieldset>
      <OwnPictures
        size={sceneSide}
        most={1}
        labels="welcome"
        isOwn={false}
        ours="the ball and the block"
        onTake={async ({ x: own }) => show(own.data)}
        onReturn={() => show(sceneCells("ball").data)}
      />
    </div>
  );
}
