import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of the logit lens and of direct attribution. */
export const lensSymbols = {
  lens: {
    tex: String.raw`\text{lens}`,
    name: "logit lens",
    meaning: "The logits that the stream would give if the model ended here.",
    kind: "tensor",
    shape: [["stages", "T", "V"]],
    range: "any numbers",
    code: "logitLens",
  },
  w: {
    tex: "w",
    name: "reading direction",
    meaning: "What a vector written to the stream is multiplied by for what it adds to a logit.",
    kind: "tensor",
    shape: [["d_model"]],
    range: "any numbers",
  },
  dla: {
    tex: "a",
    name: "direct attribution",
    meaning: "What each part of the model adds to the logit, or to the lead of one over another.",
    kind: "tensor",
    shape: [["writers"]],
    range: "any numbers; they sum to the lead",
  },
} satisfies Symbols;
