import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of cutting, swapping and pushing. */
export const interventionsSymbols = {
  r: {
    tex: "r",
    name: "share restored",
    meaning:
      "How much of the first text’s answer a swap brings back: 0 is as the second, 1 as the first.",
    kind: "tensor",
    code: "restored",
    shape: [["sites", "T"]],
    range: "mostly 0 to 1",
    at: { name: "r@patching", config: { act: "patch" } },
  },
  v: {
    tex: "v",
    name: "direction",
    meaning:
      "The mean of the stream where one letter has been read, less that where the other has.",
    kind: "tensor",
    shape: [["d_model"]],
    range: "any numbers",
    at: { name: "v@steering", config: { act: "steer" } },
  },
  alpha: {
    tex: String.raw`\alpha`,
    name: "strength",
    meaning: "How many times the direction is added.",
    kind: "setting",
    range: "−1 to 2",
  },
} satisfies Symbols;
