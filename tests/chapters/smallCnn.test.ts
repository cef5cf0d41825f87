import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  asInput,
  bookDigits,
  emptyPictures,
  heldOutRows,
  occluded,
  patchSide,
  pictureAt,
  side,
} from "../../chapters/04-convolution/digitsData.ts";
import { confusion, digitsLab, rightShare } from "../../chapters/04-convolution/digitsLab.ts";
import { holding, mapHeld, withCell } from "../../chapters/04-convolution/figures/held.ts";
import {
  kernelSheets,
  mapsOf,
  unitField,
  unitValue,
} from "../../chapters/04-convolution/figures/units.ts";
import { moved } from "../../chapters/04-convolution/shiftData.ts";
import { shiftLab } from "../../chapters/04-convolution/shiftLab.ts";
import { entry, ndarray } from "../../src/data/ndarray.ts";
import { inkPicture } from "../../src/data/raster.ts";
import { digitStrokes, middlePen } from "../../src/data/strokeDigits.ts";
import type { LabSession } from "../../src/engine/session.ts";
import { initialConfig } from "../../src/training/lab.ts";
import { runningLab } from "../contract/runningLab.ts";

const folder = "04-convolution";
const seven = inkPicture(digitStrokes(7), side, middlePen);

describe("the data of the small CNN", () => {
  test("every digit is held out as often, and training sees none of those rows", () => {
    const data = bookDigits();
    const rows = heldOutRows(data);
    const counts = new Array<number>(10).fill(0);
    for (const row of rows) counts[entry(data.y, row)]! += 1;
    expect(counts).toEqual(new Array(10).fill(50));
    expect(new Set(rows).size).toBe(rows.length);
  });

  test("so few own pictures that none can be spared are all learnt from", () => {
    expect(heldOutRows({ x: { shape: [6, side, side], data: new Float32Array(6 * 256) } })).toEqual(
      [],
    );
    expect(heldOutRows(emptyPictures()).length).toBe(2);
  });

  test("each pixel is covered in as many of the occluded pictures as a patch has pixels, away from the border", () => {
    const full = { shape: [side, side], data: new Float32Array(side * side).fill(1) };
    const pictures = occluded(full);
    const covered = (row: number, column: number) =>
      Array.from({ length: side * side }, (_, i) => pictureAt(pictures, i)).filter(
        ({ data }) => data[row * side + column] === 0,
      ).length;
    expect(covered(8, 8)).toBe(patchSide ** 2);
    expect(covered(0, 0)).toBe(9);
  });

  test("the share of right answers is the diagonal's share of the confusion matrix", () => {
    const beliefs = ndarray([
      [0.9, 0.1, 0, 0, 0, 0, 0, 0, 0, 0],
      [0.6, 0.4, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    ]);
    const counts = confusion(beliefs, [0, 1, 2, 3]);
    expect(counts[1]?.[0]).toBe(1);
    expect(rightShare(counts)).toBe(0.75);
  });
});

describe("the small CNN", () => {
  let lab: LabSession;
  beforeAll(async () => {
    lab = await runningLab(folder, digitsLab);
  });
  afterAll(() => lab.close());
  afterEach(() => lab.edit({ release: true }));

  test("the saliency map is the slope of the logit that is asked about", async () => {
    await lab.input(asInput(seven, 7, 3));
    const slope = (await lab.grad("x")).data;
    const at = 7 * side + 9;
    const logitWith = async (by: number) => {
      const data = seven.data.slice();
      data[at] = (data[at] ?? 0) + by;
      await lab.input(asInput({ shape: seven.shape, data }, 7, 3));
      return entry(await lab.read("logits"), 3);
    };
    const measured = ((await logitWith(0.01)) - (await logitWith(-0.01))) / 0.02;
    expect(slope[at]).toBeCloseTo(measured, 1);
  });

  test("asked about nothing, the likeliest class is meant", async () => {
    await lab.input(asInput(seven));
    const likeliest = (await lab.grad("x")).data;
    await lab.input(asInput(seven, 7, 7));
    expect((await lab.grad("x")).data).toEqual(likeliest);
  });

  test("a map held at zero is a map whose weights in the next stage are zero", async () => {
    await lab.input(asInput(seven));
    await lab.edit(holding(await lab.frame(), 0, 2, "zero"));
    const frame = await lab.frame();
    expect(mapHeld(frame, 0, 2)).toBe("zero");
    const held = await lab.read("logits");
    await lab.edit(holding(frame, 0, 2, "free"));
    expect((await lab.frame()).held).toEqual([]);
    const W = await lab.read("convs.1.W");
    const without = W.data.map((weight, i) => (Math.floor(i / 9) % 8 === 2 ? 0 : weight));
    await lab.write("convs.1.W", { shape: W.shape, data: without });
    const pruned = (await lab.read("logits")).data;
    await lab.undo();
    for (const [i, logit] of pruned.entries()) expect(logit).toBeCloseTo(entry(held, i), 4);
  });

  test("a map held as it is stays so for another picture, can be painted, and the others go on", async () => {
    await lab.input(asInput(seven));
    const before = await lab.frame();
    await lab.edit(holding(before, 1, 5, "frozen"));
    await lab.input(asInput(inkPicture(digitStrokes(0), side, middlePen)));
    const after = await lab.frame();
    const maps = (frame: typeof before) => mapsOf(frame.values["convs.1.a"]).data;
    const map = (frame: typeof before, k: number) =>
      Array.from(maps(frame).slice(64 * k, 64 * (k + 1)));
    expect(map(after, 5)).toEqual(map(before, 5));
    expect(map(after, 6)).not.toEqual(map(before, 6));
    const cell = { stage: 1, map: 5, row: 0, column: 0 };
    const was = unitValue(after, cell, "a");
    await lab.edit(withCell(after, cell));
    const painted = await lab.frame();
    expect(unitValue(painted, cell, "a")).not.toBe(was);
    expect(map(painted, 5).slice(1)).toEqual(map(after, 5).slice(1));
  });

  test("what lies outside of a unit's frame does not change the unit; what lies inside can", async () => {
    const config = initialConfig(digitsLab.fields);
    const unit = { stage: 1, map: 4, row: 4, column: 4 };
    const { row, column, rows, columns } = unitField(config, unit);
    expect([rows, columns]).toEqual([8, 8]);
    const valueWith = async (changes: (r: number, c: number) => boolean) => {
      const data = seven.data.map((ink, i) =>
        changes(Math.floor(i / side), i % side) ? 1 - ink : ink,
      );
      await lab.input(asInput({ shape: seven.shape, data }));
      return unitValue(await lab.frame(), unit, "z");
    };
    const isInside = (r: number, c: number) =>
      r >= row && r < row + rows && c >= column && c < column + columns;
    const plain = await valueWith(() => false);
    expect(await valueWith((r, c) => !isInside(r, c))).toBeCloseTo(plain, 5);
    expect(await valueWith(isInside)).not.toBeCloseTo(plain, 2);
  });

  test("every weight of a stage has its place on the sheets of its kernels", () => {
    const W = { shape: [2, 4, 3, 3], data: Float32Array.from({ length: 72 }, (_, i) => i + 1) };
    const { shape, data } = kernelSheets(W);
    expect(shape).toEqual([2, 7, 7]);
    expect(
      Array.from(data)
        .filter((value) => !Number.isNaN(value))
        .sort((a, b) => a - b),
    ).toEqual(Array.from(W.data));
  });
});

describe("the shifted picture", () => {
  let lab: LabSession;
  beforeAll(async () => {
    lab = await runningLab(folder, shiftLab);
  });
  afterAll(() => lab.close());

  test("is the picture moved by whole pixels, with ground coming in", async () => {
    await lab.configure({ right: -3, down: 2 });
    const x = await lab.read("x");
    const expected = moved({ shape: x.shape.slice(1), data: x.data }, -3, 2);
    expect((await lab.read("x_shifted")).data).toEqual(expected.data);
  });

  test("has the same maps in stage A, moved; after pooling only where the shift is whole cells", async () => {
    /** How far the first map of the shifted picture is from that of the picture, moved by so many cells. */
    const misfit = async (tap: string, cells: number) => {
      const all = await lab.read(tap);
      const half = all.data.length / 2;
      const shape = [1, ...all.shape.slice(1)];
      const [before, after] = [0, 1].map((i) =>
        mapsOf({ shape, data: all.data.slice(i * half, (i + 1) * half) }),
      );
      const [, h = 1, w = 1] = before?.shape ?? [];
      const one = { shape: [h, w], data: before?.data.slice(0, h * w) ?? new Float32Array(1) };
      const expected = moved(one, cells, 0, one.data[0]).data;
      return Math.max(...expected.map((value, i) => Math.abs(value - entry(after, i))));
    };
    await lab.configure({ right: 2, down: 0 });
    expect(await misfit("plain.convs.0.a", 2)).toBeLessThan(1e-5);
    expect(await misfit("pooled.convs.0.p", 1)).toBeLessThan(1e-5);
    await lab.configure({ right: 1, down: 0 });
    expect(await misfit("plain.convs.0.a", 1)).toBeLessThan(1e-5);
    expect(await misfit("pooled.convs.0.p", 0)).toBeGreaterThan(0.1);
    expect(await misfit("pooled.convs.0.p", 1)).toBeGreaterThan(0.1);
  });
});
