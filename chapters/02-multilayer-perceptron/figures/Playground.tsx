import "./playground.css";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Arrays } from "../../../src/data/ndarray.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { Toggle } from "../../../src/widgets/Toggle.tsx";
import { features, hiddenSizes, mostLayers } from "../network.ts";
import { layerName, planeGrid, stopStep } from "../playgroundLab.ts";
import { DataControls, labelsOf } from "./DataControls.tsx";
import { DataPlane, PlaneLegend, type Tool } from "./DataPlane.tsx";
import { NetworkDiagram } from "./NetworkDiagram.tsx";
import { type Chosen, columnsOf } from "./playgroundParts.ts";
import { UnitPanel } from "./UnitPanel.tsx";
import { useFineness } from "./useFineness.ts";

const lineOptions = [
  { value: "weights", label: "weights" },
  { value: "gradients", label: "gradients" },
] as const;
const unitOptions = [
  { value: "surfaces", label: "surfaces" },
  { value: "example", label: "one example" },
] as const;

type Lines = (typeof lineOptions)[number]["value"];
type Units = (typeof unitOptions)[number]["value"];
type Place = { readonly column: number; readonly unit: number };

/** The network playground: data, network and answer side by side, every number within reach. */
export function Playground(props: FigureProps) {
  const { frame } = props;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [hovered, setHovered] = useState<Place | null>(null);
  const [lines, setLines] = useState<Lines>("weights");
  const [units, setUnits] = useState<Units>("surfaces");
  const [tool, setTool] = useState<Tool>("look");
  const [one, setOne] = useState<number | null>(null);
  const [showsTest, setShowsTest] = useState(false);
  const columns = columnsOf(frame);
  const m = frame.data.y?.shape[0] ?? 0;
  const row = one !== null && one < m ? one : null;
  const isShown = hovered !== null && hovered.unit < (columns[hovered.column]?.size ?? 0);
  const unit = isShown && units === "surfaces" ? hovered : null;
  const usedTool = typeof tool === "number" && !labelsOf(frame).includes(tool) ? "look" : tool;
  const hasTest = frame.heldOut.length > 0;

  useWatches(props, { lines, units, row: units === "example" ? (row ?? 0) : null });
  useStops(props);

  const plane = {
    ...props,
    columns,
    unit,
    tool: usedTool,
    showsTest,
    one: units === "example" ? (row ?? 0) : null,
    onOne: (next: number) => {
      setOne(next);
      setUnits("example");
    },
  };
  return (
    <div className="playground">
      <DataControls {...props} tool={usedTool} onTool={setTool} />
      <div className="playground-main">
        <div className="playground-net">
          <Layers {...props} />
          <NetworkDiagram
            {...props}
            columns={columns}
            chosen={chosen}
            onChoose={setChosen}
            onHover={setHovered}
            lines={lines}
            units={units}
          />
          <div className="playground-choices">
            <Segmented
              label="Lines show"
              value={lines}
              options={lineOptions}
              onChange={(next) => setLines(next as Lines)}
            />
            <Segmented
              label="Units show"
              value={units}
              options={unitOptions}
              onChange={(next) => setUnits(next as Units)}
            />
          </div>
        </div>
        <div className="playground-plane">
          <DataPlane {...plane} />
          <div className="playground-key">
            <PlaneLegend {...plane} />
            {hasTest && <Toggle label="test points" value={showsTest} onChange={setShowsTest} />}
            {hasTest && <span className="net-legend">in the chart, dashed: their loss</span>}
          </div>
        </div>
      </div>
      <UnitPanel
        {...props}
        columns={columns}
        chosen={chosen}
        showsGradients={lines === "gradients"}
      />
    </div>
  );
}

/** How many hidden layers there are, and what the network is given. */
function Layers({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const depth = hiddenSizes(frame.config).length;
  return (
    <div className="playground-layers">
      <span className="playground-depth">
        <button
          type="button"
          aria-label="One hidden layer less"
          disabled={isStill || depth === 0}
          onClick={() => void lab.configure({ depth: depth - 1 })}
        >
          −
        </button>
        <span aria-live="polite">
          {depth} hidden {depth === 1 ? "layer" : "layers"}
        </span>
        <button
          type="button"
          aria-label="One hidden layer more"
          disabled={isStill || depth === mostLayers}
          onClick={() => void lab.configure({ depth: depth + 1 })}
        >
          +
        </button>
      </span>
      <fieldset className="playground-features" aria-label="What the network is given">
        {features.map(({ name, label }) => (
          <label key={name} data-chosen={frame.config[name] === true || undefined}>
            <input
              type="checkbox"
              checked={frame.config[name] === true}
              disabled={isStill}
              onChange={(event) => void lab.configure({ [name]: event.target.checked })}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </div>
  );
}

interface Wanted {
  readonly lines: Lines;
  readonly units: Units;
  /** The example that is looked at. */
  readonly row: number | null;
}

/** Watches what this view shows beyond the lab's own list: a finer surface, gradients, one example. */
function useWatches({ frame, lab }: FigureProps, { lines, row }: Wanted): void {
  const isStill = useStillness();
  const cells = useFineness(frame);
  const depth = hiddenSizes(frame.config).length;
  const place = row === null ? undefined : frame.data.x?.data.slice(2 * row, 2 * row + 2).join();
  const label = row === null ? undefined : frame.data.y?.data[row];
  const isSloped = lines === "gradients";

  const wanted = useMemo(() => {
    const hidden = Array.from({ length: depth }, (_, i) => `${layerName(i)}.a`);
    const layers = Array.from({ length: depth + 1 }, (_, i) => layerName(i));
    const probes: Record<string, Arrays> = {};
    const watches: string[] = [];
    if (cells !== null) {
      probes.fine = { x: planeGrid(cells) };
      watches.push("y_hat@fine");
    }
    if (isSloped) watches.push(...layers.flatMap((name) => [`grad ${name}.W`, `grad ${name}.b`]));
    if (place !== undefined && label !== undefined) {
      const x = Float32Array.from(place.split(","), Number);
      probes.one = {
        x: { shape: [2], data: x },
        y: { shape: [], data: Float32Array.of(label) },
      };
      watches.push(...["phi", ...hidden, "y_hat"].map((name) => `${name}@one`));
      if (isSloped) watches.push(...[...hidden, "logits"].map((name) => `grad ${name}@one`));
    }
    return { watches, probes };
  }, [cells, depth, isSloped, place, label]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the lab's actions may be made anew each time
  useEffect(() => {
    if (!isStill) void lab.watch(wanted.watches, wanted.probes);
  }, [isStill, wanted]);
}

/**
 * Stops training when a condition that the reader has set is met, at the very step that met it: a frame
 * comes only after many steps. What was met before this run began stops it where it is.
 */
function useStops({ frame, lab }: FigureProps): void {
  const began = useRef<number | null>(null);
  if (!frame.playing) began.current = null;
  else began.current ??= frame.step;
  const stop = stopStep(frame);
  const mustStop = frame.playing && stop !== null;
  const last = Math.max(stop ?? 0, began.current ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it must stop
  useEffect(() => {
    if (!mustStop) return;
    lab
      .pause()
      .then(() => lab.seek(last))
      // The lab itself shows what went wrong.
      .catch(() => {});
  }, [mustStop]);
}
