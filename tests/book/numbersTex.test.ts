import { expect, test } from "vitest";
import { wantedNames, withNumbers } from "../../src/app/numbersTex.ts";
import { ndarray } from "../../src/data/ndarray.ts";

const values = new Map([
  ["w", ndarray([1, -2])],
  [
    "W",
    ndarray([
      [1, 2],
      [3, 4],
    ]),
  ],
  ["z", ndarray([-0.5])],
  ["b", ndarray(0.5)],
  ["big", ndarray(Array.from({ length: 20 }, (_, i) => i))],
]);

test.each([
  [
    "a single number takes the place of its symbol",
    String.raw`\sym{b}{b}`,
    String.raw`\sym{b}{0.500}`,
  ],
  [
    "a vector is written as a row",
    String.raw`\sym{w}{w}`,
    String.raw`\sym{w}{\begin{bmatrix} 1 & -2 \end{bmatrix}}`,
  ],
  [
    "a matrix row by row",
    String.raw`\sym{W}{W}`,
    String.raw`\sym{W}{\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}}`,
  ],
  ["a long one by its shape", String.raw`\sym{big}{x}`, String.raw`\sym{big}{\text{[20]}}`],
  ["one entry, where a template asks for it", String.raw`\val{w}{0}`, String.raw`\sym{w}{1}`],
  [
    "a negative number after an operator is parenthesised",
    String.raw`x + \sym{z}{z}`,
    String.raw`x + \sym{z}{(-0.500)}`,
  ],
  ["and not after a sign of equality", String.raw`y = \sym{z}{z}`, String.raw`y = \sym{z}{-0.500}`],
  [
    "a function keeps its letter, and its argument gets its number",
    String.raw`\sym{g}{g(\sym{b}{b})}`,
    String.raw`\sym{g}{g(\sym{b}{0.500})}`,
  ],
  [
    "an entry that is not there is a question mark",
    String.raw`\val{lost}{}`,
    String.raw`\sym{lost}{\text{?}}`,
  ],
])("%s", (_law, tex, expected) => {
  expect(withNumbers(tex, values)).toBe(expected);
});

test("in a template a symbol stays a letter, and only what is marked as a value is one", () => {
  const tex = String.raw`\sym{w}{w_1} = \val{w}{0}`;
  expect(withNumbers(tex, values, "template")).toBe(
    String.raw`\sym{w}{w_1} = ${withNumbers(String.raw`\val{w}{0}`, values)}`,
  );
  expect(wantedNames(String.raw`\sym{L}{L} = \val{w}{0}`, "template")).toEqual(["w"]);
});

test("a formula wants each of its symbols once", () => {
  expect(wantedNames(String.raw`\sym{z}{z} = \val{w}{0} + \val{w}{1} \sym{z}{z}`)).toEqual([
    "z",
    "w",
  ]);
});

test("braces that do not match are refused", () => {
  expect(() => withNumbers(String.raw`\sym{z}{z`, values)).toThrow("braces that match");
});
