import * as tf from "../models/tf.ts";
import { copyRun, type Numbers } from "./boxKernels.ts";
import { binaryLoops, unaryLoops } from "./entryLoops.ts";
import { batchedProduct, productOf } from "./matrixProduct.ts";

/*
 * A kernel of the CPU backend, once what it works on is known, is a loop over arrays. The loops here give
 * the same bits as TensorFlow.js's kernels, of which each result is rounded to its type, and leave out what
 * those do at every call: to look up data, to compare shapes, to make room.
 */

/** Fills the outputs from the inputs, all of them the arrays of tensors of the shapes that it was made for. */
export type Loop = (outputs: readonly Numbers[], inputs: readonly Numbers[]) => void;

/** A call of a kernel, as it was recorded. */
export interface Call {
  readonly name: string;
  readonly inputs: Readonly<Record<string, tf.TensorInfo | readonly tf.TensorInfo[] | undefined>>;
  readonly attrs: tf.NamedAttrMap | undefined;
  readonly outputs: readonly tf.TensorInfo[];
}

/** A loop, and the tensors among the call's inputs that it reads, in its order. */
export interface LoopCall {
  readonly inputs: readonly tf.TensorInfo[];
  readonly run: Loop;
}

/** The call of a kernel of the CPU backend as a loop; null where there is none for it. */
export function loopOf(call: Call): LoopCall | null {
  const { name, inputs, outputs } = call;
  const entrywise = unaryLoops[name];
  const [output] = outputs;
  if (!output || outputs.some(({ dtype }) => dtype !== "float32" && dtype !== "bool")) return null;
  if (entrywise) {
    const { x } = inputs as { x: tf.TensorInfo };
    if (x.dtype !== "float32" || output.dtype !== "float32") return null;
    return { inputs: [x], run: ([out], [x]) => entrywise(out as Numbers, x as Numbers) };
  }
  const make = name in binaryLoops ? binary : loops[name];
  return make?.(call) ?? null;
}

type Making = (call: Call) => LoopCall | null;

const isFloat = ({ dtype }: tf.TensorInfo): boolean => dtype === "float32";

/** Where the entries of two operands lie that stretch to one shape: `outer` times a run of `inner`. */
export interface Strides {
  readonly outer: number;
  readonly inner: number;
  readonly aOuter: number;
  readonly aInner: number;
  readonly bOuter: number;
  readonly bInner: number;
}

const product = (sizes: readonly number[]): number => sizes.reduce((x, y) => x * y, 1);

/** The strides of two shapes within the shape that they make together; null where two levels do not do. */
export function stridesOf(
  a: readonly number[],
  b: readonly number[],
  out: readonly number[],
): Strides | null {
  const stretched = (shape: readonly number[]) =>
    out.map((size, i) => size !== 1 && (shape[i - out.length + shape.length] ?? 1) === 1);
  const [aStretched, bStretched] = [stretched(a), stretched(b)];
  for (let cut = 0; cut <= out.length; cut++) {
    const parts = [
      [0, cut],
      [cut, out.length],
    ] as const;
    const strides = (isStretched: readonly boolean[]) => {
      const [far, near] = parts.map(([from, to]) => {
        const real = isStretched.slice(from, to).filter((_, i) => out[from + i] !== 1);
        return real.every((one) => one) ? 0 : real.some((one) => one) ? null : 1;
      });
      return far == null || near == null ? null : { far, near };
    };
    const [forA, forB] = [strides(aStretched), strides(bStretched)];
    if (!forA || !forB) continue;
    const inner = product(out.slice(cut));
    return {
      outer: product(out.slice(0, cut)),
      inner,
      aOuter: forA.far * (forA.near === 1 ? inner : 1),
      aInner: forA.near,
      bOuter: forB.far * (forB.near === 1 ? inner : 1),
      bInner: forB.near,
    };
  }
  return null;
}

const binary: Making = ({ name, inputs, outputs: [output] }) => {
  const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
  const loop = binaryLoops[name];
  if (!loop || !output || !isFloat(a) || !isFloat(b)) return null;
  const strides = stridesOf(a.shape, b.shape, output.shape);
  if (strides) {
    return {
      inputs: [a, b],
      run: ([out], [a, b]) => loop(out as Numbers, a as Numbers, b as Numbers, strides),
    };
  }
  const turns = turnsOf(a.shape, b.shape, output.shape);
  if (!turns) return null;
  const { count, aStep, bStep, step, aSize, bSize, inner } = turns;
  return {
    inputs: [a, b],
    run: ([out], [a, b]) => {
      for (let i = 0; i < count; i++) {
        loop(
          (out as Numbers).subarray(i * step, (i + 1) * step),
          (a as Numbers).subarray(i * aStep, i * aStep + aSize),
          (b as Numbers).subarray(i * bStep, i * bStep + bSize),
          inner,
        );
      }
    },
  };
};

