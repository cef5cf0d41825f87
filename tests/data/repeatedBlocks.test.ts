import { expect, test } from "vitest";
import type { NDArray } from "../../src/data/ndarray.ts";
import { repeatedBlocks } from "../../src/data/repeatedBlocks.ts";
import { randomStream } from "../../src/training/random.ts";

const [count, T, V] = [200, 24, 16];
const { x, y, period } = repeatedBlocks(
  { count, T, V },
  randomStream(3, "blocks").uniform,
) as Record<"x" | "y" | "period", NDArray>;
const rows = Array.from({ length: count }, (_, row) => ({
  x: [...x.data.slice(row * T, row * T + T)],
  y: [...y.data.slice(row * T, row * T + T)],
  p: period.data[row]!,
}));

test("each sequence repeats a block of different symbols, again and again", () => {
  for (const row of rows) {
    const block = row.x.slice(0, row.p);
    expect(new Set(block).size).toBe(row.p);
    expect(row.x).toEqual(row.x.map((_, t) => block[t % row.p]));
    expect(row.x.every((symbol) => symbol >= 0 && symbol < V)).toBe(true);
  }
});

test("the next symbol is asked for where it can be known, from the second round on", () => {
  for (const row of rows) {
    expect(row.y.findIndex((symbol) => symbol >= 0)).toBe(row.p - 1);
    for (let t = row.p - 1; t < T - 1; t++) expect(row.y[t]).toBe(row.x[t + 1]);
    expect(row.y[T - 1]).toBe(row.x[T - row.p]);
  }
});

test("every period from a quarter to a half occurs, and every symbol at the beginning", () => {
  expect(new Set(rows.map(({ p }) => p))).toEqual(new Set([6, 7, 8, 9, 10, 11, 12]));
  expect(new Set(rows.map(({ x: [first] }) => first)).size).toBe(V);
});

test.each([
  [{ count: 0, T, V }, /1 for count, got 0/],
  [{ count, T: 3, V }, /4 for T, got 3/],
  [{ count, T, V: 11 }, /at least 12 symbols.*got 11/],
  [{ count, T, V, shortest: 8, longest: 7 }, /8 for longest, got 7/],
])("%j is refused", (blocks, message) => {
  expect(() => repeatedBlocks(blocks, () => 0.5)).toThrow(message);
});
