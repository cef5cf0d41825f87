import { describe, expect, test } from "vitest";
import { answersTo, targetText, targetWeights } from "../../chapters/04-convolution/learnData.ts";
import { learnLab, wantedKernel } from "../../chapters/04-convolution/learnLab.ts";
import { kernelWith, namedKernels } from "../../chapters/04-convolution/namedKernels.ts";
import { sceneCells, sceneNames } from "../../chapters/04-convolution/scenes.ts";
import {
  outputAt,
  outputSide,
  seenAt,
  windowLab,
  windowOf,
} from "../../chapters/04-convolution/windowLab.ts";
import { digitCells, flowerCells, withCell } from "../../chapters/04-convolution/windowPicture.ts";
import { entry, filled } from "../../src/data/ndarray.ts";
import type { Config, Frame } from "../../src/training/lab.ts";
import { runningLab } from "../contract/runningLab.ts";

const folder = "04-convolution";

/** Every place of the output. */
function places({ config }: Frame): (readonly [number, number])[] {
  const size = outputSide(config);
  return Array.from({ length: size * size }, (_, i) => [Math.floor(i / size), i % size] as const);
}

/** The weighted sum as the figure writes it out: of what the window sees, channel by channel, and the bias. */
function writtenOut(frame: Frame, place: readonly [number, number], map: number): number {
  const channels = Number(frame.config.c_in);
  const size = windowOf(frame.config).kernel ** 2;
  let sum = entry(frame.values.b, map);
  for (let channel = 0; channel < channels; channel++) {
    for (const [i, seen] of seenAt(frame, place, channel).entries()) {
      sum += seen * entry(frame.values.W, (map * channels + channel) * size + i);
    }
  }
  return sum;
}

describe("the sliding window", () => {
  test.each<Partial<Config>>([
    {},
    { kernel: 5, stride: 2, padding: 2 },
    { kernel: 3, dilation: 2, padding: 3, stride: 3 },
    { kernel: 2, c_in: 3, c_out: 4, padding: 1 },
    { kernel: 5, dilation: 2 },
  ])("with %o, the sum written out is what the model computes, at every place", async (change) => {
    const running = await runningLab(folder, windowLab);
    await running.configure(change);
    await running.write(
      "b",
      Array.from({ length: Number(change.c_out ?? 1) }, (_, i) => i - 0.5),
    );
    const frame = await running.frame();
    for (const place of places(frame)) {
      for (let map = 0; map < Number(frame.config.c_out); map++) {
        expect(writtenOut(frame, place, map)).toBeCloseTo(outputAt(frame, place, map), 4);
      }
    }
    await running.close();
  });

  test.each([
    ["max", 2, 2],
    ["max", 3, 1],
    ["average", 4, 3],
  ] as const)(
    "%s pooling by %i, stride %i, is that of what the window sees",
    async (operation, pool, poolStride) => {
      const running = await runningLab(folder, windowLab);
      await running.configure({ operation, pool, poolStride, c_in: 2 });
      const frame = await running.frame();
      for (const place of places(frame)) {
        for (const channel of [0, 1]) {
          const seen = seenAt(frame, place, channel);
          const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
          const expected = operation === "max" ? Math.max(...seen) : mean;
          expect(outputAt(frame, place, channel)).toBeCloseTo(expected, 5);
        }
      }
      await running.close();
    },
  );

  test("the window fits the picture with the largest of all settings", async () => {
    const { kernel, dilation, pool } = windowLab.fields;
    for (const field of [kernel, dilation, pool]) expect(field?.kind).toBe("number");
    const largest = (field: typeof kernel) => (field?.kind === "number" ? field.max : 0);
    const config = { kernel: largest(kernel), dilation: largest(dilation), padding: 0, stride: 1 };
    expect(outputSide({ operation: "convolution", ...config })).toBeGreaterThan(0);
    expect(outputSide({ operation: "max", pool: largest(pool), poolStride: 1 })).toBeGreaterThan(0);
  });

  test("pictures are in tenths, and a cell is changed in its channel alone", () => {
    for (const { data } of [digitCells(4), flowerCells(3)]) {
      for (const value of data) expect(10 * value).toBeCloseTo(Math.round(10 * value), 5);
    }
    const changed = withCell(filled([1, 12, 12, 3]), [2, 5, 1], 0.7);
    expect(changed.data.findIndex((value) => value > 0)).toBe((2 * 12 + 5) * 3 + 1);
    expect(changed.data.filter((value) => value > 0)).toHaveLength(1);
  });
});

describe("named kernels", () => {
  test("edges and outline give 0 on an even surface; blur, sharpen and emboss leave it as it is", () => {
    const sums = namedKernels.map(({ name, weights }) => [
      name,
      weights.reduce((sum, weight) => sum + weight, 0),
    ]);
    expect(Object.fromEntries(sums)).toEqual({
      unchanged: 1,
      blur: 1,
      sharpen: 1,
      "upright edges": 0,
      "level edges": 0,
      outline: 0,
      emboss: 1,
    });
  });

  test("a kernel is known by its weights, read back as 32-bit numbers", () => {
    for (const kernel of namedKernels) {
      expect(kernelWith(Float32Array.from(kernel.weights))).toBe(kernel);
    }
    expect(kernelWith([0, 0, 0, 0, 2, 0, 0, 0, 0])).toBeUndefined();
  });

  test.each(sceneNames)("the picture %s lies between 0 and 1, and shows something", (name) => {
    const { shape, data } = sceneCells(name);
    expect(shape).toEqual([40, 40, 1]);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...data)).toBeLessThanOrEqual(1);
    expect(Math.max(...data) - Math.min(...data)).toBeGreaterThan(0.5);
  });
});

describe("the kernel that is learnt", () => {
  test("a target survives being made a setting, and nonsense in one is 0", () => {
    const weights = [-1, 0.25, 0.0625, 8, 0, -2.5, 1, 1, 1];
    expect(targetWeights(targetText(weights))).toEqual(weights);
    expect(targetWeights("1, \u22122 x; 4")).toEqual([1, -2, 0, 4, 0, 0, 0, 0, 0]);
  });

  test("what is wanted is what the model answers with the target's weights, in 3 × 3 as in 5 × 5", async () => {
    const running = await runningLab(folder, learnLab);
    for (const size of ["3", "5"]) {
      await running.configure({ size, target: "1 -2 3 0.5 4 -1 2 0 -3" });
      const k = Number(size);
      const data = Float32Array.from(wantedKernel(await running.frame()));
      await running.write("W", { shape: [1, 1, k, k], data });
      expect((await running.frame()).loss).toBeLessThan(1e-10);
    }
    await running.close();
  });

  test("stripes do not tell kernels apart whose columns add up to the same", () => {
    const rows = Array.from(
      { length: 36 },
      (_, i) => [0.2, 0.9, 0.1, 0.5, 0.7, 0.3][i % 6] as number,
    );
    const stripes = { shape: [1, 6, 6], data: Float32Array.from(rows) };
    const one = answersTo(stripes, [-1, 0, 1, -2, 0, 2, -1, 0, 1], 3);
    const other = answersTo(stripes, [-4, 0, 0, 0, 0, 0, 0, 0, 4], 3);
    for (const [i, value] of one.data.entries()) expect(other.data[i]).toBeCloseTo(value, 5);
  });
});
