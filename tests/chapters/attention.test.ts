import { expect, test } from "vitest";
import {
  type AttentionConfig,
  attentionLab,
  deadWords,
  placesOf,
} from "../../chapters/08-transformer/attentionLab.ts";
import { codeLines } from "../../chapters/08-transformer/figures/codeLines.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Config, Frame } from "../../src/training/lab.ts";
import { runningLab } from "../contract/runningLab.ts";

/** The lab as it opens, with these settings. */
async function shown(config: Partial<Config>, seed?: number): Promise<Frame> {
  const lab = await runningLab("08-transformer", attentionLab);
  await lab.configure(config);
  if (seed !== undefined) await lab.reset(seed);
  const frame = await lab.frame();
  await lab.close();
  return frame;
}

const wordsIn = ({ config }: Frame) => placesOf(config as AttentionConfig);

test("hidden filling changes nothing for the words", async () => {
  const [bare, filled] = [await shown({}), await shown({ filling: 3, mask: "padding" })];
  const [T, all] = [wordsIn(bare).length, wordsIn(filled).length];
  expect(all).toBe(T + 3);
  for (let i = 0; i < T; i++) {
    for (let j = 0; j < T; j++) {
      expect(entry(filled.values.A, i * all + j)).toBeCloseTo(entry(bare.values.A, i * T + j), 6);
    }
    for (let j = T; j < all; j++) expect(entry(filled.values.A, i * all + j)).toBe(0);
  }
});

test("what comes through the softmax is A ⊙ (g − Σ A g), of the g that arrives at A", async () => {
  const frame = await shown({ head: "random", d_k: "16" });
  const T = wordsIn(frame).length;
  const at = (name: string, i: number, j: number) => entry(frame.values[name], i * T + j);
  for (let i = 0; i < T; i++) {
    const mean = Array.from({ length: T }, (_, j) => at("A", i, j) * at("grad A", i, j)).reduce(
      (sum, value) => sum + value,
    );
    for (let j = 0; j < T; j++) {
      const expected = at("A", i, j) * (at("grad A", i, j) - mean);
      expect(at("grad S", i, j)).toBeCloseTo(expected, 4);
    }
  }
});

test.each([1, 2, 3, 4, 5])(
  "of a large head drawn at random, words lose their gradient without √dₖ, and none does with it; seed %i",
  async (seed) => {
    const wide = { head: "random", d_k: "256" };
    const [scaled, plain] = [
      await shown({ ...wide, scaled: true }, seed),
      await shown({ ...wide, scaled: false }, seed),
    ];
    expect(deadWords(scaled, wordsIn(scaled).length)).toBe(0);
    expect(deadWords(plain, wordsIn(plain).length)).toBeGreaterThanOrEqual(3);
  },
);

test("whatever is typed, there are one to twelve places", () => {
  for (const sentence of ["", "   ", "💥 !!", "a ".repeat(60), "Ünïcödé 你好"]) {
    const { length } = placesOf({ sentence, filling: 4 });
    expect(length).toBeGreaterThanOrEqual(1);
    expect(length).toBeLessThanOrEqual(12);
  }
});

test("the code beside a number is the line that taps it", () => {
  for (const name of ["Q", "K", "V", "QK", "S", "A", "Z"] as const) {
    expect(codeLines[name][0]).toContain(`tap("${name}",`);
  }
});
