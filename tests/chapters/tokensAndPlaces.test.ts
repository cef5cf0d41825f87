import "@tensorflow/tfjs-backend-cpu";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { byDistance, nearShare, wordNumbers } from "../../chapters/08-transformer/positionsData.ts";
import { turned } from "../../chapters/08-transformer/positionsProgram.ts";
import {
  lessonOf,
  nextPairs,
  type TokenNode,
  tokensOf,
  typedNumbers,
  wordsOf,
} from "../../chapters/08-transformer/tokensData.ts";
import { filled, ndarray } from "../../src/data/ndarray.ts";
import { bytesOf, tokenName } from "../../src/data/tokenNames.ts";
import * as tf from "../../src/models/tf.ts";
import { sinusoidal } from "../../src/models/transformer/positions.ts";
import "../models/allclose.ts";
import { numbersOf } from "../models/evaluate.ts";

const anyLine = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.constantFrom("the", " moon", "🦊", "你", " said", "é", "\n", "’", "  "), {
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
);

const leaves = (node: TokenNode): TokenNode[] =>
  node.parts.length === 0 ? [node] : node.parts.flatMap(leaves);

describe("tokens", () => {
  test("the towers of a line end in the coder's tokens, and stand on all its bytes", () => {
    fc.assert(
      fc.property(anyLine, fc.integer({ min: 0, max: 400 }), (line, merges) => {
        const tokens = tokensOf("", merges);
        const towers = wordsOf(line, tokens).flatMap((word) => word.tokens);
        expect(towers.map(({ letters }) => letters)).toEqual(tokens.coder.pieces(line));
        const bytes = towers.flatMap(leaves).flatMap(({ letters }) => bytesOf(letters));
        expect(bytes).toEqual([...new TextEncoder().encode(line)]);
      }),
      { numRuns: 60 },
    );
  });

  test("the text is as long after so many merges as the coder makes it with them", () => {
    const { text, lengths } = lessonOf("");
    for (const merges of [0, 1, 37, 200]) {
      expect(tokensOf("", merges).coder.pieces(text)).toHaveLength(lengths[merges] as number);
    }
  });

  test("the pair that stands first in the list is the one that is merged next", () => {
    for (const merges of [36, 3, 12]) {
      const tokens = tokensOf("", merges);
      expect(nextPairs(tokens, 3)[0]).toMatchObject({
        left: tokens.lesson.merges[merges]?.left,
        right: tokens.lesson.merges[merges]?.right,
      });
    }
  });

  test("a text in which nothing stands twice has bytes for tokens, and no merges", () => {
    const { made, V, lesson } = tokensOf("abc", 40);
    expect([made, V, lesson.merges.length]).toEqual([0, 256, 0]);
    expect(nextPairs(tokensOf("abc", 40), 5)).toEqual([]);
  });

  test("a token is named by its characters, or by its bytes where they are no whole or no visible one", () => {
    expect(["Ġmoon", "Ċ", "ðŁ", "Ì", "h"].map(tokenName)).toEqual([
      "␣moon",
      "⏎",
      "240 159",
      "204",
      "h",
    ]);
  });

  test("numbers are read between blanks and commas; anything else is refused", () => {
    expect(typedNumbers(" 12, 7;300 ")).toEqual([12, 7, 300]);
    expect(typedNumbers("")).toEqual([]);
    expect(typedNumbers("12 -3")).toBeNull();
    expect(typedNumbers("moon")).toBeNull();
  });
});

describe("places", () => {
  beforeAll(() => tf.setBackend("cpu"));

  test("R turns the waves of every place into those of the place k further on", async () => {
    const [T, d, k] = [20, 16, 7];
    const moved = await numbersOf(() => sinusoidal(T, d).matMul(turned(k, d)));
    const there = await numbersOf(() => sinusoidal(T + k, d).slice([k, 0], [T, d]));
    expect(moved).toBeAllclose(there, { absolute: 1e-5 });
  });

  test("the products of the waves depend on the distance alone", async () => {
    const products = await numbersOf(() => {
      const P = sinusoidal(24, 16);
      return P.matMul(P, false, true);
    });
    for (const { least, most } of byDistance(products)) expect(most - least).toBeLessThan(1e-5);
    expect(byDistance(products)[0]?.mean).toBeCloseTo(1);
  });

  test("by distance: least, mean and greatest of each diagonal, as shares of the first one's mean", () => {
    const [, first, second] = byDistance(
      ndarray([
        [2, 1, 0],
        [1, 2, -1],
        [0, -1, 2],
      ]),
    );
    expect(first).toEqual({ distance: 1, mean: 0, least: -0.5, most: 0.5 });
    expect(second).toEqual({ distance: 2, mean: 0, least: 0, most: 0 });
  });

  test("attention spread evenly over five places has, on each, two to four of them near", () => {
    // (2 + 3 + 4 + 3 + 2) / 5 neighbours of 1/5 each
    expect(nearShare(filled([5, 5], 0.2), 5)).toBeCloseTo(14 / 25);
  });

  test("a word that comes again has the number that it had", () => {
    expect([...wordNumbers(["the", "cat", "the", "dog"]).data]).toEqual([0, 1, 0, 2]);
  });
});
