import { describe, expect, onTestFinished, test } from "vitest";
import { inductionLab } from "../../chapters/09-mechanistic-interpretability/inductionLab.ts";
import {
  formation,
  onDiagonal,
} from "../../chapters/09-mechanistic-interpretability/inductionNumbers.ts";
import { induction } from "../../chapters/09-mechanistic-interpretability/inductionProgram.ts";
import {
  examinedBlocks,
  leastLosses,
  trainingBlocks,
} from "../../chapters/09-mechanistic-interpretability/inductionTask.ts";
import { repeatSizes } from "../../chapters/09-mechanistic-interpretability/repeats.ts";
import { type Arrays, entry, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { disposeAll, taps, tidy, upload } from "../../src/engine/passes.ts";
import { Stepper } from "../../src/engine/stepper.ts";
import type { Tensors } from "../../src/models/program.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { optimisers } from "../../src/training/optimisers.ts";
import { randomStream } from "../../src/training/random.ts";
import { runningLab } from "../contract/runningLab.ts";

const { T, V } = repeatSizes;
const examined = examinedBlocks(32, randomStream(1, "examined").uniform);

test("the least loss is that of a guess among the letters left, and 0 once every block has come round", () => {
  const least = leastLosses();
  // Blocks have 6 to 12 letters: before the sixth nobody can hope for a repeat, from the twelfth on it is certain.
  for (let t = 1; t < 6; t++) expect(least[t - 1]).toBeCloseTo(Math.log(V - t), 6);
  // After 6 letters, one block in seven comes round: −(1/7) ln(1/7) − (6/7) ln(6/7) + (6/7) ln 10.
  expect(least[5]).toBeCloseTo(
    -(1 / 7) * Math.log(1 / 7) - (6 / 7) * Math.log(6 / 7) + (6 / 7) * Math.log(10),
    6,
  );
  for (let t = 12; t <= T; t++) expect(least[t - 1]).toBe(0);
});

test("a letter has stood before exactly where it is said so, and the places after it are those named", () => {
  const { x, next, repeat, after } = examined;
  for (let row = 0; row < 32; row++) {
    const letter = (t: number) => entry(x, row * T + t);
    for (let t = 0; t < T; t++) {
      const earlier = Array.from({ length: t }, (_, s) => s).filter((s) => letter(s) === letter(t));
      expect(entry(repeat, row * T + t)).toBe(earlier.length > 0 ? 1 : 0);
      const named = Array.from({ length: T }, (_, s) => s).filter(
        (s) => entry(after, (row * T + t) * T + s) === 1,
      );
      expect(named).toEqual(earlier.map((s) => s + 1));
      for (const s of named) expect(entry(next, row * T + t)).toBe(letter(s));
    }
  }
});

test("heads have formed between a quarter and three quarters of their score, and not below a half", () => {
  expect(formation([0, 10, 20, 30, 40], [0.1, 0.15, 0.4, 0.7, 0.8])).toEqual({ from: 20, to: 30 });
  expect(formation([0, 10], [0.1, 0.45])).toBeNull();
});

test("the greatest number of a row is on the diagonal so often", () => {
  expect(
    onDiagonal(
      ndarray([
        [3, 1],
        [5, 2],
      ]),
    ),
  ).toBe(1);
});

/** Steps of both models from nothing, as the lab takes them; and what the examined sequences then say. */
async function formed(seed: number, steps: number) {
  await Runtime.start("wasm");
  const program = induction({});
  const batch = 32;
  const { x, y } = trainingBlocks(steps * batch, "known", randomStream(seed, "blocks").uniform);
  let parameters: Tensors = upload(initialParameters(program.parameters, seed));
  let slots: Tensors = {};
  const stepper = new Stepper();
  for (let step = 1; step <= steps; step++) {
    const rows = (array: Arrays[string] | undefined) => ({
      shape: [batch, T],
      data: array?.data.slice((step - 1) * batch * T, step * batch * T) ?? new Float32Array(),
    });
    const own = upload({ x: rows(x), y: rows(y) });
    const settings = { learningRate: 0.01, step, clipNorm: 0 };
    const state = { parameters, slots, batch: own, held: {} };
    const next = stepper.step(program, optimisers.adam, state, settings);
    disposeAll({ ...own, ...parameters, ...slots });
    ({ parameters, slots } = next);
  }
  const inputs = upload(examined);
  onTestFinished(() => {
    stepper.forget();
    disposeAll({ ...parameters, ...slots, ...inputs });
  });
  return (held: Arrays = {}, input: Tensors = inputs): Readonly<Record<string, Float32Array>> =>
    tidy(() => {
      const seen = taps(program, parameters, input, upload(held), false);
      return Object.fromEntries(
        Object.entries(seen).map(([name, value]) => [name, value.dataSync() as Float32Array]),
      );
    });
}

const best = (seen: Readonly<Record<string, Float32Array>>, kind: string): number =>
  Math.max(...[1, 2].map((head) => seen[`${kind}.${head}`]?.[0] ?? Number.NaN));

describe.each([1, 2, 3])("trained from nothing with seed %i", (seed) => {
  test("two layers have induction heads, one layer has none; without layer 1 they are gone", async () => {
    const look = await formed(seed, 100);
    const whole = look();
    expect(best(whole, "two.induction.2")).toBeGreaterThan(0.5);
    expect(best(whole, "two.previous.1")).toBeGreaterThan(0.25);
    expect(best(whole, "one.induction.1")).toBeLessThan(0.35);
    expect(whole["two.L_known"]?.[0]).toBeLessThan(1);
    expect(whole["one.L_known"]?.[0]).toBeGreaterThan(1.2);
    const cut = look({ "two.blocks.0.attn.gate": ndarray([[[0]], [[0]]]) });
    expect(cut["two.L_known"]?.[0]).toBeGreaterThan(2);
    expect(best(cut, "two.induction.2")).toBeLessThan(0.3);
  });
});

test("the checkpoint's circuit stands in its weights", async () => {
  const lab = await runningLab("09-mechanistic-interpretability", inductionLab, "wasm");
  onTestFinished(() => lab.close());
  const names = ["two.match@weights", "two.copy@weights"];
  await lab.watch(names);
  const { values } = await lab.frame();
  const [match, copy] = names.map((name) => values[name]) as [NDArray, NDArray];
  const each = ({ data }: NDArray, count: number) =>
    Array.from({ length: count }, (_, i) =>
      onDiagonal({ shape: [V, V], data: data.slice(i * V * V, (i + 1) * V * V) }),
    );
  expect(Math.max(...each(match, 4))).toBe(V);
  expect(Math.max(...each(copy, 2))).toBe(V);
});
