import { type Activation, type ActivationName, activationNamed } from "./activations.ts";
import { type Convolution, convolution, convolutionParameters, kernelsOf } from "./convolution.ts";
import { initialisers } from "./initialisers.ts";
import { type Linear, linear, linearOf, linearParameters } from "./linear.ts";
import { asPictures, type Windowing } from "./patches.ts";
import { averagePool, flatten, maxPool, type Pool } from "./pooling.ts";
import type { ParameterSpec, Tensors } from "./program.ts";
import { type Tap, untapped, within } from "./tap.ts";
import type * as tf from "./tf.ts";

export type Stage = Convolution & {
  /** The activation function. */
  readonly g: Activation;
  readonly pool?: (a: tf.Tensor) => tf.Tensor;
};

export interface Cnn {
  readonly stages: readonly Stage[];
  readonly output: Linear;
}

/**
 * A convolutional network: stages of convolution, activation and pooling, p⁰ = x,
 * zⁱ = convolution of pⁱ⁻¹, aⁱ = g(zⁱ), pⁱ = pool(aⁱ); then all maps in a row, and a linear layer.
 *
 * `x` is `[m, h, w, c]`, or `[m, h, w]` or `[h, w]` with one channel; the logits are `[m, classes]`. Taps
 * convs.0.patches, convs.0.z, convs.0.a, convs.0.p, convs.1.…, flat and logits. LeCun et al. 1998, § II.
 */
// #region cnn
export function cnn({ stages, output }: Cnn, x: tf.Tensor, tap = untapped) {
  let p = asPictures(x); // [m, h, w, c]
  for (const [i, { g, pool = unpooled, ...conv }] of stages.entries()) {
    const part = within(`convs.${i}`, tap);
    const a = part("a", g(convolution(conv, p, part))); // [m, h_i, w_i, c_i]
    p = part("p", pool(a)); // [m, h′_i, w′_i, c_i]
  }
  const flat = tap("flat", flatten(p)); // [m, n]
  return tap("logits", linear(output, flat)); // [m, classes]
}
// #endregion

const unpooled = (a: tf.Tensor): tf.Tensor => a;

export interface CnnSettings {
  /** Pixels a side of the pictures. */
  readonly size: number;
  /** Channels of the pictures. Default 1. */
  readonly channels?: number;
  /** Feature maps of each stage. */
  readonly maps: readonly number[];
  /** The window of each stage's convolution; by default its padding keeps the size at stride 1. */
  readonly window: Windowing;
  readonly pool: Pool & { readonly kind: "max" | "average" | "none" };
  readonly activation: ActivationName;
  readonly classes: number;
}

/** A network by its settings. */
export interface BuiltCnn {
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** Cells a side of the maps that each stage hands on. */
  readonly sizes: readonly number[];
  logits(parameters: Tensors, x: tf.Tensor, tap?: Tap): tf.Tensor;
}

const pools = { max: maxPool, average: averagePool };

/**
 * The parameters and the forward pass of a network with these settings: `convs.0.W`, `convs.0.b`, …,
 * `output.W`, `output.b`. Kernels start as He et al. 2015, the output as Glorot & Bengio 2010.
 *
 * @throws RangeError when the maps have shrunk to nothing before the last stage
 */
export function cnnOf(settings: CnnSettings): BuiltCnn {
  const { size, channels = 1, maps, pool, activation, classes } = settings;
  const window = { padding: Math.floor(spanOf(settings.window) / 2), ...settings.window };
  const sizes: number[] = [];
  const parameters: Record<string, ParameterSpec> = {};
  for (const [i, c_out] of maps.entries()) {
    const c_in = maps[i - 1] ?? channels;
    const fanIn = c_in * window.kernel ** 2;
    const part = convolutionParameters(
      `convs.${i}`,
      [c_in, c_out],
      window.kernel,
      initialisers.he(fanIn),
    );
    Object.assign(parameters, part);
    const left = pooled(convolved(sizes[i - 1] ?? size, window), pool);
    if (left < 1) {
      throw new RangeError(
        `Expected pictures large enough for ${maps.length} stages, but nothing is left of ${size} × ${size} pixels after stage ${i + 1}.`,
      );
    }
    sizes.push(left);
  }
  const flat = (maps.at(-1) ?? channels) * (sizes.at(-1) ?? size) ** 2;
  const start = initialisers.xavier(flat, classes);
  Object.assign(parameters, linearParameters("output", flat, classes, start));
  return {
    parameters,
    sizes,
    logits: (given, x, tap) => {
      const stages = maps.map((_, i): Stage => {
        const { stride = 1, padding, dilation = 1 } = window;
        const kernels = kernelsOf(given, `convs.${i}`);
        const stage = { ...kernels, stride, padding, dilation, g: activationNamed(activation) };
        const { kind } = pool;
        return kind === "none" ? stage : { ...stage, pool: (a) => pools[kind](a, pool) };
      });
      return cnn({ stages, output: linearOf(given, "output") }, x, tap);
    },
  };
}

function spanOf({ kernel, dilation = 1 }: Windowing): number {
  return dilation * (kernel - 1) + 1;
}

function convolved(size: number, window: Windowing): number {
  const { stride = 1, padding = 0 } = window;
  return Math.floor((size + 2 * padding - spanOf(window)) / stride) + 1;
}

function pooled(cells: number, { kind, size, stride = size }: CnnSettings["pool"]): number {
  return kind === "none" ? cells : Math.floor((cells - size) / stride) + 1;
}
