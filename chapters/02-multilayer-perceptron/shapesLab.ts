import { filled, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { type Config, defineLab, type Field, type Frame } from "../../src/training/lab.ts";
import { countText } from "../../src/viz/numberText.ts";
import { hiddenActivations, hiddenSizes, initialiserOptions, parameterCount } from "./network.ts";
import { counted } from "./words.ts";

/** The hidden layers that the lab of shapes can have, and the most that a size can be. */
export const mostDepth = 3;
export const mostSize = 1000;
export const mostExamples = 64;

const size = { kind: "number", min: 1, max: mostSize, integer: true, place: "figure" } as const;

const fields = {
  examples: {
    kind: "number",
    label: "Examples",
    initial: 3,
    min: 1,
    max: mostExamples,
    integer: true,
    place: "figure",
  },
  inputs: { ...size, label: "Inputs", initial: 4 },
  depth: {
    kind: "number",
    label: "Hidden layers",
    initial: 1,
    min: 0,
    max: mostDepth,
    integer: true,
    place: "figure",
  },
  units1: { ...size, label: "Units of hidden layer 1", initial: 5 },
  units2: { ...size, label: "Units of hidden layer 2", initial: 4 },
  units3: { ...size, label: "Units of hidden layer 3", initial: 3 },
  outputs: { ...size, label: "Outputs", initial: 2 },
  activation: {
    kind: "choice",
    label: "Activation",
    initial: "relu",
    options: hiddenActivations,
  },
  initialiser: {
    kind: "choice",
    label: "Weights start",
    initial: "pytorch",
    options: initialiserOptions,
    restarts: true,
  },
} as const satisfies Readonly<Record<string, Field>>;

/** The size of every layer, inputs first. */
export function shapeSizes(config: Config): number[] {
  return [Number(config.inputs), ...hiddenSizes(config), Number(config.outputs)];
}

/** Numbers with one decimal, so that a product can be followed by hand; the same for the same place. */
function examplesOf(m: number, n: number): NDArray {
  const values = Array.from({ length: m * n }, (_, i) => (((7 * i + 3) % 11) - 5) / 2);
  return { shape: [m, n], data: ndarray(values).data };
}

const plain = { activation: "relu", initialiser: "pytorch" } as const;

export const shapes = defineLab({
  id: "mlp-shapes",
  version: 1,
  title: "Shapes",
  invitation: "Set the sizes and the batch, choose a layer, and follow its product cell by cell.",
  fields,
  trains: false,
  data: ({ examples, inputs, outputs }) => ({
    x: examplesOf(examples, inputs),
    y: filled([examples, outputs]),
  }),
  watch: (config) => {
    const layers = shapeSizes(config).slice(1);
    const last = layers.length - 1;
    return [
      "x",
      ...layers.flatMap((_, i) => [`layers.${i}.W`, `layers.${i}.b`]),
      ...layers.flatMap((_, i) => (i === last ? ["logits"] : [`layers.${i}.z`, `layers.${i}.a`])),
    ];
  },
  describe: describeShapes,
  presets: [
    {
      label: "A batch of three",
      edit: { config: { ...plain, examples: 3, inputs: 4, depth: 1, units1: 5, outputs: 2 } },
    },
    {
      label: "One example",
      edit: { config: { ...plain, examples: 1, inputs: 4, depth: 1, units1: 5, outputs: 2 } },
    },
    {
      label: "As many as neurons",
      edit: { config: { ...plain, examples: 4, inputs: 4, depth: 1, units1: 4, outputs: 4 } },
    },
    {
      label: "A picture of 784 pixels",
      edit: {
        config: { ...plain, examples: 16, inputs: 784, depth: 1, units1: 128, outputs: 10 },
      },
    },
  ],
});

function describeShapes({ config }: Frame): string {
  const sizes = shapeSizes(config);
  const m = Number(config.examples);
  const count = parameterCount(sizes);
  const way = sizes.map((n) => `${m}×${n}`).join(" → ");
  return `${counted(m, "example")} through a ${sizes.join("-")} network: ${way}. ${countText(count)} parameters, the same for any number of examples.`;
}
