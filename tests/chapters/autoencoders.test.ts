import { describe, expect, test } from "vitest";
import {
  bottleneckLab,
  heldError,
  litUnits,
  ownPictures,
} from "../../chapters/07-autoencoders/bottleneckLab.ts";
import { digits, heldOutRows } from "../../chapters/07-autoencoders/digits.ts";
import { divergencesOf, klLab } from "../../chapters/07-autoencoders/klLab.ts";
import { counts, drawsOf, errorsByCount, runs } from "../../chapters/07-autoencoders/klNumbers.ts";
import {
  errorsOf,
  normalPictures,
  oddLab,
  oddPictures,
} from "../../chapters/07-autoencoders/oddLab.ts";
import { drawnShapes, plainShape, shapeNames } from "../../chapters/07-autoencoders/oddShapes.ts";
import { principalOf } from "../../chapters/07-autoencoders/principal.ts";
import { areaUnder, judged, rocCurve, thresholdFor } from "../../chapters/07-autoencoders/roc.ts";
import { type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { projected, rebuilt } from "../../src/data/pca.ts";
import { takeRows } from "../../src/training/batches.ts";
import { initialConfig } from "../../src/training/lab.ts";
import { runningLab } from "../contract/runningLab.ts";

const folder = "07-autoencoders";

describe("the ROC curve", () => {
  const normal = [1, 2, 3, 3];
  const odd = [2, 3, 5];

  test("passes through what every threshold does, from (0, 0) to (1, 1)", () => {
    const curve = rocCurve(normal, odd);
    expect(curve[0]).toEqual([0, 0]);
    expect(curve.at(-1)).toEqual([1, 1]);
    for (const threshold of [0, 1, 2, 3, 4, 6]) {
      const { caught, falseAlarms } = judged(normal, odd, threshold);
      expect(curve).toContainEqual([falseAlarms, caught]);
    }
  });

  test("has as its area the share of pairs in which the odd one has the larger error", () => {
    // Of the 12 pairs: 2 beats 1, ties 2; 3 beats 1 and 2, ties 3 and 3; 5 beats all four.
    expect(areaUnder(rocCurve(normal, odd))).toBeCloseTo((1 + 0.5 + 2 + 1 + 4) / 12, 12);
    expect(areaUnder(rocCurve(odd, odd))).toBeCloseTo(0.5, 12);
    expect(areaUnder(rocCurve([], odd))).toBeNaN();
  });

  test("has a threshold for every share of false alarms", () => {
    const errors = Array.from({ length: 100 }, (_, i) => i);
    for (const share of [0, 0.05, 0.5]) {
      expect(judged(errors, odd, thresholdFor(errors, share)).falseAlarms).toBeCloseTo(share, 12);
    }
  });
});

describe("the odd ones", () => {
  test("are never among the normal ones", () => {
    expect(normalPictures("shapes").x?.shape[0]).toBe(2500);
    expect(normalPictures("7").x?.shape[0]).toBe(2250);
    expect(oddPictures("7").x?.shape[0]).toBe(250);
    expect(oddPictures("shapes").x?.shape).toEqual([240, 16, 16]);
  });

  test("are drawn in ink, each kind as often, and the same each time", () => {
    const { x } = drawnShapes();
    const { data } = x as NDArray;
    expect(drawnShapes().x).toBe(x);
    expect(data.every((ink) => ink >= 0 && ink <= 1)).toBe(true);
    for (let row = 0; row < 240; row++) {
      const ink = data.subarray(row * 256, (row + 1) * 256).reduce((sum, value) => sum + value, 0);
      expect(ink, shapeNames[row % shapeNames.length]).toBeGreaterThan(15);
    }
    expect(new Set(shapeNames.map((name) => plainShape(name).data.join())).size).toBe(12);
  });

  test("have larger errors than the normal ones, as the lab opens", async () => {
    const lab = await runningLab(folder, oddLab);
    const { normal, odd } = errorsOf(await lab.frame());
    expect(normal).toHaveLength(500);
    expect(areaUnder(rocCurve(normal, odd))).toBeGreaterThan(0.97);
    await lab.close();
  });
});

describe("the bottleneck", () => {
  test("as it opens is left with half of PCA's error, or little more", async () => {
    const lab = await runningLab(folder, bottleneckLab);
    const { errors } = principalOf(digits(1).x as NDArray, heldOutRows(digits(1)));
    const { data } = await lab.read(heldError);
    expect((data[0] ?? 1e9) / (errors[8] ?? 0)).toBeLessThan(0.6);
    await lab.close();
  });

  test("decodes a code that is given by hand as it decodes its own", async () => {
    const lab = await runningLab(folder, bottleneckLab);
    const h = await lab.read("h");
    await lab.watch(["x_hat@hand"], { hand: { h } });
    const { values } = await lab.frame();
    expect(values["x_hat@hand"]?.data).toEqual(values.x_hat?.data);
    await lab.close();
  });

  test("counts the units that answer", () => {
    const h = ndarray([
      [10, 0, 0.5],
      [2, 0, 0],
    ]);
    expect(litUnits(h)).toEqual({ mean: 1, ever: 1 });
    expect(litUnits(ndarray([[4, 0, 2]]))).toEqual({ mean: 2, ever: 2 });
  });
});

describe("pictures of the reader's own", () => {
  const some = (count: number) => ({
    x: ndarray(Array.from({ length: count }, () => Array(16).fill(Array(16).fill(0.5)))),
    y: null,
  });

  test("go into the bottleneck, the first ten of those held out on show", async () => {
    const session = await runningLab(folder, bottleneckLab);
    await session.edit(ownPictures(some(60)));
    const { input, data, config } = await session.frame();
    expect([data.x?.shape, input.x?.shape, input.u?.shape]).toEqual([
      [60, 16, 16],
      [10, 16, 16],
      [10, 256],
    ]);
    expect(config.source).toBe("own");
    await session.close();
  });

  test("are refused where there are too few to hold ten out", () => {
    expect(() => ownPictures(some(20))).toThrow(/Fifty pictures or more.*these are 20\./);
  });
});

test("PCA's error at each width is that of the pictures it makes", () => {
  const all = digits(1).x as NDArray;
  const few = takeRows(
    { x: all },
    Array.from({ length: 300 }, (_, row) => row),
  ).x as NDArray;
  const heldOut = Array.from({ length: 100 }, (_, row) => row);
  const { components, errors } = principalOf(few, heldOut);
  const test = takeRows({ x: few }, heldOut).x as NDArray;
  const codes = projected(test, components);
  for (const width of [0, 1, 8, 32]) {
    const made = rebuilt(codes, components, width);
    const off = made.data.reduce((sum, value, i) => sum + (value - (test.data[i] ?? 0)) ** 2, 0);
    expect(errors[width]).toBeCloseTo(off / 100, 3);
  }
});

describe("KL by hand", () => {
  test("agrees by formula, by integral and by draws, in both directions", async () => {
    const lab = await runningLab(folder, klLab);
    let frame = await lab.frame();
    for (const direction of ["qp", "pq"]) {
      await lab.configure({ direction });
      if (direction === "pq") frame = await lab.frame();
      const { shown } = divergencesOf(frame);
      const area = frame.values.integrand?.data.reduce((sum, height) => sum + height / 40, 0);
      expect(area).toBeCloseTo(shown, 3);
      const estimates = Array.from(frame.values.estimates?.data ?? []);
      const last = estimates.filter((_, i) => i % counts.length === counts.length - 1);
      const mean = last.reduce((sum, estimate) => sum + estimate / runs, 0);
      const error = errorsByCount(estimates, shown).at(-1) ?? Number.NaN;
      // The mean of 40 estimates is off by a sixth of what one is; five times that is chance no more.
      expect(Math.abs(mean - shown)).toBeLessThan((5 * error) / Math.sqrt(runs));
    }
    // torch.distributions.kl_divergence of N(−1, 0.7) and N(1, 1.3), as pytorch.py prints it.
    const { qp, pq } = divergencesOf(frame);
    expect(qp).toBeCloseTo(1.447, 3);
    expect(pq).toBeCloseTo(4.687, 3);
    await lab.close();
  });

  test("an estimate's error shrinks with the root of the number of draws", async () => {
    const lab = await runningLab(folder, klLab);
    const frame = await lab.frame();
    const errors = errorsByCount(frame.values.estimates?.data ?? [], divergencesOf(frame).shown);
    const ratio = (errors[1] ?? 0) / (errors[11] ?? 1);
    expect(ratio).toBeGreaterThan(32 / 1.7);
    expect(ratio).toBeLessThan(32 * 1.7);
    await lab.close();
  });

  test("its draws are the same for the same number, and others for another", () => {
    const { draw } = initialConfig(klLab.fields);
    const first = drawsOf(Number(draw)).x?.data;
    expect(drawsOf(1).x?.data).toEqual(first);
    expect(drawsOf(2).x?.data[0]).not.toBe(first?.[0]);
  });
});
