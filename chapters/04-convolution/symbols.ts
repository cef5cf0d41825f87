import type { Symbols } from "../../src/book/symbols.ts";
import { digitsSymbols } from "./digitsSymbols.ts";
import { shiftSymbols } from "./shiftSymbols.ts";

/** Dimensions: m pictures of h × w cells with c_in channels; c_out maps of h′ × w′ cells; k the kernel's size. */
const ownSymbols = {
  x: {
    tex: "x",
    name: "picture",
    meaning: "What goes in: for each cell one number a channel.",
    kind: "tensor",
    shape: [
      ["m", "h", "w", "c_in"],
      ["m", "h", "w"],
      ["h", "w"],
    ],
    range: "between 0 and 1",
  },
  W: {
    tex: "W",
    name: "kernels",
    meaning: "The weights: for each map that comes out, a small square of them for each channel.",
    kind: "tensor",
    shape: [["c_out", "c_in", "k", "k"]],
    range: "any number",
  },
  b: {
    tex: "b",
    name: "biases",
    meaning: "One number for each map, added at every place.",
    kind: "tensor",
    shape: [["c_out"]],
    range: "any number",
  },
  z: {
    tex: "z",
    name: "feature maps",
    meaning: "What comes out: for each place of the window, and each kernel, one weighted sum.",
    kind: "tensor",
    shape: [["m", "h′", "w′", "c_out"]],
    range: "any number",
  },
  p: {
    tex: "p",
    name: "pooled maps",
    meaning: "The greatest, or the mean, of what each window sees of a map.",
    kind: "tensor",
    shape: [["m", "h″", "w″", "c_in"]],
    range: "that of what is pooled",
  },
  L: {
    tex: "L",
    name: "loss",
    meaning: "How far the answers are from those wanted.",
    kind: "tensor",
    shape: [[]],
    range: "0 or more",
  },
  kernel: {
    tex: "k",
    name: "kernel size",
    meaning: "How many cells a side the window looks at.",
    kind: "setting",
    range: "1 or more",
  },
  stride: {
    tex: "s",
    name: "stride",
    meaning: "How many cells the window moves at a time.",
    kind: "setting",
    range: "1 or more",
  },
  padding: {
    tex: "P",
    name: "padding",
    meaning: "How many cells of zeros are put around the picture.",
    kind: "setting",
    range: "0 or more",
  },
  dilation: {
    tex: "d",
    name: "dilation",
    meaning: "How far apart the cells lie that the window looks at: 1 for neighbours.",
    kind: "setting",
    range: "1 or more",
  },
  c_in: {
    tex: String.raw`c_{\text{in}}`,
    name: "channels in",
    meaning: "How many numbers each cell of the picture has: three in colour.",
    kind: "setting",
    range: "1 or more",
  },
  c_out: {
    tex: String.raw`c_{\text{out}}`,
    name: "maps out",
    meaning: "How many kernels there are, and so how many maps come out.",
    kind: "setting",
    range: "1 or more",
  },
} satisfies Symbols;

export const symbols = { ...ownSymbols, ...digitsSymbols, ...shiftSymbols } satisfies Symbols;
