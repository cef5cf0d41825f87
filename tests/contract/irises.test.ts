import { expect, test } from "vitest";
import {
  irisParts,
  meaningOf,
  readMeaning,
  rightAnswers,
  rowsInUnits,
  writtenMeaning,
} from "../../chapters/02-multilayer-perceptron/irisData.ts";
import { iris } from "../../chapters/02-multilayer-perceptron/irisLab.ts";
import { irisRows } from "../../src/data/iris.ts";
import { columnScales } from "../../src/data/split.ts";
import { initialConfig } from "../../src/training/lab.ts";
import { runningLab } from "./runningLab.ts";

const config = initialConfig(iris.fields);

test("over 20 splits and starts the median of the held-out share named rightly is at least 95 %", async () => {
  const lab = await runningLab("02-multilayer-perceptron", iris);
  const shares: number[] = [];
  for (let seed = 1; seed <= 20; seed++) {
    await lab.edit({ config: { split: seed } });
    await lab.reset(seed);
    await lab.train(50);
    const y = await lab.read("y");
    shares.push(rightAnswers(await lab.read("y_hat"), y) / y.data.length);
  }
  await lab.close();
  shares.sort((a, b) => a - b);
  expect(((shares[9] ?? 0) + (shares[10] ?? 0)) / 2).toBeGreaterThanOrEqual(0.95);
});

test("every flower is in one part, and the scale is that of the training part alone", () => {
  const { training, heldOut } = irisParts({ split: 3, standardise: true });
  const rows = (part: typeof training) =>
    rowsInUnits(part.x, { ...config, split: 3 }, meaningOf({ ...config, split: 3 }));
  const all = [...rows(training), ...rows(heldOut)].map(String).sort();
  expect(all).toEqual(irisRows.map(String).sort());
  const width = 4;
  const standard = Array.from({ length: 99 }, (_, row) =>
    Array.from(training.x?.data.slice(row * width, (row + 1) * width) ?? []),
  );
  for (const { mean, deviation } of columnScales(standard)) {
    expect(mean).toBeCloseTo(0, 5);
    expect(deviation).toBeCloseTo(1, 5);
  }
});

test("the meaning of a reader's columns survives being written, and nonsense is not taken for one", () => {
  const columns = [{ name: 'a "b"', mean: 1.5, deviation: 2, low: -1, high: 4 }];
  const text = writtenMeaning(columns, ["x", "y"]);
  expect(readMeaning(text, 1, 2)).toEqual({ columns, classes: ["x", "y"] });
  for (const wrong of ["", "{}", "[]", "[[[]],[]]", "null", '[[["a",0,-1,0,1]],["x","y"]]']) {
    expect(readMeaning(wrong, 1, 2), wrong).toBeNull();
  }
  expect(readMeaning(text, 2, 2)).toBeNull();
});

test("a reader's own table goes into the lab, into its saved state, and out again", async () => {
  const lab = await runningLab("02-multilayer-perceptron", iris);
  const x = [
    [1, 0],
    [2, 1],
    [3, 0],
    [4, 1],
  ];
  await lab.edit({
    config: { source: "own", inputs: 2, classes: 2 },
    data: { x, y: [0, 0, 1, 1] },
    input: { x: x.slice(0, 2), y: [0, 1] },
  });
  await lab.train(3);
  const saved = await lab.save();
  await lab.edit({ config: { source: "iris", inputs: 4, classes: 3 } });
  const irises = await lab.frame();
  expect(irises.data.x?.shape).toEqual([99, 4]);
  expect(irises.input.x?.shape).toEqual([51, 4]);
  await lab.load(saved);
  const frame = await lab.frame();
  expect(frame.config.source).toBe("own");
  expect(Array.from(frame.data.x?.data ?? [])).toEqual(x.flat());
  expect(frame.values.y_hat?.shape).toEqual([2, 2]);
  expect(iris.describe(frame)).toContain("held-out rows");
  await lab.close();
});
