import { describe, expect, onTestFinished, test } from "vitest";
import {
  countedSteps,
  gradientLab,
  gradientSizes,
  units,
} from "../../chapters/05-recurrent-networks/gradientLab.ts";
import {
  allSentences,
  readableWords,
  vocabulary,
  wordNumber,
  wordsOf,
} from "../../chapters/05-recurrent-networks/sentences.ts";
import {
  agreementAt,
  dimensions,
  unrollLab,
} from "../../chapters/05-recurrent-networks/unrollLab.ts";
import { entry, filled, type NDArray } from "../../src/data/ndarray.ts";
import type { LabSession } from "../../src/engine/session.ts";
import type { Config, Frame, Lab } from "../../src/training/lab.ts";
import { runningLab } from "./runningLab.ts";

let lab: LabSession;
const open = async (one: Lab) => {
  lab = await runningLab("05-recurrent-networks", one);
  onTestFinished(() => lab.close());
};

const part = (array: NDArray | undefined, from: number, size: number) =>
  Array.from({ length: size }, (_, i) => entry(array, from + i));

/** What the chain rule says of ∂L/∂h_t, of the numbers that the figure shows. */
function byChainRule({ values, input, config }: Frame, t: number): number[] {
  const counts = countedSteps(String(config.counted), Number(config.steps)).includes(t);
  const own = counts ? 2 * (entry(values["steps.*.y_hat"], t - 1) - entry(input.y, t - 1)) : 0;
  const isCut = Number(config.truncate) > 0 && t % Number(config.truncate) === 0;
  return Array.from({ length: units }, (_, j) => {
    let sum = own * entry(values.W_y, j);
    if (t === Number(config.steps) || isCut) return sum;
    for (let i = 0; i < units; i++) {
      const J_ij = entry(values["steps.*.J"], (t * units + i) * units + j);
      sum += J_ij * entry(values["grad steps.*.h"], t * units + i);
    }
    return sum;
  });
}

const ways: readonly Partial<Config>[] = [
  { g: "tanh", factor: 0.6 },
  { g: "tanh", factor: 1.4, counted: "all" },
  { g: "relu", factor: 1.1, counted: "3 7 12" },
  { g: "identity", factor: 1.2, steps: 20 },
  { g: "tanh", factor: 0.9, truncate: 4, counted: "all" },
];

describe("gradient through time", () => {
  test.each(ways)(
    "with %o the losses' own parts and the Jacobians make up the gradient",
    async (config) => {
      await open(gradientLab);
      await lab.configure(config);
      const frame = await lab.frame();
      for (let t = 1; t <= Number(frame.config.steps); t++) {
        const found = part(frame.values["grad steps.*.h"], (t - 1) * units, units);
        for (const [j, expected] of byChainRule(frame, t).entries()) {
          const tolerance = 1e-5 * Math.max(1, Math.abs(expected));
          expect(Math.abs((found[j] ?? Number.NaN) - expected), `h${t}`).toBeLessThan(tolerance);
        }
      }
    },
  );

  test.each(["steps.1.h", "steps.7.h", "steps.12.h", "W_h", "W_x"])(
    "nudging %s moves the loss by its gradient",
    async (name) => {
      await open(gradientLab);
      await lab.configure({ factor: 0.9, counted: "4 12" });
      const { shape, data } = await lab.read(name);
      const gradient = await lab.grad(name);
      const { x, y } = (await lab.frame()).input;
      if (!x || !y) throw new Error("There is no sequence.");
      const h = 0.01;
      for (let i = 0; i < data.length; i++) {
        const nudged = (by: number) => {
          const nudge = filled(shape);
          nudge.data[i] = by;
          return { x, y, [`nudge ${name}`]: nudge };
        };
        await lab.watch(["L@more", "L@less"], { more: nudged(h), less: nudged(-h) });
        const { values } = await lab.frame();
        const quotient = (entry(values["L@more"]) - entry(values["L@less"])) / (2 * h);
        // Truncation is of the order h², float32 leaves 1e-7 / 2h.
        expect(quotient).toBeCloseTo(entry(gradient, i), 3);
      }
    },
  );

  test("nothing crosses a cut", async () => {
    await open(gradientLab);
    await lab.configure({ truncate: 4 });
    const frame = await lab.frame();
    const sizes = gradientSizes(frame);
    expect(sizes.slice(0, 8)).toEqual(Array(8).fill(0));
    expect(Math.min(...sizes.slice(8))).toBeGreaterThan(0);
    // Only the first input is not 0, and what it was for lies before the cut.
    expect(part(frame.values["grad W_x"], 0, units)).toEqual([0, 0]);
  });

  test("without a curve, a turn scaled by a factor scales the gradient by it at every step", async () => {
    await open(gradientLab);
    await lab.configure({ g: "identity", factor: 1.3, steps: 10 });
    const sizes = gradientSizes(await lab.frame());
    for (let t = 1; t < 10; t++) {
      expect((sizes[t - 1] ?? 0) / (sizes[t] ?? 0)).toBeCloseTo(1.3, 4);
    }
  });

  test("clipping lets it learn where the unclipped gradient throws it off", async () => {
    await open(gradientLab);
    const [, explodes] = gradientLab.presets ?? [];
    if (!explodes) throw new Error("There is no preset that explodes.");
    await lab.edit(explodes.edit);
    await lab.train(5);
    expect((await lab.frame()).notice?.text).toContain("not a number");
    await lab.edit({ config: { clipNorm: 1 } });
    const { step, loss } = await lab.train(60);
    expect(step).toBe(60);
    expect(loss).toBeLessThan(1);
  });
});

