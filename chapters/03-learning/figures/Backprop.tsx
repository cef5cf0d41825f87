import "./backprop.css";
import type { CSSProperties } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Walk } from "../../../src/widgets/Walk.tsx";
import {
  edgeKey,
  edges,
  extent,
  forwardSteps,
  knownAt,
  localDerivative,
  type NodeName,
  nodeNames,
  nodes,
  stopAt,
  stops,
} from "../graph.ts";
import { ChainRule } from "./ChainRule.tsx";
import { Proof } from "./Proof.tsx";

/** The network as a graph of numbers, walked forwards and backwards; and the chain rule of the edge in hand. */
export function Backprop({ frame, lab }: FigureProps) {
  const place = Number(frame.config.place);
  const stop = stopAt(place);
  const known = knownAt(place);
  const value = (name: string) => entry(frame.values[name]);
  const go = (to: number, gesture?: string) => lab.configure({ place: to }, gesture);
  return (
    <div className="backprop">
      <div className="backprop-graph">
        <fieldset className="backprop-nodes" aria-label="The network as a graph of numbers">
          <Edges orientation="wide" known={known} place={place} value={value} />
          <Edges orientation="tall" known={known} place={place} value={value} />
          {nodeNames.map((name) => (
            <Node key={name} name={name} frame={frame} lab={lab} known={known} place={place} />
          ))}
        </fieldset>
      </div>
      <Walk
        place={place}
        last={stops.length - 1}
        landmarks={[
          { label: "Whole forward pass", place: forwardSteps },
          { label: "Whole backward pass", place: stops.length - 1 },
        ]}
        onGo={go}
      />
      <div className="backprop-words">
        <ChainRule stop={stop} value={value} />
        <Proof frame={frame} lab={lab} reached={stop.kind === "backward" ? stop.from : "v_1"} />
      </div>
    </div>
  );
}

type Known = ReturnType<typeof knownAt>;

interface EdgesProps {
  readonly orientation: "wide" | "tall";
  readonly known: Known;
  readonly place: number;
  readonly value: (name: string) => number;
}

/** The edges, with the factor of each that the gradient has crossed. */
function Edges({ orientation, known, place, value }: EdgesProps) {
  const stop = stopAt(place);
  const spot = (name: NodeName): Spot => {
    const [along, across] = nodes[name].at;
    const [a, b] = [(along / extent.along) * 1000, (across / extent.across) * 1000];
    return orientation === "wide" ? [a, b] : [b, a];
  };
  const shown = edges.map(([from, to]) => {
    const isBack = known.edges.has(edgeKey(from, to));
    const isNow = stop.kind === "backward" && stop.from === from && stop.to === to;
    const isNew = stop.kind === "forward" && stop.node === to;
    const gradient = value(`grad ${to}`) * localDerivative(from, to, value).number;
    const state =
      isNow || isNew ? "now" : isBack ? "back" : known.values.has(to) ? "done" : "to do";
    return { from, to, state, isBack, gradient, a: spot(from), b: spot(to) };
  });
  return (
    <div className={`backprop-edges backprop-${orientation}`} aria-hidden="true">
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: hidden from those who cannot see it */}
      <svg viewBox="0 0 1000 1000" preserveAspectRatio="none">
        {shown.map(({ from, to, state, isBack, gradient, a, b }) => (
          <path
            key={edgeKey(from, to)}
            className="backprop-edge"
            data-state={state}
            data-sign={isBack ? Math.sign(gradient) : undefined}
            d={`M${a[0]} ${a[1]}L${b[0]} ${b[1]}`}
          />
        ))}
      </svg>
      {shown
        .filter(({ isBack }) => isBack)
        .map(({ from, to, state, a, b }) => (
          <span
            key={edgeKey(from, to)}
            className="backprop-factor"
            data-state={state}
            {...factorPlace(from, orientation, a, b)}
          >
            ×{numberText(localDerivative(from, to, value).number, 2)}
          </span>
        ))}
    </div>
  );
}

type Spot = readonly [number, number];

/** The level edges of the wide graph whose factor is too long for the gap: it stands above, or below. */
const offLevel: Readonly<Partial<Record<NodeName, -1 | 1>>> = {
  z_1: -1,
  z_2: -1,
  a_1: 1,
  a_2: -1,
  z: -1,
  y_hat: -1,
};

/** Where a factor stands on its edge, so that no two lie on one another, and none under a box. */
function factorPlace(from: NodeName, orientation: EdgesProps["orientation"], a: Spot, b: Spot) {
  const isTall = orientation === "tall";
  // In a tall graph the edges from x and from w cross between the same two rows.
  const share = !isTall ? 0.5 : from.startsWith("x") ? 0.42 : from.startsWith("w") ? 0.64 : 0.5;
  const aside = isTall && from.startsWith("v") ? Math.sign(a[0] - b[0]) : 0;
  const off = isTall ? 0 : (offLevel[from] ?? 0);
  const at = (i: 0 | 1): string => `${(a[i] + share * (b[i] - a[i])) / 10}%`;
  return { style: { left: at(0), top: at(1), "--aside": aside, "--off": off } as CSSProperties };
}

interface NodeProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly name: NodeName;
  readonly known: Known;
  readonly place: number;
}

/** A number of the graph, its gradient once the walk has been there. */
function Node({ name, frame, lab, known, place }: NodeProps) {
  const { label, sym, at, leaf } = nodes[name];
  const stop = stopAt(place);
  const isNow =
    (stop.kind === "forward" && stop.node === name) ||
    (stop.kind === "backward" && stop.from === name) ||
    (stop.kind === "seed" && name === "L");
  const value = entry(frame.values[name]);
  const gradient = entry(frame.values[`grad ${name}`]);
  const style = {
    "--along": at[0] / extent.along,
    "--across": at[1] / extent.across,
  } as CSSProperties;
  const set = (next: number, gesture: string) => {
    const x = [entry(frame.data.x, 0), entry(frame.data.x, 1)];
    const y = entry(frame.data.y);
    if (leaf === "parameter") return lab.write(name, next, gesture);
    if (leaf === "y") return lab.data({ x: [x], y: [next] }, gesture);
    return lab.data({ x: [x.with(name === "x_1" ? 0 : 1, next)], y: [y] }, gesture);
  };
  return (
    <div
      className="backprop-node"
      style={style}
      data-leaf={leaf}
      data-now={isNow || undefined}
      data-known={known.values.has(name) || undefined}
    >
      <span className="backprop-value">
        <span className="backprop-name" data-sym={sym}>
          {label}
        </span>
        {leaf ? (
          <NumberField
            value={value}
            label={label}
            width={5}
            sym={sym}
            onChange={set}
            min={-100}
            max={100}
          />
        ) : (
          <span className="backprop-number">
            {known.values.has(name) ? numberText(value) : "?"}
          </span>
        )}
      </span>
      {name !== "y" && (
        <span className="backprop-gradient" data-sign={Math.sign(gradient)}>
          {known.gradients.has(name) ? (
            <>
              <span className="backprop-d">∂&thinsp;</span>
              {numberText(gradient)}
            </>
          ) : (
            "\u00a0"
          )}
        </span>
      )}
    </div>
  );
}
