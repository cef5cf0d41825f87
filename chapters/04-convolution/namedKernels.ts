/** A kernel of 3 × 3 weights with a name. */
export interface NamedKernel {
  readonly name: string;
  /** What it answers to, in one sentence. */
  readonly says: string;
  /** Row by row. */
  readonly weights: readonly number[];
}

/**
 * The kernels that everybody who works with pictures knows. Two of them are of Sobel & Feldman 1968, the
 * outline is the Laplacian of eight neighbours, the blur is binomial.
 */
export const namedKernels: readonly NamedKernel[] = [
  {
    name: "unchanged",
    says: "One weight of 1 in the middle: each cell answers with itself.",
    weights: [0, 0, 0, 0, 1, 0, 0, 0, 0],
  },
  {
    name: "blur",
    says: "A mean in which near cells count more.",
    weights: [1, 2, 1, 2, 4, 2, 1, 2, 1].map((weight) => weight / 16),
  },
  {
    name: "sharpen",
    says: "Each cell, and its difference from the four beside it once more.",
    weights: [0, -1, 0, -1, 5, -1, 0, -1, 0],
  },
  {
    name: "upright edges",
    says: "How much more there is on the right than on the left.",
    weights: [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  },
  {
    name: "level edges",
    says: "How much more there is below than above.",
    weights: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  },
  {
    name: "outline",
    says: "How each cell differs from the eight around it.",
    weights: [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  },
  {
    name: "emboss",
    says: "Each cell, lit from one corner as if it stood out.",
    weights: [-2, -1, 0, -1, 1, 1, 0, 1, 2],
  },
];

/** The kernel with these weights, if it has a name. All of them are exact as 32-bit numbers. */
export function kernelWith(weights: ArrayLike<number>): NamedKernel | undefined {
  return namedKernels.find((kernel) => kernel.weights.every((weight, i) => weight === weights[i]));
}