/** Two shapes that stretch in three levels: `count` times two levels, an operand going on by its step or beginning anew. */
function turnsOf(a: readonly number[], b: readonly number[], out: readonly number[]) {
  const whole = (shape: readonly number[]) => [
    ...Array.from({ length: out.length - shape.length }, () => 1),
    ...shape,
  ];
  const [wholeA, wholeB] = [whole(a), whole(b)];
  for (let cut = 1; cut < out.length; cut++) {
    const [restA, restB, rest] = [wholeA, wholeB, out].map((shape) => shape.slice(cut)) as [
      number[],
      number[],
      number[],
    ];
    const inner = stridesOf(restA, restB, rest);
    const count = product(out.slice(0, cut));
    const turns = [wholeA, wholeB].map((shape) => product(shape.slice(0, cut)));
    if (!inner || turns.some((own) => own !== 1 && own !== count)) continue;
    const [aSize, bSize] = [product(restA), product(restB)];
    const [aTurns, bTurns] = turns;
    return {
      count,
      inner,
      step: product(rest),
      aSize,
      bSize,
      aStep: aTurns === 1 ? 0 : aSize,
      bStep: bTurns === 1 ? 0 : bSize,
    };
  }
  return null;
}

/** What lies before, along and behind dimensions that stand side by side; null where they do not. */
function around(shape: readonly number[], axes: readonly number[]) {
  const sorted = [...axes].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  if (sorted.some((axis, i) => axis !== first + i)) return null;
  const last = first + sorted.length;
  return {
    outer: product(shape.slice(0, first)),
    along: product(shape.slice(first, last)),
    inner: product(shape.slice(last)),
  };
}

/** Sums over dimensions that stand side by side; for a mean, each entry is divided first. */
function reducing(isMean: boolean): Making {
  return ({ inputs, attrs, outputs: [output] }) => {
    const { x } = inputs as { x: tf.TensorInfo };
    if (!isFloat(x) || output?.dtype !== "float32") return null;
    const { axis } = attrs as unknown as { axis: number[] };
    const sizes = around(x.shape, tf.util.parseAxisParam(axis, x.shape));
    if (!sizes) return null;
    const { outer, along, inner } = sizes;
    const divisor = isMean ? along : 1;
    return {
      inputs: [x],
      run: ([out], [x]) => {
        for (let i = 0; i < outer; i++) {
          for (let j = 0; j < inner; j++) {
            let sum = 0;
            let at = i * along * inner + j;
            for (let k = 0; k < along; k++, at += inner) {
              sum += Math.fround((x as Numbers)[at]! / divisor);
            }
            (out as Numbers)[i * inner + j] = sum;
          }
        }
      },
    };
  };
}

const greatest: Making = ({ inputs, attrs }) => {
  const { x } = inputs as { x: tf.TensorInfo };
  const { reductionIndices } = attrs as unknown as { reductionIndices: number[] };
  const sizes = around(x.shape, tf.util.parseAxisParam(reductionIndices, x.shape));
  if (!isFloat(x) || sizes?.inner !== 1) return null;
  const { outer, along } = sizes;
  return {
    inputs: [x],
    run: ([out], [x]) => {
      for (let i = 0; i < outer; i++) (out as Numbers)[i] = maximum(x as Numbers, i * along, along);
    },
  };
};

/** As the kernel does it, a NaN wins. */
function maximum(x: Numbers, from: number, count: number): number {
  let max = x[from]!;
  for (let k = 1; k < count; k++) {
    const value = x[from + k]!;
    if (Number.isNaN(value) || value > max) max = value;
  }
  return max;
}

/** Over the last dimension, each of its steps rounded as the kernels that it is made of round theirs. */
const softmax: Making = ({ inputs, attrs }) => {
  const { logits } = inputs as { logits: tf.TensorInfo };
  const { dim } = attrs as unknown as { dim: number };
  const last = logits.shape.length - 1;
  if (!isFloat(logits) || (dim !== last && dim !== -1)) return null;
  const along = logits.shape[last] ?? 1;
  const outer = product(logits.shape.slice(0, last));
  return {
    inputs: [logits],
    run: ([out], [x]) => {
      const a = out as Numbers;
      for (let i = 0, from = 0; i < outer; i++, from += along) {
        const max = maximum(x as Numbers, from, along);
        let sum = 0;
        for (let k = from; k < from + along; k++) {
          a[k] = Math.exp(Math.fround((x as Numbers)[k]! - max));
          sum += a[k]!;
        }
        sum = Math.fround(sum);
        for (let k = from; k < from + along; k++) a[k] = a[k]! / sum;
      }
    },
  };
};

const matMul: Making = ({ inputs, attrs }) => {
  const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
  const { transposeA, transposeB } = attrs as unknown as Record<string, boolean>;
  const product = productOf(a, b, transposeA === true, transposeB === true);
  if (!product) return null;
  const { sizes, batch } = product;
  return {
    inputs: [a, b],
    run: ([c], [a, b]) =>
      batchedProduct(
        { numbers: a as Float32Array, transposed: transposeA === true },
        { numbers: b as Float32Array, transposed: transposeB === true },
        sizes,
        batch,
        c as Float32Array,
      ),
  };
};

/** How many times the pieces along a dimension take turns, and how much of each at a time. */
function turnsAlong(pieces: readonly tf.TensorInfo[], outer: number): readonly number[] {
  return pieces.map(({ shape }) => product(shape) / outer);
}

