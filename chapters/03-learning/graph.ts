/** A node of the computation graph: what it is called, where it stands and what it is made of. */
export interface GraphNode {
  readonly label: string;
  /** The key of the symbol it belongs to. */
  readonly sym: string;
  /** Along the way from inputs to loss, 0 to 7; and across it, 0 to 6. */
  readonly at: readonly [number, number];
  /** Set by the reader: an input, a parameter, the target. */
  readonly leaf?: "x" | "y" | "parameter";
  readonly inputs?: readonly NodeName[];
  readonly operation?: "product" | "sum" | "g" | "f" | "loss";
}

const names = [
  "x_1",
  "x_2",
  "w_11",
  "w_12",
  "w_21",
  "w_22",
  "b_1",
  "b_2",
  "v_1",
  "v_2",
  "c",
  "y",
  "p_11",
  "p_12",
  "p_21",
  "p_22",
  "z_1",
  "z_2",
  "a_1",
  "a_2",
  "q_1",
  "q_2",
  "z",
  "y_hat",
  "L",
] as const;
export type NodeName = (typeof names)[number];
export const nodeNames: readonly NodeName[] = names;

const parameter = { leaf: "parameter" } as const;
const product = { operation: "product" } as const;
const sum = { operation: "sum" } as const;

/** The 2-2-1 network as a graph of single numbers. */
export const nodes: Readonly<Record<NodeName, GraphNode>> = {
  w_11: { label: "w₁₁", sym: "w_11", at: [0, 0], ...parameter },
  w_12: { label: "w₁₂", sym: "w_12", at: [0, 1], ...parameter },
  x_1: { label: "x₁", sym: "x_1", at: [0, 2.5], leaf: "x" },
  x_2: { label: "x₂", sym: "x_2", at: [0, 3.5], leaf: "x" },
  w_21: { label: "w₂₁", sym: "w_21", at: [0, 5], ...parameter },
  w_22: { label: "w₂₂", sym: "w_22", at: [0, 6], ...parameter },
  p_11: { label: "p₁₁", sym: "p_11", at: [1.1, 0.25], inputs: ["w_11", "x_1"], ...product },
  p_12: { label: "p₁₂", sym: "p_12", at: [1.1, 1.25], inputs: ["w_12", "x_2"], ...product },
  b_1: { label: "b₁", sym: "b_1", at: [1.1, 2.25], ...parameter },
  b_2: { label: "b₂", sym: "b_2", at: [1.1, 3.75], ...parameter },
  p_21: { label: "p₂₁", sym: "p_21", at: [1.1, 4.75], inputs: ["w_21", "x_1"], ...product },
  p_22: { label: "p₂₂", sym: "p_22", at: [1.1, 5.75], inputs: ["w_22", "x_2"], ...product },
  z_1: { label: "z₁", sym: "z_1", at: [2.1, 1.25], inputs: ["p_11", "p_12", "b_1"], ...sum },
  z_2: { label: "z₂", sym: "z_2", at: [2.1, 4.75], inputs: ["p_21", "p_22", "b_2"], ...sum },
  a_1: { label: "a₁", sym: "a_1", at: [3.1, 1.25], inputs: ["z_1"], operation: "g" },
  a_2: { label: "a₂", sym: "a_2", at: [3.1, 4.75], inputs: ["z_2"], operation: "g" },
  v_1: { label: "v₁", sym: "v_1", at: [3.1, 0.1], ...parameter },
  v_2: { label: "v₂", sym: "v_2", at: [3.1, 5.9], ...parameter },
  q_1: { label: "q₁", sym: "q_1", at: [4.1, 1.25], inputs: ["v_1", "a_1"], ...product },
  q_2: { label: "q₂", sym: "q_2", at: [4.1, 4.75], inputs: ["v_2", "a_2"], ...product },
  c: { label: "c", sym: "c", at: [4.1, 3], ...parameter },
  z: { label: "z", sym: "z", at: [5.1, 3], inputs: ["q_1", "q_2", "c"], ...sum },
  y_hat: { label: "ŷ", sym: "y_hat", at: [6.1, 3], inputs: ["z"], operation: "f" },
  y: { label: "y", sym: "y", at: [6.1, 4.5], leaf: "y" },
  L: { label: "L", sym: "L", at: [7, 3], inputs: ["y_hat"], operation: "loss" },
};

