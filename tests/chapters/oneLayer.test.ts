import { describe, expect, test } from "vitest";
import { bigramsLab } from "../../chapters/09-mechanistic-interpretability/bigramsLab.ts";
import {
  comparedPairs,
  trueBigrams,
} from "../../chapters/09-mechanistic-interpretability/bigramsNumbers.ts";
import {
  longest,
  numberOf,
  pairCounts,
  phrases,
  prepositions,
  readPhrase,
  skipCounts,
  texts,
  verbs,
  vocabulary,
} from "../../chapters/09-mechanistic-interpretability/phrases.ts";
import { skills, skipLab } from "../../chapters/09-mechanistic-interpretability/skipLab.ts";
import {
  copyingScore,
  found,
  metPairs,
  readOff,
  skipTrigrams,
  softmax,
  tablesOf,
} from "../../chapters/09-mechanistic-interpretability/skipNumbers.ts";
import { skipTrigrams as skipProgram } from "../../chapters/09-mechanistic-interpretability/skipProgram.ts";
import {
  headsOf,
  skipSizes,
  twins,
} from "../../chapters/09-mechanistic-interpretability/skipSizes.ts";
import { eigenvalues } from "../../src/data/eigenvalues.ts";
import type { NDArray } from "../../src/data/ndarray.ts";
import { listening } from "../../src/engine/listen.ts";
import * as tf from "../../src/models/tf.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { runningLab } from "../contract/runningLab.ts";

const V = vocabulary.length;
const folder = "09-mechanistic-interpretability";
const seeds = [1, 2, 3, 4, 5];
const numbers = (text: string) => text.split(" ").map(numberOf);

describe("the texts", () => {
  test("a verb and a preposition have one end, and each preposition has several", () => {
    const counts = skipCounts().data;
    for (const verb of verbs) {
      for (const [i, place] of prepositions.entries()) {
        const row = (numberOf(verb) * V + numberOf(place)) * V;
        const after = vocabulary.filter((_, c) => (counts[row + c] ?? 0) > 0);
        expect(after).toEqual([phrases[verb]?.[i]]);
      }
    }
    for (const place of prepositions) {
      const row = numberOf(place) * V;
      const after = vocabulary.filter((_, c) => (pairCounts().data[row + c] ?? 0) > 0);
      expect(after.length).toBeGreaterThanOrEqual(3);
    }
  });

  test("keep … in mind, keep … at bay", () => {
    expect(phrases.keep?.slice(0, 2)).toEqual(["mind", "bay"]);
  });

  test("counts of pairs sum to all places that have a next word", () => {
    const places = texts().reduce((sum, text) => sum + text.length - 1, 0);
    expect(pairCounts().data.reduce((a, b) => a + b)).toBe(places);
  });

  test("of what is typed the known words are read, and the others named", () => {
    expect(readPhrase("mia CAN keep.")).toEqual({
      tokens: numbers("⏎ Mia can keep ."),
      problem: "",
    });
    expect(readPhrase("hello kite").problem).toContain("“hello”");
    expect(readPhrase("").tokens).toEqual([0]);
    expect(readPhrase("the ".repeat(40)).tokens).toHaveLength(18);
  });
});

describe("a model of no layers", () => {
  test("nothing costs less than the texts' own pairs, and they cost themselves nothing more", () => {
    const { logs, floor } = trueBigrams();
    const own = { shape: [V, V], data: logs.map((log) => Math.max(log, -1000)) };
    expect(comparedPairs(own).excess).toBeCloseTo(0, 6);
    expect(comparedPairs(own).correlation).toBeCloseTo(1, 6);
    const even = comparedPairs({ shape: [V, V], data: new Float32Array(V * V) });
    expect(even.floor + even.excess).toBeCloseTo(Math.log(V), 5);
    expect(even.floor).toBe(floor);
  });

  test("it comes near to the texts' pairs, and with two numbers a word it cannot", async () => {
    const lab = await runningLab(folder, bigramsLab, "wasm");
    const pairsOf = async (d: number, seed: number) => {
      await lab.configure({ d });
      await lab.reset(seed);
      await lab.train(150);
      return comparedPairs((await lab.frame()).values.W_EU);
    };
    for (const seed of seeds.slice(0, 2)) {
      const [many, few] = [await pairsOf(16, seed), await pairsOf(2, seed)];
      expect(many.correlation).toBeGreaterThan(0.95);
      expect(many.excess).toBeLessThan(0.04);
      expect(few.excess).toBeGreaterThan(0.15);
    }
    await lab.close();
  });
});

