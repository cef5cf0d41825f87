import { convolution, convolutionParameters, kernelsOf } from "../../src/models/convolution.ts";
import { named } from "../../src/models/named.ts";
import type { Program } from "../../src/models/program.ts";
import { kernelCount } from "./kernelsLab.ts";
import { namedKernels } from "./namedKernels.ts";

/**
 * `conv-kernels`: one convolutional layer whose kernels are known beforehand, and one more that starts at
 * zero. Data: `x` [m, h, w, 1]; one picture without the m.
 */
export function kernelBank(): Program {
  const weights = namedKernels.flatMap((kernel) => kernel.weights);
  const own = new Array<number>(9).fill(0);
  return {
    parameters: convolutionParameters("", [1, kernelCount], 3, {
      W: { kind: "values", values: [...weights, ...own] },
      b: { kind: "constant", value: 0 },
    }),
    torch: [
      { name: "conv.weight", rows: ["W"] },
      { name: "conv.bias", rows: ["b"] },
    ],
    forward: (parameters, inputs, tap) => {
      const given = named(inputs, "x");
      const x = tap("x", given.rank === 3 ? given.expandDims(0) : given); // [m, h, w, 1]
      return convolution(kernelsOf(parameters, ""), x, tap); // [m, h′, w′, 8]
    },
  };
}
