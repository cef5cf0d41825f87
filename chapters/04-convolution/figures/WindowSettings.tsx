import { countText } from "../../../src/viz/numberText.ts";
import { FieldControl } from "../../../src/widgets/FieldControl.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { learntNumbers, operationOf, outputSide, windowLab, windowOf } from "../windowLab.ts";
import { side } from "../windowPicture.ts";

/** The fields that matter for an operation. */
const fieldsOf = {
  convolution: ["kernel", "stride", "padding", "dilation", "c_in", "c_out"],
  max: ["pool", "poolStride", "c_in"],
  average: ["pool", "poolStride", "c_in"],
} as const;

/** The window's settings, and what follows from them: how much comes out, and how much there is to learn. */
export function WindowSettings({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { config } = frame;
  const operation = operationOf(config);
  return (
    <div className="window-settings">
      <div className="lab-controls">
        {fieldsOf[operation].map((name) => {
          const field = windowLab.fields[name];
          const value = config[name];
          if (!field || value === undefined) return null;
          return (
            <FieldControl
              key={name}
              name={name}
              field={field}
              value={value}
              onChange={(next, gesture) => lab.configure({ [name]: next }, gesture)}
            />
          );
        })}
      </div>
      <dl className="window-counts">
        <div>
          <dt>Cells a side of the output</dt>
          <dd>{sizeText(config)}</dd>
        </div>
        <div>
          <dt>Numbers to learn</dt>
          <dd>{countingText(config)}</dd>
        </div>
      </dl>
    </div>
  );
}

type Config = FigureProps["frame"]["config"];

function sizeText(config: Config) {
  const { kernel, stride = 1, padding = 0, dilation = 1 } = windowOf(config);
  const size = <strong>{outputSide(config)}</strong>;
  const divided = stride === 1 ? ["", ""] : ["⌊(", `) / ${stride}⌋`];
  const reach = `${side} + 2·${padding} − ${dilation}·(${kernel} − 1) − 1`;
  return (
    <>
      {divided[0]}
      {reach}
      {divided[1]} + 1 = {size}
    </>
  );
}

function countingText(config: Config) {
  const { kernel, c_in, c_out } = config;
  const count = learntNumbers(config);
  if (count === 0) return <strong>0</strong>;
  return (
    <>
      {String(kernel)}·{String(kernel)}·{String(c_in)}·{String(c_out)} + {String(c_out)} ={" "}
      <strong>{countText(count)}</strong>
    </>
  );
}
