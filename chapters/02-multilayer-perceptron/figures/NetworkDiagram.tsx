import { type CSSProperties, memo } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { divergingCss } from "../../../src/viz/colour.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Surface } from "../../../src/viz/Surface.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Padlock } from "../../../src/widgets/LockButton.tsx";
import { isLocked } from "../../../src/widgets/locks.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { hiddenActivations, mostUnits } from "../network.ts";
import { layerName, plane } from "../playgroundLab.ts";
import { at, type Chosen, type Column, scaleOf, surfaceOf, unitName } from "./playgroundParts.ts";

export interface NetworkDiagramProps extends FigureProps {
  readonly columns: readonly Column[];
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onHover: (place: { column: number; unit: number } | null) => void;
  /** What the lines wear. */
  readonly lines: "weights" | "gradients";
  /** What the units wear: their surface, or what they say of the example in hand. */
  readonly units: "surfaces" | "example";
}

/** Where unit `unit` of a column stands, in percent of the drawing. */
function placeOf(columns: readonly Column[], column: number, unit: number) {
  const rows = Math.max(...columns.map(({ size }) => size));
  const size = columns[column]?.size ?? 1;
  return {
    x: (100 * (column + 0.5)) / columns.length,
    y: 50 + (100 * (unit - (size - 1) / 2)) / rows,
  };
}

/** The network: a tile for each unit, a line for each weight, each layer's size and activation above it. */
export function NetworkDiagram(props: NetworkDiagramProps) {
  const { columns } = props;
  const rows = Math.max(...columns.map(({ size }) => size));
  const style = { "--columns": columns.length, "--rows": rows } as CSSProperties;
  return (
    <div className="net" data-crowded={rows > 9 || undefined} style={style}>
      <div className="net-scroll">
        <Heads {...props} />
        <div className="net-drawing">
          <Lines {...props} />
          <Locks {...props} />
          {columns.map((column, c) =>
            column.names.map((name, unit) => (
              <Unit key={`${column.tap} ${name}`} {...props} c={c} unit={unit} />
            )),
          )}
        </div>
      </div>
    </div>
  );
}

/** What a column is, and for a hidden layer how many units it has and how they answer. */
function Heads({ columns, frame, lab }: NetworkDiagramProps) {
  const isStill = useStillness();
  return (
    <div className="net-heads">
      {columns.map((column, c) =>
        column.kind === "hidden" ? (
          <div key={column.tap} className="net-head">
            <span className="net-size">
              <NumberField
                label={`units of hidden layer ${c}`}
                value={column.size}
                initial={4}
                changed={false}
                min={1}
                max={mostUnits}
                integer
                step={1}
                width={2}
                onChange={(size) => lab.configure({ [`units${c}`]: size })}
              />{" "}
              {column.size === 1 ? "unit" : "units"}
            </span>
            <select
              aria-label={`Activation of hidden layer ${c}`}
              value={String(frame.config[`activation${c}`])}
              disabled={isStill}
              onChange={(event) => void lab.configure({ [`activation${c}`]: event.target.value })}
            >
              {hiddenActivations.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        ) : (
          <div key={column.tap} className="net-head net-end">
            {column.kind === "input" ? "inputs" : "answer"}
          </div>
        ),
      )}
    </div>
  );
}

function Lines({ columns, frame, lines, chosen, onChoose }: NetworkDiagramProps) {
  const isStill = useStillness();
  return (
    <svg
      className="net-lines"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
      data-still={isStill || undefined}
    >
      {columns.slice(1).map((column, layer) => {
        const name = `${layerName(layer)}.W`;
        const W = frame.values[name];
        const shown = lines === "weights" ? W : frame.values[`grad ${name}`];
        const reach = Math.max(lines === "weights" ? 1 : 1e-12, extentOf(shown?.data ?? []).reach);
        return column.names.map((_, unit) =>
          (columns[layer] as Column).names.map((_, from) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: a weight is its place
              key={`${layer} ${unit} ${from}`}
              path={pathOf(columns, layer, from, unit)}
              {...strokeOf(shown, unit, from, reach)}
              isChosen={chosen?.layer === layer && chosen.unit === unit && chosen.from === from}
              layer={layer}
              unit={unit}
              from={from}
              onChoose={onChoose}
            />
          )),
        );
      })}
    </svg>
  );
}

/** A padlock half-way on each line whose weight is locked. */
function Locks({ columns, frame }: NetworkDiagramProps) {
  return columns.slice(1).flatMap((column, layer) => {
    const name = `${layerName(layer)}.W`;
    const sources = columns[layer] as Column;
    return column.names.flatMap((_, unit) =>
      sources.names.flatMap((_, from) => {
        if (!isLocked(frame, name, unit * sources.size + from)) return [];
        const [a, b] = [placeOf(columns, layer, from), placeOf(columns, layer + 1, unit)];
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a weight is its place
            key={`${name} ${unit} ${from}`}
            className="net-lock"
            style={{ left: `${(a.x + b.x) / 2}%`, top: `${(a.y + b.y) / 2}%` }}
          >
            <Padlock isShut />
          </span>
        );
      }),
    );
  });
}

