import type { Symbols } from "../../src/book/symbols.ts";

const ofHeads = (tex: string, tap: string, name: string, meaning: string) => ({
  tex,
  name,
  meaning,
  kind: "tensor" as const,
  shape: [["h", "V", "V"]],
  range: "any numbers",
  at: { name: `one.${tap}`, config: {} },
});

/** The symbols of the model of one layer. Dimensions as in `transformerSymbols`. */
export const skipSymbols = {
  QK_words: ofHeads(
    String.raw`W_E W_{QK} W_E^\top`,
    "QK_words",
    "expanded QK circuit",
    "For any two words, how much the first looks at the second.",
  ),
  OV_words: ofHeads(
    "W_E W_{OV} W_U",
    "OV_words",
    "expanded OV circuit",
    "For any two words, what a full look at the first adds to the logit of the second.",
  ),
  direct: {
    tex: "W_E W_U",
    name: "direct path",
    meaning: "What the last word says of the next by itself, past all heads.",
    kind: "tensor",
    shape: [["V", "V"]],
    range: "any numbers",
    at: { name: "one.direct", config: {} },
  },
} satisfies Symbols;
