import { expect, test } from "vitest";
import { beamTree, byLength } from "../../src/models/transformer/beamTree.ts";

/** Two beams: "1 9" ends at once, "2 3 9" later; "1 4" is given up. 9 is the end. */
const { nodes, sequences } = beamTree(
  {
    token: [
      [1, 2],
      [9, 3],
      [9, 9],
    ],
    parent: [
      [0, 0],
      [0, 1],
      [0, 1],
    ],
    score: [
      [-0.5, -1],
      [-1, -1.25],
      [-1, -1.5],
    ],
  },
  9,
);

test("a tree has a node for each token that a beam took, and none after an end", () => {
  expect(nodes.map(({ token, step, parent }) => [token, step, parent])).toEqual([
    [1, 1, -1],
    [2, 1, -1],
    [9, 2, 0],
    [3, 2, 1],
    [9, 3, 3],
  ]);
  expect(nodes.every(({ isAlive }) => isAlive)).toBe(true);
});

test("its sequences are the paths to the last beams, without the end", () => {
  expect(sequences.map(({ tokens, score, hasEnded }) => ({ tokens, score, hasEnded }))).toEqual([
    { tokens: [1], score: -1, hasEnded: true },
    { tokens: [2, 3], score: -1.5, hasEnded: true },
  ]);
});

test("what no last beam comes from was given up; what cannot be is left out", () => {
  const { nodes: all, sequences: left } = beamTree(
    {
      token: [
        [1, 2],
        [3, 0],
      ],
      parent: [
        [0, 0],
        [0, 1],
      ],
      score: [
        [-1, -2],
        [-3, -30_001],
      ],
    },
    9,
  );
  expect(all.map(({ token, isAlive }) => [token, isAlive])).toEqual([
    [1, true],
    [2, false],
    [3, true],
  ]);
  expect(left.map(({ tokens, hasEnded }) => [tokens, hasEnded])).toEqual([[[1, 3], false]]);
});

test("length costs less, the larger its exponent", () => {
  expect(byLength(sequences, 0).map(({ score }) => score)).toEqual([-1, -1.5]);
  // −1 / 2 against −1.5 / 3, and −1 / 4 against −1.5 / 9.
  expect(byLength(sequences, 2).map(({ score }) => score)).toEqual([-1.5, -1]);
});
