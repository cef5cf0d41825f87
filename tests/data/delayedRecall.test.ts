import { describe, expect, test } from "vitest";
import {
  delayedRecall,
  distractors,
  recallAlphabet,
  recallOfEach,
  recallSymbols,
} from "../../src/data/delayedRecall.ts";
import { randomStream } from "../../src/training/random.ts";

const random = (seed = 1) => randomStream(seed, "recall").uniform;
const rowsOf = (x: { shape: readonly number[]; data: Float32Array } | undefined) => {
  const [count = 0, T = 0] = x?.shape ?? [];
  return Array.from({ length: count }, (_, i) =>
    Array.from(x?.data ?? []).slice(i * T, (i + 1) * T),
  );
};

describe("delayed recall", () => {
  const { x, y } = delayedRecall({ count: 40, T: 12 }, random());
  const rows = rowsOf(x);

  test("asks at the end for what came first, and only distractors stand between", () => {
    expect(x?.shape).toEqual([40, 12]);
    expect(y?.shape).toEqual([40]);
    for (const [i, row] of rows.entries()) {
      expect(row[0]).toBe(y?.data[i]);
      expect(recallAlphabet[row.at(-1) as number]).toBe("?");
      for (const place of row.slice(1, -1)) {
        expect(distractors).toContain(recallAlphabet[place]);
      }
    }
  });

  test("asks for each symbol equally often, and for each between either distractor", () => {
    for (const symbol of recallSymbols.keys()) {
      expect(y?.data.filter((asked) => asked === symbol)).toHaveLength(10);
    }
    expect(new Set(rows.flatMap((row) => row.slice(1, -1))).size).toBe(distractors.length);
  });

  test("is the same again from the same seed, and another from another", () => {
    expect(delayedRecall({ count: 40, T: 12 }, random())).toEqual({ x, y });
    expect(delayedRecall({ count: 40, T: 12 }, random(2)).x).not.toEqual(x);
  });

  test("for each symbol: the sequences differ in the first place alone", () => {
    const each = rowsOf(recallOfEach(9, random()).x);
    expect(each.map(([first]) => first)).toEqual([0, 1, 2, 3]);
    expect(new Set(each.map((row) => row.slice(1).join())).size).toBe(1);
  });

  test("says what it takes", () => {
    expect(() => delayedRecall({ count: 0, T: 5 }, random())).toThrow(/from 1 of sequences, got 0/);
    expect(() => delayedRecall({ count: 1, T: 2 }, random())).toThrow(/length from 3 .* got 2/);
    expect(() => recallOfEach(2.5, random())).toThrow(/got 2.5/);
  });
});
