import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of a code drawn by chance. */
export const trickSymbols = {
  mu: {
    tex: String.raw`\mu`,
    name: "mean of the code",
    meaning: "Where the cloud of codes of a picture has its middle.",
    kind: "tensor",
    shape: [["m", "d"]],
    range: "any number",
  },
  log_var: {
    tex: String.raw`\log \sigma^2`,
    name: "logarithm of the variance",
    meaning: "How wide the cloud is, in the form in which the encoder says it.",
    kind: "tensor",
    shape: [["m", "d"]],
    range: "any number",
  },
  sigma: {
    tex: String.raw`\sigma`,
    name: "deviation of the code",
    meaning: "How wide the cloud of codes of a picture is.",
    kind: "tensor",
    shape: [["m", "d"]],
    range: "above 0",
  },
  epsilon: {
    tex: String.raw`\varepsilon`,
    name: "noise",
    meaning: "The chance in a code: drawn from N(0, 1), and nothing depends on it.",
    kind: "tensor",
    shape: [["m", "d"]],
    range: "any number",
  },
  z: {
    tex: "z",
    name: "code",
    meaning: "The few numbers drawn from the cloud of a picture, from which it is made again.",
    kind: "tensor",
    shape: [["m", "d"]],
    range: "any number",
  },
} satisfies Symbols;
