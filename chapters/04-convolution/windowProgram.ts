import { convolution, convolutionParameters, kernelsOf } from "../../src/models/convolution.ts";
import { named } from "../../src/models/named.ts";
import { averagePool, maxPool } from "../../src/models/pooling.ts";
import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";

/** `conv-window`. Data: `x` [m, h, w, c_in]; one picture without the m. */
export type WindowConfig = {
  readonly operation: "convolution" | "max" | "average";
  /** Cells a side, from 1. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly c_in: number;
  readonly c_out: number;
  /** The window of pooling, and its stride. */
  readonly pool: number;
  readonly poolStride: number;
};

const pools = { max: maxPool, average: averagePool };

/** One convolution of a picture, and one pooling of it; the one that is asked for is the output. The kernels start from numbers that are easy to follow. */
export function slidingWindow(config: Config): Program {
  const { operation, kernel, c_in, c_out, pool, poolStride, ...window } = config as WindowConfig;
  const { stride, padding, dilation } = window;
  return {
    parameters: convolutionParameters("", [c_in, c_out], kernel, {
      W: { kind: "values", values: firstWeights(kernel, c_in, c_out) },
      b: { kind: "constant", value: 0 },
    }),
    torch: [
      { name: "conv.weight", rows: ["W"] },
      { name: "conv.bias", rows: ["b"] },
    ],
    forward: (parameters, inputs, tap) => {
      const given = named(inputs, "x");
      const x = tap("x", given.rank === 3 ? given.expandDims(0) : given); // [m, h, w, c_in]
      const pooling = pools[operation === "average" ? "average" : "max"];
      const p = tap("p", pooling(x, { size: pool, stride: poolStride })); // [m, h″, w″, c_in]
      const layer = { ...kernelsOf(parameters, ""), stride, padding, dilation };
      const z = convolution(layer, x, tap); // [m, h′, w′, c_out]
      return operation === "convolution" ? z : p;
    },
  };
}

/** −1 before the middle, 0 at it, 1 behind. */
const sides = (at: number, k: number): number => Math.sign(at - (k - 1) / 2);

/** Of each map: the weight of the cell in row u and column v of one channel. */
const firstKernels: readonly ((u: number, v: number, k: number, channel: number) => number)[] = [
  (_u, v, k) => sides(v, k),
  (u, _v, k) => sides(u, k),
  // How much more red than green.
  (_u, _v, k, channel) => [1 / k ** 2, -1 / k ** 2, 0][channel] ?? 0,
  (u, v, k) => (u === v ? 1 : 0) - 1 / k,
];

function firstWeights(k: number, c_in: number, c_out: number): number[] {
  return Array.from({ length: c_out * c_in * k * k }, (_, i) => {
    const [map, channel] = [Math.floor(i / (c_in * k * k)), Math.floor(i / (k * k)) % c_in];
    return firstKernels[map]?.(Math.floor(i / k) % k, i % k, k, channel) ?? 0;
  });
}
