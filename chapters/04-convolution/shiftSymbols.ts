import type { Symbols } from "../../src/book/symbols.ts";

export const shiftSymbols = {
  x_shifted: {
    tex: String.raw`S_d\,x`,
    name: "shifted picture",
    meaning: "The same picture with everything on it moved by so many whole pixels.",
    kind: "tensor",
    shape: [["m", "h", "w"]],
    code: "shifted",
    range: "between 0 and 1",
  },
} satisfies Symbols;
