import type { Numbers } from "./boxKernels.ts";
import type { Strides } from "./loops.ts";

/*
 * The arithmetic of the CPU backend's kernels, entry by entry. Each has a loop of its own, written out, so
 * that the compiler of the browser sees one operation on one kind of array.
 */

type Unary = (out: Numbers, x: Numbers) => void;
type Binary = (out: Numbers, a: Numbers, b: Numbers, strides: Strides) => void;

/** By the name of the kernel. */
export const unaryLoops: Readonly<Record<string, Unary>> = {
  Abs: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.abs(x[i]!);
  },
  Exp: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.exp(x[i]!);
  },
  Log: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.log(x[i]!);
  },
  Neg: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = -1 * x[i]!;
  },
  Relu: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.max(0, x[i]!);
  },
  Rsqrt: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = 1 / Math.sqrt(x[i]!);
  },
  Sigmoid: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = 1 / (1 + Math.exp(-x[i]!));
  },
  Sqrt: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.sqrt(x[i]!);
  },
  Square: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = x[i]! * x[i]!;
  },
  Tanh: (out, x) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.tanh(x[i]!);
  },
};

/** By the name of the kernel. */
export const binaryLoops: Readonly<Record<string, Binary>> = {
  Add: (out, a, b, { outer, inner, aOuter, aInner, bOuter, bInner }) => {
    for (let i = 0, o = 0; i < outer; i++) {
      let p = i * aOuter;
      let q = i * bOuter;
      for (let j = 0; j < inner; j++, p += aInner, q += bInner) out[o++] = a[p]! + b[q]!;
    }
  },
  Maximum: (out, a, b, { outer, inner, aOuter, aInner, bOuter, bInner }) => {
    for (let i = 0, o = 0; i < outer; i++) {
      let p = i * aOuter;
      let q = i * bOuter;
      for (let j = 0; j < inner; j++, p += aInner, q += bInner) out[o++] = Math.max(a[p]!, b[q]!);
    }
  },
  Multiply: (out, a, b, { outer, inner, aOuter, aInner, bOuter, bInner }) => {
    for (let i = 0, o = 0; i < outer; i++) {
      let p = i * aOuter;
      let q = i * bOuter;
      for (let j = 0; j < inner; j++, p += aInner, q += bInner) out[o++] = a[p]! * b[q]!;
    }
  },
  RealDiv: (out, a, b, { outer, inner, aOuter, aInner, bOuter, bInner }) => {
    for (let i = 0, o = 0; i < outer; i++) {
      let p = i * aOuter;
      let q = i * bOuter;
      for (let j = 0; j < inner; j++, p += aInner, q += bInner) out[o++] = a[p]! / b[q]!;
    }
  },
  Sub: (out, a, b, { outer, inner, aOuter, aInner, bOuter, bInner }) => {
    for (let i = 0, o = 0; i < outer; i++) {
      let p = i * aOuter;
      let q = i * bOuter;
      for (let j = 0; j < inner; j++, p += aInner, q += bInner) out[o++] = a[p]! - b[q]!;
    }
  },
};
