import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of the loss of a variational autoencoder. */
export const planeSymbols = {
  reconstruction: {
    tex: String.raw`\text{reconstruction}`,
    name: "reconstruction cost",
    meaning:
      "What a picture costs once its code is known: −log p(x|z), the mean over the pictures.",
    kind: "tensor",
    shape: [[]],
    range: "at least 0, in nats",
  },
  KL_d: {
    tex: String.raw`\mathrm{KL}_k`,
    name: "divergence of each number",
    meaning: "How many nats each number of the code tells about a picture, on average.",
    kind: "tensor",
    shape: [["d"]],
    range: "at least 0, in nats",
  },
  KL: {
    tex: String.raw`\mathrm{KL}`,
    name: "divergence of the code",
    meaning: "What a code costs: how far its cloud is from the prior, over all its numbers.",
    kind: "tensor",
    shape: [[]],
    range: "at least 0, in nats",
  },
  beta: {
    tex: String.raw`\beta`,
    name: "price of the code",
    meaning: "How much a nat of code costs, in nats of reconstruction.",
    kind: "setting",
    range: "at least 0; 1 for the bound itself",
  },
  ELBO: {
    tex: String.raw`\mathrm{ELBO}`,
    name: "evidence lower bound",
    meaning: "What is made large: at most the logarithm of how probable the picture is.",
    kind: "tensor",
    shape: [[]],
    range: "any number, in nats",
  },
} satisfies Symbols;