describe("a model of one layer", () => {
  /** A model that nobody has trained, and the same numbers read off its tables. */
  function drawn(seed: number) {
    const program = skipProgram();
    const parameters = Object.fromEntries(
      Object.entries(initialParameters(program.parameters, seed)).map(([name, { shape, data }]) => [
        name,
        tf.tensor(data, [...shape]),
      ]),
    );
    return (rows: readonly (readonly number[])[]) => {
      const { tap, seen } = listening({});
      program.forward(parameters, { x: tf.tensor2d(rows.map((row) => [...row])) }, tap);
      return Object.fromEntries(
        Object.entries(seen).map(([name, value]) => [
          name,
          { shape: value.shape, data: value.dataSync() as Float32Array } satisfies NDArray,
        ]),
      );
    };
  }

  test("its tables give the probabilities of every text that it can read", async () => {
    const lab = await runningLab(folder, skipLab, "wasm"); // starts the backend
    const sentences = [
      "⏎ Mia can keep the kite at",
      "⏎ the the the the",
      "⏎ Tom . bay bay shore in",
    ].map(numbers);
    for (const seed of seeds) {
      tf.tidy(() => {
        const run = drawn(seed);
        for (const text of sentences) {
          const values = run([text]);
          for (const twin of twins) {
            const tables = tablesOf({ values }, twin);
            if (!tables) throw new Error("Expected the tables among the taps.");
            const said = values[`${twin}.p_next`]?.data ?? [];
            const { p } = readOff(tables, text);
            for (let c = 0; c < V; c++)
              expect(Math.abs((p[c] ?? 0) - (said[c] ?? 1))).toBeLessThan(1e-5);
          }
        }
      });
    }
    await lab.close();
  });

  test("the trained models too, on every pair of the texts", async () => {
    const lab = await runningLab(folder, skipLab, "wasm");
    const { pairs } = metPairs();
    expect(pairs.length).toBeGreaterThan(400);
    const x = pairs.map(({ text }) => [...text, ...Array(longest - text.length).fill(0)]);
    for (const twin of twins) {
      await lab.configure({ model: twin });
      const tables = tablesOf(await lab.frame(), twin);
      if (!tables) throw new Error("Expected the tables among the taps.");
      const name = `${twin}.logits`;
      const logits = (await lab.ask({ x }, [name]))[name]?.data ?? new Float32Array();
      const apart = pairs.map(({ text }, i) => {
        const at = (i * longest + text.length - 1) * V;
        const said = softmax(logits.subarray(at, at + V));
        return Math.max(...readOff(tables, text).p.map((p, c) => Math.abs(p - (said[c] ?? 1))));
      });
      expect(Math.max(...apart)).toBeLessThan(1e-4);
    }
    await lab.close();
  });

  test("the eigenvalues of OV over all words are those of its core, and zeros", async () => {
    const lab = await runningLab(folder, skipLab, "wasm");
    for (const seed of seeds) {
      tf.tidy(() => {
        const values = drawn(seed)([[0, 1]]);
        const whole = eigenvalues(values["one.OV_words"]?.data ?? [], V);
        const core = eigenvalues(values["one.core"]?.data ?? [], skipSizes.d_head);
        for (const [i, { re, im }] of core.entries()) {
          const nearest = Math.min(...whole.map((one) => Math.hypot(one.re - re, one.im - im)));
          expect(nearest, `eigenvalue ${i}`).toBeLessThan(1e-3);
        }
        expect(
          Math.hypot(whole[skipSizes.d_head]?.re ?? 1, whole[skipSizes.d_head]?.im ?? 1),
        ).toBeLessThan(0.05);
        expect(Math.abs(copyingScore(core))).toBeLessThanOrEqual(1);
      });
    }
    await lab.close();
  });

  test("a head taken out is taken out of the tables' answer too", async () => {
    const lab = await runningLab(folder, skipLab, "wasm");
    await lab.configure({ model: "two" });
    await lab.write("two.blocks.0.attn.gate", [[[1]], [[0]]]);
    const frame = await lab.frame();
    const tables = tablesOf(frame, "two");
    if (!tables) throw new Error("Expected the tables among the taps.");
    const { p } = readOff(tables, Array.from(frame.input.x?.data ?? []));
    const said = frame.values["two.p_next"]?.data ?? [];
    expect(Math.max(...p.map((one, c) => Math.abs(one - (said[c] ?? 1))))).toBeLessThan(1e-4);
    expect(headsOf.two).toBe(2);
    await lab.close();
  });

  test("its list can be searched, and holds what the texts hold", async () => {
    const lab = await runningLab(folder, skipLab, "wasm");
    await lab.configure({ model: "two" });
    const tables = tablesOf(await lab.frame(), "two");
    if (!tables) throw new Error("Expected the tables among the taps.");
    const all = skipTrigrams(tables);
    const name = (number: number) => vocabulary[number];
    const copies = found(all, "kite the").filter(({ a, b, c }) => a === c && name(b) === "the");
    expect(copies).toHaveLength(1);
    expect(copies[0]?.p).toBeGreaterThan(0.5);
    expect(found(all, "keep at").every(({ a, b, c }) => [a, b, c].map(name).includes("keep"))).toBe(
      true,
    );
    expect(found(all, "nothing of this")).toEqual([]);
    await lab.close();
  });

  test("as the book ships them, two heads know the phrases that one head confuses", async () => {
    const lab = await runningLab(folder, skipLab, "wasm");
    const of = async (model: string) => {
      await lab.configure({ model });
      return skills(await lab.frame());
    };
    expect((await of("one")).phrases).toBeLessThan(0.93);
    expect((await of("two")).phrases).toBeGreaterThan(0.97);
    await lab.close();
  });
});
