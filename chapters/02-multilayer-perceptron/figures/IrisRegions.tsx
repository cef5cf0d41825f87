import { ClassSurface } from "../../../src/viz/ClassSurface.tsx";
import { DataMark } from "../../../src/viz/DataPoints.tsx";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Select } from "../../../src/widgets/Select.tsx";
import { type Meaning, meaningOf, rowsInUnits, winners } from "../irisData.ts";
import { axesOf, regionCells, stretch } from "../irisLab.ts";
import { numbers } from "../words.ts";
import { ClassKey } from "./ClassKey.tsx";

/** Where the network draws its borders, over two columns; every other input at its mean. */
export function IrisRegions({ frame, lab }: FigureProps) {
  const { config, values } = frame;
  const meaning = meaningOf(config);
  const [first, second] = axesOf(config);
  const [across, up] = [meaning.columns[first], meaning.columns[second]];
  const plane = values["y_hat@plane"];
  if (!across || !up) return null;
  const options = meaning.columns.map(({ name }, index) => ({ value: `${index}`, label: name }));
  const label = (name: string) => (meaning.unit ? `${name}, ${meaning.unit}` : name);
  const others = meaning.columns.filter((_, index) => index !== first && index !== second);
  return (
    <div className="iris-regions">
      <Plane
        x={{ domain: stretch(across.low, across.high), label: label(across.name) }}
        y={{ domain: stretch(up.low, up.high), label: label(up.name) }}
        label={`The likeliest class over ${across.name} and ${up.name}`}
        underlay={
          plane && (
            <ClassSurface values={{ shape: plane.shape, data: plane.data }} columns={regionCells} />
          )
        }
      >
        <Marks frame={frame} meaning={meaning} first={first} second={second} />
      </Plane>
      <div className="iris-note">
        <ClassKey classes={meaning.classes} />
        <div className="iris-axes">
          <Select
            label="Across"
            value={`${first}`}
            options={options}
            onChange={(value) => lab.configure({ first: Number(value) })}
          />
          <Select
            label="Up"
            value={`${second}`}
            options={options}
            onChange={(value) => lab.configure({ second: Number(value) })}
          />
        </div>
        <p>
          Pale marks were learnt from, full ones are held out; a ring marks a held-out {meaning.one}{" "}
          that the network gets wrong.
        </p>
        {others.length > 0 && (
          <p>
            The ground is the answer for a {meaning.one} whose {listed(others)}{" "}
            {others.length === 1 ? "is" : "are"} average. A real {meaning.one} is not, so it may
            stand on another’s ground and still be named rightly.
          </p>
        )}
      </div>
    </div>
  );
}

function listed(columns: Meaning["columns"]): string {
  if (columns.length > 3) return "other inputs";
  return columns.map(({ name }) => name).join(" and ");
}

interface MarksProps {
  readonly frame: FigureProps["frame"];
  readonly meaning: Meaning;
  readonly first: number;
  readonly second: number;
}

const mostMarks = 300;

function Marks({ frame, meaning, first, second }: MarksProps) {
  const { config, data, input, values } = frame;
  const answers = winners(values.y_hat);
  const heldOut = numbers(input.y);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the marks take no focus
    <g aria-hidden="true">
      <g className="iris-learnt">
        <Dots
          places={rowsInUnits(data.x, config, meaning)}
          labels={numbers(data.y)}
          axes={[first, second]}
          size={4}
        />
      </g>
      <Dots
        places={rowsInUnits(input.x, config, meaning)}
        labels={heldOut}
        axes={[first, second]}
        size={5}
        wrong={heldOut.map((label, i) => answers[i] !== undefined && answers[i] !== label)}
      />
    </g>
  );
}

interface DotsProps {
  readonly places: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly axes: readonly [number, number];
  readonly size: number;
  readonly wrong?: readonly boolean[];
}

function Dots({ places, labels, axes, size, wrong }: DotsProps) {
  const { x, y } = usePlane();
  const step = Math.max(1, Math.ceil(places.length / mostMarks));
  return places.map((row, i) =>
    i % step === 0 ? (
      <g
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        key={i}
        transform={`translate(${x(row[axes[0]] ?? 0).toFixed(1)} ${y(row[axes[1]] ?? 0).toFixed(1)})`}
      >
        <DataMark class={labels[i] ?? 0} size={size} marked={wrong?.[i] ?? false} />
      </g>
    ) : null,
  );
}