describe("the sentence read word by word", () => {
  test("each word is given its row of E", async () => {
    await open(unrollLab);
    const { values, config } = await lab.frame();
    for (const [t, word] of readableWords(String(config.sentence)).entries()) {
      const row = part(values.E, wordNumber(word) * dimensions, dimensions);
      expect(part(values.e, t * dimensions, dimensions), word).toEqual(row);
    }
  });

  test("a state held by hand changes every later step, and no earlier one", async () => {
    await open(unrollLab);
    const states = async () => (await lab.frame()).values["steps.*.h"]?.data ?? [];
    const before = Array.from(await states());
    await lab.write("steps.3.h", [[0, 0, 0, 0, 0, 0]]);
    const after = Array.from(await states());
    const size = before.length / 5;
    expect(after.slice(0, 2 * size)).toEqual(before.slice(0, 2 * size));
    for (const t of [2, 3, 4]) {
      expect(after.slice(t * size, (t + 1) * size)).not.toEqual(
        before.slice(t * size, (t + 1) * size),
      );
    }
  });

  test("from each of three seeds 200 steps teach it that the verb agrees with its subject", async () => {
    await open(unrollLab);
    for (let seed = 1; seed <= 3; seed++) {
      await lab.reset(seed);
      await lab.train(200);
      for (const [sentence, number] of [
        ["the dog near the cats", "singular"],
        ["the cats near the dog", "plural"],
      ] as const) {
        await lab.configure({ sentence });
        const { values } = await lab.frame();
        expect(agreementAt(values.y, 5)[number], `${sentence}, seed ${seed}`).toBeGreaterThan(0.9);
      }
    }
  }, 240_000);
});

describe("the grammar", () => {
  test("the grammar has 48 sentences, all different, of words that the model knows", () => {
    const all = allSentences();
    expect(new Set(all.map((words) => words.join(" "))).size).toBe(48);
    expect([...new Set(all.flat())].sort()).toEqual([...vocabulary].sort());
  });

  test("capitals and a full stop without a space are understood; a strange word is told, and left out", () => {
    expect(readableWords("The Dog runs.")).toEqual(["the", "dog", "runs", "."]);
    expect(wordsOf("the wolf").map(({ number }) => number)).toEqual([0, -1]);
    expect(readableWords("Ὦ 🐺 42!")).toEqual(["the"]);
    expect(readableWords("")).toEqual(["the"]);
  });
});