function pathOf(columns: readonly Column[], layer: number, from: number, unit: number): string {
  const a = placeOf(columns, layer, from);
  const b = placeOf(columns, layer + 1, unit);
  const middle = (a.x + b.x) / 2;
  return `M${a.x} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${b.x} ${b.y}`;
}

/** Thickness is the size, colour the sign; rounded, so that a line that hardly changes is not drawn anew. */
function strokeOf(matrix: NDArray | undefined, unit: number, from: number, reach: number) {
  const value = at(matrix, unit, from);
  const share = Number.isFinite(value) ? Math.abs(value) / reach : 0;
  return {
    sign: share === 0 ? 0 : Math.sign(value),
    width: Math.round((0.75 + 6 * share) * 4) / 4,
    text: numberText(value),
  };
}

interface LineProps extends Required<Chosen> {
  readonly path: string;
  readonly sign: number;
  readonly width: number;
  readonly text: string;
  readonly isChosen: boolean;
  readonly onChoose: (chosen: Chosen) => void;
}

const Line = memo(function Line(props: LineProps) {
  const { path, sign, width, text, isChosen, onChoose, layer, unit, from } = props;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard, a unit's panel has the same weights
    <g
      className="net-line"
      data-sign={sign}
      data-chosen={isChosen || undefined}
      style={{ "--line-width": `${width}px` } as CSSProperties}
      onClick={() => onChoose({ layer, unit, from })}
    >
      <path className="net-line-reach" d={path}>
        <title>{text}</title>
      </path>
      <path className="net-line-ink" d={path} />
    </g>
  );
});

interface UnitProps extends NetworkDiagramProps {
  readonly c: number;
  readonly unit: number;
}

/** One unit: its surface over the plane, or its number for the example in hand; its bias in a corner. */
function Unit({ columns, frame, c, unit, units, lines, chosen, onChoose, onHover }: UnitProps) {
  const isStill = useStillness();
  const column = columns[c] as Column;
  const { x, y } = placeOf(columns, c, unit);
  const bias = c === 0 ? Number.NaN : at(frame.values[`${layerName(c - 1)}.b`], 0, unit);
  const isChosen = chosen?.layer === c - 1 && chosen.unit === unit && chosen.from === undefined;
  const hasLock = c > 0 && isLocked(frame, `${layerName(c - 1)}.b`, unit);
  const said = c === 0 ? "" : `, bias ${numberText(bias)}${hasLock ? ", locked" : ""}`;
  return (
    <button
      type="button"
      className="net-unit"
      style={{ left: `${x}%`, top: `${y}%` }}
      aria-label={`${unitName(columns, c, unit)}${said}`}
      aria-pressed={isChosen}
      disabled={isStill}
      onClick={() => onChoose({ layer: c - 1, unit })}
      onPointerEnter={() => onHover({ column: c, unit })}
      onPointerLeave={() => onHover(null)}
      onFocus={() => onHover({ column: c, unit })}
      onBlur={() => onHover(null)}
    >
      {units === "example" ? (
        <Said frame={frame} column={column} unit={unit} lines={lines} />
      ) : (
        <Tile frame={frame} column={column} unit={unit} />
      )}
      {c > 0 && (
        <span
          className="net-bias"
          style={{ "--cell": divergingCss(bias, 2) } as CSSProperties}
          title={`bias ${numberText(bias)}`}
        />
      )}
      {hasLock && (
        <span className="net-lock net-lock-bias">
          <Padlock isShut />
        </span>
      )}
      {column.kind !== "hidden" && <span className="net-name">{column.names[unit]}</span>}
    </button>
  );
}

interface FaceProps {
  readonly frame: FigureProps["frame"];
  readonly column: Column;
  readonly unit: number;
}

function Tile({ frame, column, unit }: FaceProps) {
  const values = frame.values[`${column.tap}@units`];
  if (!values) return null;
  const { centre, reach } = scaleOf(frame, column, values.data);
  return (
    <Surface
      values={{ shape: [plane.unitCells, plane.unitCells], data: surfaceOf(values, unit) }}
      centre={centre}
      reach={reach}
    />
  );
}

/** What a unit says of the example in hand, or how the loss depends on that. */
function Said({ frame, column, unit, lines }: FaceProps & Pick<NetworkDiagramProps, "lines">) {
  const isSlope = lines === "gradients" && column.kind !== "input";
  // The loss is taken from the logits, so the slope at the answer is theirs.
  const tap = isSlope && column.kind === "output" ? "logits" : column.tap;
  const values = frame.values[`${isSlope ? "grad " : ""}${tap}@one`];
  const value = values?.data[unit];
  const reach = isSlope ? extentOf(values?.data ?? []).reach : Math.max(1, Math.abs(value ?? 0));
  return (
    <span
      className="net-said"
      style={{ "--cell": divergingCss(value ?? 0, reach) } as CSSProperties}
    >
      {value === undefined ? "–" : numberText(value, 2)}
    </span>
  );
}
