import type { Symbols } from "../../src/book/symbols.ts";

/**
 * The perceptron's symbols. Dimensions: m examples, n inputs, k neurons. Eight hues go round in this
 * order, so that those which meet in one equation differ and x and X, w and W, z and Z agree.
 */
export const symbols = {
  x: {
    tex: "x",
    name: "inputs",
    meaning: "What the neuron is told about one example: one number for each quality.",
    kind: "tensor",
    shape: [["n"], ["m", "n"]],
    range: "any numbers",
  },
  w: {
    tex: "w",
    name: "weights",
    meaning: "How much each input counts, and whether it counts for or against.",
    kind: "tensor",
    shape: [["n"]],
    range: "any numbers",
  },
  b: {
    tex: "b",
    name: "bias",
    meaning:
      "What is added to the weighted sum: how far the neuron leans to yes before it sees anything.",
    kind: "tensor",
    shape: [[], ["k"]],
    range: "any number",
  },
  g: {
    tex: "g",
    name: "activation function",
    meaning: "The curve that turns the sum z into an answer.",
    kind: "function",
  },
  z: {
    tex: "z",
    name: "pre-activation",
    meaning: "All contributions and the bias, added up: how positive the case is.",
    kind: "tensor",
    shape: [[], ["m"]],
    range: "any number",
  },
  p: {
    tex: "p",
    name: "contributions",
    meaning: "Each input times its weight: what that input adds to the sum, or takes from it.",
    kind: "tensor",
    shape: [["n"], ["m", "n"]],
    range: "any numbers",
  },
  y_hat: {
    tex: String.raw`\hat{y}`,
    name: "the neuron's answer",
    meaning: "What the neuron says about the example. With a sigmoid: how sure it is of yes.",
    kind: "tensor",
    shape: [[], ["m"]],
    range: "between 0 and 1 for step and sigmoid",
  },
  y: {
    tex: "y",
    name: "target",
    meaning: "What the neuron ought to have said.",
    kind: "tensor",
    shape: [[], ["m"]],
    range: "0 or 1",
  },
  X: {
    tex: "X",
    name: "a batch of inputs",
    meaning: "One example in each row.",
    kind: "tensor",
    shape: [["n"], ["m", "n"]],
    range: "any numbers",
  },
  W: {
    tex: "W",
    name: "weights of a layer",
    meaning: "One neuron in each row: its weights, in the order of the inputs.",
    kind: "tensor",
    shape: [["k", "n"]],
    range: "any numbers",
  },
  L: {
    tex: "L",
    name: "loss",
    meaning: "How wrong the answers are, as one number, averaged over the examples.",
    kind: "tensor",
    shape: [[]],
    range: "0 or more; 0 is perfect",
  },
  eta: {
    tex: String.raw`\eta`,
    name: "learning rate",
    meaning: "How far the weights move for one unit of error.",
    kind: "setting",
    code: "learningRate",
    range: "above 0",
  },
  Z: {
    tex: "Z",
    name: "pre-activations of a layer",
    meaning: "Row i, column j: the weighted sum of neuron j for example i, with its bias.",
    kind: "tensor",
    shape: [["k"], ["m", "k"]],
    range: "any numbers",
  },
  Y_hat: {
    tex: String.raw`\hat{Y}`,
    name: "answers of a layer",
    meaning: "Row i, column j: what neuron j says about example i.",
    kind: "tensor",
    shape: [["k"], ["m", "k"]],
    range: "what the activation function gives",
  },
} satisfies Symbols;
