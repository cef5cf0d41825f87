import { entry } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame } from "../../src/training/lab.ts";
import { extentOf } from "../../src/viz/grid.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { namedKernels } from "./namedKernels.ts";
import { type SceneName, sceneCells } from "./scenes.ts";

/** The kernels of the layer: those with a name, and one of the reader's own. */
export const kernelCount = namedKernels.length + 1;
export const ownKernel = kernelCount - 1;

/** Where the lab's opening eyes are. */
const firstKernel = 3;

export const kernelsLab = defineLab({
  id: "conv-kernels",
  version: 1,
  title: "What a kernel sees",
  invitation: "Choose a kernel, draw something, and change a weight: all eight look at once.",
  fields: {
    map: {
      kind: "number",
      label: "Kernel on show",
      initial: firstKernel,
      min: 0,
      max: ownKernel,
      integer: true,
      place: "figure",
    },
  },
  trains: false,
  data: () => {
    const { shape, data } = sceneCells("ball");
    return { x: { shape: [1, ...shape], data } };
  },
  watch: () => ["W", "b", "z"],
  describe: describeKernels,
  presets: [
    { label: "A ball and a block", edit: scene("ball") },
    { label: "A house", edit: scene("house") },
    { label: "Slopes, steps, stripes", edit: scene("slopes") },
    { label: "A digit", edit: scene("digit") },
  ],
});

function scene(name: SceneName): Edit {
  return { input: { x: sceneCells(name) } };
}

/** What the kernel of this number is called. */
export function kernelName(map: number): string {
  return namedKernels[map]?.name ?? "your own";
}

/** The nine weights of a kernel, row by row. */
export function weightsOf({ values }: Frame, map: number): number[] {
  return Array.from({ length: 9 }, (_, i) => entry(values.W, 9 * map + i));
}

/** What the weights of a kernel add up to, rounded where it is rounding that is left. */
export function weightSum(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Math.abs(sum) < 1e-6 ? 0 : sum;
}

/** The answers of one kernel at all places. */
export function answersOf({ values }: Frame, map: number): Float32Array {
  const z = values.z?.data ?? new Float32Array();
  return Float32Array.from(
    { length: z.length / kernelCount },
    (_, i) => z[i * kernelCount + map] as number,
  );
}

function describeKernels(frame: Frame): string {
  const map = Number(frame.config.map);
  const sum = weightSum(weightsOf(frame, map));
  const { minimum, maximum } = extentOf(answersOf(frame, map));
  const even =
    sum === 0
      ? "so an even surface gives 0, whether it holds much ink or little"
      : sum === 1
        ? "so an even surface stays as it is"
        : `so an even surface comes out ${numberText(sum)} times as strong`;
  return `“${kernelName(map)}”: the weights add up to ${numberText(sum)}, ${even}. On this picture it answers from ${numberText(minimum)} to ${numberText(maximum)}.`;
}
