import type { Symbols } from "../../src/book/symbols.ts";

/**
 * The symbols of the multilayer perceptron. Dimensions: m examples, n inputs, f features, k units of the
 * first layer, c outputs. What a layer has stands for every layer; the values are those of the first.
 */
export const symbols = {
  x: {
    tex: "x",
    name: "inputs",
    meaning: "What is known of the examples: one example a row.",
    kind: "tensor",
    shape: [["m"], ["m", "n"]],
    range: "any numbers",
  },
  phi: {
    tex: String.raw`\varphi`,
    name: "features",
    meaning: "What the network is given of an example: the inputs, or something made of them.",
    kind: "tensor",
    shape: [["m", "f"]],
    range: "any numbers",
  },
  "layers.0.W": {
    tex: "W",
    name: "weights of a layer",
    meaning: "One unit in each row: how much it makes of each number that it is given.",
    kind: "tensor",
    shape: [["k", "n"]],
    range: "any numbers",
    code: "W",
  },
  "layers.0.b": {
    tex: "b",
    name: "biases of a layer",
    meaning: "What each unit adds to its weighted sum.",
    kind: "tensor",
    shape: [["k"]],
    range: "any numbers",
    code: "b",
  },
  "layers.0.z": {
    tex: "Z",
    name: "pre-activations of a layer",
    meaning: "Row i, column j: the weighted sum of unit j for example i, with its bias.",
    kind: "tensor",
    shape: [["m", "k"]],
    range: "any numbers",
    code: "z",
  },
  "layers.0.a": {
    tex: "A",
    name: "activations of a layer",
    meaning: "What the units say, and what the next layer is given.",
    kind: "tensor",
    shape: [["m", "k"]],
    range: "what the activation function gives",
    code: "a",
  },
  g: {
    tex: "g",
    name: "activation function",
    meaning: "The curve between one layer and the next. Without it, all layers would be one.",
    kind: "function",
  },
  logits: {
    tex: String.raw`\text{logits}`,
    name: "logits",
    meaning: "The raw numbers of the last layer, before anything is made of them.",
    kind: "tensor",
    shape: [["m", "c"]],
    range: "any numbers",
  },
  y_hat: {
    tex: String.raw`\hat{y}`,
    name: "the network’s answer",
    meaning: "A probability for yes, one for each class, or a number: it depends on the question.",
    kind: "tensor",
    shape: [["m"], ["m", "c"]],
    range: "between 0 and 1 where it is a probability",
  },
  y: {
    tex: "y",
    name: "target",
    meaning: "What is true of the example: 0 or 1, the number of its class, or the number sought.",
    kind: "tensor",
    shape: [["m"], ["m", "c"]],
  },
  L: {
    tex: "L",
    name: "loss",
    meaning: "How wrong the answers are, as one number, averaged over the examples.",
    kind: "tensor",
    shape: [[]],
    range: "0 or more; 0 is perfect",
  },
} satisfies Symbols;
