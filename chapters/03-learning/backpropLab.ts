import { entry, ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { forwardSteps, nodeNames, nodes, stopAt, stops } from "./graph.ts";

const curves = [
  { value: "sigmoid", label: "Sigmoid" },
  { value: "tanh", label: "tanh" },
  { value: "relu", label: "ReLU" },
] as const;

const start = {
  w_11: 0.5,
  w_12: -1,
  w_21: 1,
  w_22: 0.5,
  b_1: 0.5,
  b_2: -0.5,
  v_1: 1,
  v_2: -1.5,
  c: 0.25,
};

export const backpropLab = defineLab({
  id: "learning-backprop",
  version: 1,
  title: "Backpropagation by hand",
  invitation:
    "Press Next: first the numbers run forwards, then the gradient comes back, one edge at a time.",
  fields: {
    activation: { kind: "choice", label: "Hidden curve g", initial: "tanh", options: curves },
    output: { kind: "choice", label: "Output curve f", initial: "sigmoid", options: curves },
    place: {
      kind: "number",
      label: "Place in the walk",
      initial: forwardSteps + 4,
      min: 0,
      max: stops.length - 1,
      integer: true,
      place: "figure",
    },
    ...trainingFields({ optimiser: "sgd", learningRate: 0.5, batchSize: 0 }),
  },
  trains: true,
  data: () => ({ x: ndarray([[1, 2]]), y: ndarray([1]) }),
  watch: () => [
    ...nodeNames,
    "slope_1",
    "slope_2",
    "slope",
    ...nodeNames.filter((name) => name !== "y").map((name) => `grad ${name}`),
  ],
  describe: describeBackprop,
  presets: [
    { label: "Before the first number", edit: walk(0) },
    { label: "Forward pass done", edit: walk(forwardSteps) },
    { label: "All gradients", edit: walk(stops.length - 1) },
    {
      label: "A saturated unit",
      edit: { ...walk(stops.length - 1), write: { ...start, b_1: 8 } },
    },
  ],
});

/** The graph as the lab opens, at this stop of the walk. */
function walk(place: number): Edit {
  return {
    config: { activation: "tanh", output: "sigmoid", place },
    data: { x: [[1, 2]], y: [1] },
    write: start,
  };
}

function describeBackprop(frame: Frame): string {
  const { values, config } = frame;
  const stop = stopAt(Number(config.place));
  if (stop.kind === "start") return "Nothing is computed yet: only inputs, weights and the target.";
  const value = (name: string) => numberText(entry(values[name]));
  if (stop.kind === "forward") {
    return `Forwards, ${Number(config.place)} of ${forwardSteps}: ${nodes[stop.node].label} = ${value(stop.node)}.`;
  }
  if (stop.kind === "seed") return "Backwards: it begins with ∂L/∂L = 1.";
  const count = Number(config.place) - forwardSteps;
  return `Backwards, ${count} of ${stops.length - 1 - forwardSteps}: ∂L/∂${nodes[stop.from].label} = ${value(`grad ${stop.from}`)}${stop.isPart ? " in all, of which this edge brings a part" : ""}. The loss is ${value("L")}.`;
}