/** The largest places along and across. */
export const extent = { along: 7, across: 6 } as const;

/** Where the walk stops: a number computed forwards, or an edge gone back. */
export type Stop =
  | { readonly kind: "start" }
  | { readonly kind: "forward"; readonly node: NodeName }
  | { readonly kind: "seed" }
  | {
      readonly kind: "backward";
      /** The node that the gradient comes from, nearer to the loss. */
      readonly to: NodeName;
      /** The node that it reaches. */
      readonly from: NodeName;
      /** Whether another edge leads from this node, too. */
      readonly isPart: boolean;
    };

const forward = [
  "p_11",
  "p_12",
  "z_1",
  "a_1",
  "p_21",
  "p_22",
  "z_2",
  "a_2",
  "q_1",
  "q_2",
  "z",
  "y_hat",
  "L",
] as const satisfies readonly NodeName[];

/** How many numbers the forward pass computes. */
export const forwardSteps = forward.length;

const backward = [...forward]
  .reverse()
  .flatMap((to) =>
    (nodes[to].inputs ?? []).map(
      (from): Stop => ({ kind: "backward", to, from, isPart: nodes[from].leaf === "x" }),
    ),
  );

/** The whole walk. */
export const stops: readonly Stop[] = [
  { kind: "start" },
  ...forward.map((node): Stop => ({ kind: "forward", node })),
  { kind: "seed" },
  ...backward,
];

export function stopAt(place: number): Stop {
  return stops[Math.min(stops.length - 1, Math.max(0, place))] ?? { kind: "start" };
}

/** What is known at a stop: the nodes with a value, those with a gradient, and the edges gone back. */
export function knownAt(place: number) {
  const values = new Set<NodeName>(names.filter((name) => nodes[name].leaf !== undefined));
  const gradients = new Set<NodeName>();
  const edges = new Set<string>();
  for (const stop of stops.slice(1, place + 1)) {
    if (stop.kind === "forward") values.add(stop.node);
    if (stop.kind === "seed") gradients.add("L");
    if (stop.kind === "backward") {
      gradients.add(stop.from);
      edges.add(edgeKey(stop.from, stop.to));
    }
  }
  return { values, gradients, edges };
}

export const edgeKey = (from: NodeName, to: NodeName): string => `${from} ${to}`;

/** Every edge, from a node to the one it goes into. */
export const edges: readonly (readonly [from: NodeName, to: NodeName])[] = names.flatMap((to) =>
  (nodes[to].inputs ?? []).map((from) => [from, to] as const),
);

/** ∂to/∂from at these values: its number, and why. */
export function localDerivative(
  from: NodeName,
  to: NodeName,
  value: (name: string) => number,
): { readonly number: number; readonly formula: string; readonly why: string } {
  const [here, there] = [nodes[from].label, nodes[to].label];
  switch (nodes[to].operation) {
    case "product": {
      const other = nodes[to].inputs?.find((name) => name !== from) ?? from;
      const names = nodes[to].inputs?.map((name) => nodes[name].label).join(" ") ?? "";
      const label = nodes[other].label;
      return { number: value(other), formula: label, why: `${there} = ${names}` };
    }
    case "g": {
      const number = value(to === "a_1" ? "slope_1" : "slope_2");
      return { number, formula: `g′(${here})`, why: `${there} = g(${here})` };
    }
    case "f":
      return { number: value("slope"), formula: `f′(${here})`, why: `${there} = f(${here})` };
    case "loss":
      return {
        number: 2 * (value("y_hat") - value("y")),
        formula: "2 (ŷ − y)",
        why: "L = (ŷ − y)²",
      };
    default: {
      const terms = nodes[to].inputs?.map((name) => nodes[name].label).join(" + ") ?? "";
      return { number: 1, formula: "1", why: `${there} = ${terms}` };
    }
  }
}
