import { useCallback } from "react";
import type { Config } from "../../../src/training/lab.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Toggle } from "../../../src/widgets/Toggle.tsx";
import { meaningOf, partsOf, type Rows, rowsInUnits, writtenMeaning } from "../irisData.ts";
import { views } from "../irisLab.ts";
import { hiddenSizes, mostUnits, parameterCount, positions } from "../network.ts";
import { counted, numbers } from "../words.ts";
import { IrisAsk } from "./IrisAsk.tsx";
import { IrisJudge } from "./IrisJudge.tsx";
import { IrisMatrix } from "./IrisMatrix.tsx";
import { IrisRegions } from "./IrisRegions.tsx";
import { IrisTable } from "./IrisTable.tsx";
import "./iris.css";

/** Flowers, or rows of the reader's own: looked at, split, learnt from, judged and asked about. */
export function Iris(props: FigureProps) {
  const { frame, lab } = props;
  const { config } = frame;
  return (
    <div className="iris">
      <Segmented
        label="Show"
        value={String(config.view)}
        options={views}
        onChange={(view) => lab.configure({ view })}
      />
      <div className="iris-view" data-view={config.view}>
        <View {...props} />
      </div>
      <Preparation {...props} />
    </div>
  );
}

function View(props: FigureProps) {
  switch (props.frame.config.view) {
    case "regions":
      return <IrisRegions {...props} />;
    case "judge":
      return <IrisJudge {...props} />;
    case "ask":
      return <IrisAsk {...props} />;
    case "own":
      return <IrisTable {...props} />;
    default:
      return <IrisMatrix {...props} />;
  }
}

/** The rows of the lab, those that are learnt from and those that are held out, in their own units. */
export function allRows({ frame }: Pick<FigureProps, "frame">): Rows {
  const meaning = meaningOf(frame.config);
  const rows = (x: typeof frame.data.x) => rowsInUnits(x, frame.config, meaning);
  return {
    x: [...rows(frame.data.x), ...rows(frame.input.x)],
    y: [...numbers(frame.data.y), ...numbers(frame.input.y)],
  };
}

/** What a change of split or scale is for rows of the reader's own, which no configuration can draw again. */
export function resplit(
  { frame }: Pick<FigureProps, "frame">,
  change: { readonly split?: number; readonly standardise?: boolean },
) {
  const config: Config = { ...frame.config, ...change };
  if (config.source === "iris") return { config: change };
  const { columns, classes } = meaningOf(frame.config);
  const parts = partsOf(
    allRows({ frame }),
    columns.map(({ name }) => name),
    { split: Number(config.split), standardise: config.standardise === true },
  );
  return {
    config: { ...change, meaning: writtenMeaning(parts.columns, classes) },
    data: parts.training,
    input: parts.heldOut,
  };
}

/** Split, scale and network: what is decided before training. */
function Preparation({ frame, lab }: FigureProps) {
  const { config } = frame;
  const { many } = meaningOf(config);
  const learnt = frame.data.y?.shape[0] ?? 0;
  const heldOut = frame.input.y?.shape[0] ?? 0;
  const change = useCallback(
    (next: Parameters<typeof resplit>[1]) => lab.edit(resplit({ frame }, next)),
    [frame, lab],
  );
  return (
    <div className="iris-preparation">
      <p>
        <strong>{learnt}</strong> {many} to learn from, <strong>{heldOut}</strong> held out{" "}
        <button
          type="button"
          onClick={() => void change({ split: (Number(config.split) % 9999) + 1 })}
        >
          Another split
        </button>
      </p>
      <Toggle
        label="Standardise by those it learns from"
        value={config.standardise === true}
        onChange={(standardise) => change({ standardise })}
        sym="standardise"
      />
      <NetworkRow frame={frame} lab={lab} />
    </div>
  );
}

const mostHidden = 3;

function NetworkRow({ frame: { config }, lab }: Pick<FigureProps, "frame" | "lab">) {
  const sizes = hiddenSizes(config);
  const all = [Number(config.inputs), ...sizes, Number(config.classes)];
  const depth = sizes.length;
  return (
    <p className="iris-network">
      <span>{counted(Number(config.inputs), "input")}</span>
      {positions.slice(0, depth).map((at) => (
        <span key={at}>
          <span aria-hidden="true">→ </span>
          <NumberField
            label={`Units of hidden layer ${at}`}
            value={Number(config[`units${at}`])}
            min={1}
            max={mostUnits}
            step={1}
            integer
            width={3}
            onChange={(units) => lab.configure({ [`units${at}`]: units })}
          />
        </span>
      ))}
      <span>
        <span aria-hidden="true">→ </span>
        {counted(Number(config.classes), "class", "classes")}
      </span>
      <button
        type="button"
        disabled={depth === mostHidden}
        onClick={() => void lab.configure({ depth: depth + 1 })}
      >
        Add a layer
      </button>
      <button
        type="button"
        disabled={depth === 0}
        onClick={() => void lab.configure({ depth: depth - 1 })}
      >
        Take one away
      </button>
      <span className="iris-count">{counted(parameterCount(all), "parameter")}</span>
    </p>
  );
}
