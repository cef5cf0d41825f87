import { expect, test } from "vitest";
import { type CodeLanguage, highlighted } from "../../src/book/highlight.ts";
import type { Symbols } from "../../src/book/symbols.ts";

const plain = { tex: "", name: "", meaning: "", kind: "tensor" } as const;
const symbols: Symbols = { w: plain, z: plain, y_hat: plain, eta: { ...plain, code: "rate" } };

function marked(code: string, language: CodeLanguage = "typescript"): string[] {
  return highlighted(code, language, symbols)
    .flat()
    .flatMap(({ text, symbol }) => (symbol === null ? [] : [`${text}=${symbol}`]));
}

test("highlighting changes no character", () => {
  const code = 'const z = tap("z", p.sum(-1).add(b)); // [] or [m]\n\nreturn { z, y_hat };';
  const lines = highlighted(code, "typescript", symbols);
  expect(lines.map((line) => line.map(({ text }) => text).join("")).join("\n")).toBe(code);
});

test("a symbol is marked as a whole identifier, also as a property, and in a string that is nothing else", () => {
  expect(marked('const z = tap("z", this.w.mul(wide)); f("w is z")')).toEqual([
    "z=z",
    "z=z",
    "w=w",
  ]);
});

test("in a comment a letter is a word", () => {
  expect(marked("// w times z")).toEqual([]);
});

test("a symbol is found by its identifier in the code where that differs from its key", () => {
  expect(marked("w -= rate * eta")).toEqual(["w=w", "rate=eta"]);
});

test("Python is marked alike", () => {
  expect(marked("z = self.w @ x  # w\ny_hat = g(z)", "python")).toEqual([
    "z=z",
    "w=w",
    "y_hat=y_hat",
    "z=z",
  ]);
});