const joining: Making = ({ inputs, attrs, outputs: [output] }) => {
  const pieces = Object.values(inputs) as tf.TensorInfo[];
  if (!output || !pieces.every(isFloat) || !isFloat(output)) return null;
  const axis = tf.util.parseAxisParam((attrs as { axis: number }).axis, output.shape)[0] ?? 0;
  const outer = product(output.shape.slice(0, axis));
  const runs = turnsAlong(pieces, outer);
  return {
    inputs: pieces,
    run: ([out], pieces) => {
      let at = 0;
      for (let i = 0; i < outer; i++) {
        for (let p = 0; p < pieces.length; p++) {
          const run = runs[p]!;
          copyRun(pieces[p]!, i * run, out as Numbers, at, run);
          at += run;
        }
      }
    },
  };
};

const parting: Making = ({ inputs, attrs, outputs }) => {
  const { x = inputs.value } = inputs as { x?: tf.TensorInfo };
  const whole = x as tf.TensorInfo;
  if (!isFloat(whole)) return null;
  const axis = tf.util.parseAxisParam((attrs as { axis: number }).axis, whole.shape)[0] ?? 0;
  const outer = product(whole.shape.slice(0, axis));
  const runs = turnsAlong(outputs, outer);
  return {
    inputs: [whole],
    run: (pieces, [x]) => {
      let at = 0;
      for (let i = 0; i < outer; i++) {
        for (let p = 0; p < pieces.length; p++) {
          const run = runs[p]!;
          copyRun(x as Numbers, at, pieces[p]!, i * run, run);
          at += run;
        }
      }
    },
  };
};

/** A part of a tensor that is cut along one dimension, or none. */
const slice: Making = ({ inputs, attrs, outputs: [output] }) => {
  const { x } = inputs as { x: tf.TensorInfo };
  if (!output || !isFloat(x)) return null;
  const { begin, size } = attrs as unknown as { begin: number[]; size: number[] };
  const [from] = tf.slice_util.parseSliceParams(x as tf.Tensor, begin, size) as [number[]];
  const cut = x.shape.findIndex((whole, i) => whole !== output.shape[i]);
  const axis = Math.max(cut, 0);
  if (x.shape.some((whole, i) => i > axis && whole !== output.shape[i])) return null;
  const outer = product(x.shape.slice(0, axis));
  const inner = product(x.shape.slice(axis + 1));
  const [run, whole] = [(output.shape[axis] ?? 1) * inner, (x.shape[axis] ?? 1) * inner];
  const offset = (from[axis] ?? 0) * inner;
  return {
    inputs: [x],
    run: ([out], [x]) => {
      for (let i = 0; i < outer; i++) {
        copyRun(x as Numbers, i * whole + offset, out as Numbers, i * run, run);
      }
    },
  };
};

/** Beyond so many entries, where each comes from is not worth remembering. */
const mostPlaces = 1_000_000;

const transpose: Making = ({ inputs, attrs, outputs: [output] }) => {
  const { x } = inputs as { x: tf.TensorInfo };
  const { perm } = attrs as unknown as { perm: number[] };
  const count = product(x.shape);
  if (!output || !isFloat(x) || count > mostPlaces) return null;
  const strides = tf.util.computeStrides(x.shape).concat(1);
  const places = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let rest = i;
    for (let axis = perm.length - 1; axis >= 0; axis--) {
      const size = output.shape[axis]!;
      places[i] = places[i]! + (rest % size) * strides[perm[axis]!]!;
      rest = Math.floor(rest / size);
    }
  }
  return {
    inputs: [x],
    run: ([out], [x]) => {
      for (let i = 0; i < count; i++) (out as Numbers)[i] = (x as Numbers)[places[i]!]!;
    },
  };
};

/** To float32, which copies; of other changes of type there are few. */
const cast: Making = ({ inputs, outputs: [output] }) => {
  const { x } = inputs as { x: tf.TensorInfo };
  if (output?.dtype !== "float32" || (x.dtype !== "bool" && x.dtype !== "int32")) return null;
  return { inputs: [x], run: ([out], [x]) => (out as Numbers).set(x as Numbers) };
};

const step: Making = ({ inputs, attrs }) => {
  const { x } = inputs as { x: tf.TensorInfo };
  const { alpha } = attrs as unknown as { alpha: number };
  if (!isFloat(x)) return null;
  return {
    inputs: [x],
    run: ([out], [x]) => {
      const given = x as Numbers;
      for (let i = 0; i < given.length; i++) {
        const value = given[i]!;
        (out as Numbers)[i] = Number.isNaN(value) ? Number.NaN : value > 0 ? 1 : alpha;
      }
    },
  };
};

const loops: Readonly<Record<string, Making>> = {
  BatchMatMul: matMul,
  Cast: cast,
  Concat: joining,
  Max: greatest,
  Mean: reducing(true),
  Pack: joining,
  Slice: slice,
  Softmax: softmax,
  SplitV: parting,
  Step: step,
  Sum: reducing(false),
  Transpose: transpose,
  Unpack: parting,
};
