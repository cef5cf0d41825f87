import { activationNamed } from "../../src/models/activations.ts";
import { asRows } from "../../src/models/autoencoder.ts";
import { cnn, cnnOf } from "../../src/models/cnn.ts";
import { convolutionParameters, kernelsOf } from "../../src/models/convolution.ts";
import { initialisers } from "../../src/models/initialisers.ts";
import { linearOf, linearParameters } from "../../src/models/linear.ts";
import { multilayer } from "../../src/models/multilayer.ts";
import { named } from "../../src/models/named.ts";
import { maxPool } from "../../src/models/pooling.ts";
import type { ParameterSpec, Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { categoricalCrossEntropy } from "../../src/training/loss.ts";
import { paper } from "./shiftData.ts";
import { type NetName, nets, shifts } from "./shiftNets.ts";

/**
 * `conv-shift`. Data: `x` [m, 20, 20], from 0 to 1; `y` [m], which digit each is. Without `y` the nets read
 * every picture twice, as it is and shifted, `[2m, …]`. With `every` besides, each net's share of right
 * answers is taken at every shift to the side, from −4 to 4 pixels.
 */
export type ShiftConfig = {
  /** Pixels to the right and down, whole; below 0 to the left and up. */
  readonly right: number;
  readonly down: number;
};

/** Pictures moved by whole pixels: ground comes in on one side, and what leaves on the other is gone. */
// #region shift
export function shifted(x: tf.Tensor, right: number, down: number): tf.Tensor {
  const [m, h, w] = x.shape as [number, number, number];
  const room = (by: number): [number, number] => [Math.max(by, 0), Math.max(-by, 0)];
  const wider = x.pad([[0, 0], room(down), room(right)]); // [m, h + |down|, w + |right|]
  return wider.slice([0, Math.max(-down, 0), Math.max(-right, 0)], [m, h, w]); // [m, h, w]
}
// #endregion

interface Net {
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  logits(parameters: Tensors, x: tf.Tensor, tap: Tap): tf.Tensor;
}

const classes = 10;
const kernel = 3;
const relu = activationNamed("relu");

function convolutional(pool: "none" | "max"): Net {
  return cnnOf({
    size: paper,
    maps: [8, 8],
    window: { kernel },
    pool: { kind: pool, size: 2 },
    activation: "relu",
    classes,
  });
}

function fullyConnected(): Net {
  const net = multilayer({
    sizes: [paper * paper, 32, classes],
    activations: ["relu"],
    initialiser: "he",
  });
  const { parameters } = net;
  return { parameters, logits: (given, x, tap) => net.logits(given, asRows(x), {}, false, tap) };
}

/** A CNN that keeps of each map of the last stage its greatest number alone. */
function globallyPooled(): Net {
  const maps = [8, 16] as const;
  const conv = (i: 0 | 1, c_in: number) =>
    convolutionParameters(`convs.${i}`, [c_in, maps[i]], kernel, initialisers.he(9 * c_in));
  const output = linearParameters(
    "output",
    maps[1],
    classes,
    initialisers.xavier(maps[1], classes),
  );
  return {
    parameters: { ...conv(0, 1), ...conv(1, maps[0]), ...output },
    logits: (given, x, tap) => {
      // #region global
      const stage = { padding: 1, g: relu };
      const stages = [
        {
          ...kernelsOf(given, "convs.0"),
          ...stage,
          pool: (a: tf.Tensor) => maxPool(a, { size: 2 }),
        },
        {
          ...kernelsOf(given, "convs.1"),
          ...stage,
          pool: (a: tf.Tensor) => maxPool(a, { size: 10 }),
        },
      ]; // maps of 20 × 20, 10 × 10 after pooling, and last 1 × 1
      return cnn({ stages, output: linearOf(given, "output") }, x, tap); // [m, 10]
      // #endregion
    },
  };
}

const built: Readonly<Record<NetName, () => Net>> = {
  mlp: fullyConnected,
  plain: () => convolutional("none"),
  pooled: () => convolutional("max"),
  global: globallyPooled,
};

/** Four nets beside each other, all taught the same digits in the middle of the paper. */
export function shift(config: Config): Program {
  const { right, down } = config as ShiftConfig;
  const all = nets.map(({ name }) => ({ name, net: built[name]() }));
  const run = (parameters: Tensors, x: tf.Tensor, tap: Tap) =>
    all.map(({ name, net }) => {
      const own = within(name, tap);
      const logits = net.logits(ownOf(parameters, name), x, own); // [m, 10]
      own("y_hat", logits.softmax()); // [m, 10]
      return logits;
    });
  const rightAt = (parameters: Tensors, batch: Tensors, by: number) => {
    const x = shifted(named(batch, "x"), by, 0);
    const y = named(batch, "y").toInt();
    return tf.stack(
      run(parameters, x, untapped).map((logits) => logits.argMax(-1).equal(y).toFloat().mean()),
    ); // [nets]
  };
  return {
    parameters: Object.fromEntries(
      all.flatMap(({ name, net }) =>
        Object.entries(net.parameters).map(([key, spec]) => [`${name}.${key}`, spec]),
      ),
    ),
    parts: nets.map(({ name }) => name),
    forward: (parameters, inputs, tap) => {
      const given = named(inputs, "x");
      const x = tap("x", given.rank === 2 ? given.expandDims(0) : given); // [m, 20, 20]
      // #region pair
      const x_shifted = tap("x_shifted", shifted(x, right, down)); // [m, 20, 20]
      const logits = run(parameters, tf.concat([x, x_shifted]), tap); // of each net [2m, 10]
      // #endregion
      return tf.stack(logits);
    },
    loss: (parameters, batch, tap) => {
      const y = named(batch, "y");
      const costs = run(parameters, named(batch, "x"), tap).map((logits) =>
        categoricalCrossEntropy(logits, y),
      );
      if (batch.every) {
        const curve = shifts.map((by) => rightAt(parameters, batch, by));
        tap("curve", tf.stack(curve)); // [shifts, nets]
      }
      return tap("L", tf.addN(costs));
    },
  };
}

/** A net's parameters, by its own names. */
function ownOf(parameters: Tensors, net: NetName): Tensors {
  const start = `${net}.`;
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      name.startsWith(start) ? [[name.slice(start.length), value]] : [],
    ),
  );
}
