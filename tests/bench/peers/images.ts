import { Runtime } from "../../../src/engine/backends.ts";
import type { BackendName } from "../../../src/engine/methods.ts";
import { disposeAll, upload } from "../../../src/engine/passes.ts";
import { Stepper } from "../../../src/engine/stepper.ts";
import { cnnOf } from "../../../src/models/cnn.ts";
import { named } from "../../../src/models/named.ts";
import type { Program, Tensors } from "../../../src/models/program.ts";
import * as tf from "../../../src/models/tf.ts";
import { reparameterise, vaeOf } from "../../../src/models/vae.ts";
import { bernoulliCost, gaussianKl, negativeElbo } from "../../../src/training/elbo.ts";
import { initialParameters } from "../../../src/training/initialise.ts";
import { categoricalCrossEntropy } from "../../../src/training/loss.ts";
import { optimisers } from "../../../src/training/optimisers.ts";
import type { Peer } from "../peer.ts";
import { plainTfjs } from "../plainTfjs.ts";

/** A small CNN, or a variational autoencoder, on 16 × 16 pixels, by Adam. */
export interface ImageSettings {
  readonly peer: "Unrolled" | "tf.layers";
  readonly kind: "cnn" | "vae";
  readonly backend: BackendName;
  /** Pictures a step. */
  readonly batch: number;
}

const learningRate = 1e-3;

function cnn(): Program {
  const net = cnnOf({
    size: 16,
    maps: [8, 16],
    window: { kernel: 3 },
    pool: { kind: "max", size: 2 },
    activation: "relu",
    classes: 10,
  });
  return {
    parameters: net.parameters,
    forward: (parameters, inputs, tap) => net.logits(parameters, named(inputs, "x"), tap),
    loss: (parameters, batch, tap) =>
      categoricalCrossEntropy(net.logits(parameters, named(batch, "x"), tap), named(batch, "y")),
  };
}

function vae(): Program {
  const { parameters, noise, encode, decode } = vaeOf({
    pixels: 256,
    hidden: [128],
    z: 2,
    activation: "relu",
  });
  const run = (given: Tensors, inputs: Tensors) => {
    const x = named(inputs, "x").reshape([-1, 256]);
    const q = encode(given, x);
    return { x, q, ...decode(given, reparameterise(q, inputs.epsilon)) };
  };
  return {
    parameters,
    noise,
    forward: (given, inputs) => run(given, inputs).x_hat,
    loss: (given, batch, tap) => {
      const { x, q, logits } = run(given, batch);
      return negativeElbo({ cost: bernoulliCost(logits, x), kl: gaussianKl(q), beta: 1 }, tap);
    },
  };
}

/** The book's models under the book's engine: the steps of a lab, without frames. */
async function unrolled({ kind, backend, batch }: ImageSettings): Promise<Peer> {
  const runtime = await Runtime.start(backend);
  const program = kind === "cnn" ? cnn() : vae();
  const stepper = new Stepper();
  const [x, y] = data(batch);
  let parameters: Tensors = upload(initialParameters(program.parameters, 1));
  let slots: Tensors = {};
  let step = 0;
  return {
    async train(steps) {
      for (let i = 0; i < steps; i++) {
        step += 1;
        const drawn: Tensors =
          kind === "vae" ? { epsilon: tf.randomNormal([batch, 2], 0, 1, "float32", step) } : {};
        const inputs = { parameters, slots, batch: { x, y, ...drawn }, held: {}, locked: {} };
        const settings = { learningRate, step, clipNorm: 0 };
        const next = stepper.step(program, optimisers.adam, inputs, settings);
        for (const old of [parameters, slots, drawn]) disposeAll(old);
        ({ parameters, slots } = next);
      }
      await runtime.numbers(Object.values(parameters).at(-1) as tf.Tensor);
    },
  };
}

/** Pictures in waves, and classes in turn. */
function data(batch: number): [tf.Tensor, tf.Tensor] {
  const pixels = Float32Array.from({ length: batch * 256 }, (_, i) => 0.5 + 0.5 * Math.sin(i));
  const classes = Float32Array.from({ length: batch }, (_, i) => i % 10);
  return [tf.tensor(pixels, [batch, 16, 16]), tf.tensor(classes, [batch])];
}

/** The CNN as TensorFlow.js's own guides write it. */
async function layersCnn({ backend, batch }: ImageSettings): Promise<Peer> {
  const tf = await plainTfjs(backend);
  const conv = { kernelSize: 3, padding: "same", activation: "relu" } as const;
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ ...conv, filters: 8, inputShape: [16, 16, 1] }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ ...conv, filters: 16 }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(learningRate), loss: "categoricalCrossentropy" });
  const [x, classes] = data(batch);
  const pictures = x.reshape([batch, 16, 16, 1]);
  const y = tf.oneHot(classes.toInt() as import("@tensorflow/tfjs").Tensor1D, 10);
  return {
    async train(steps) {
      for (let i = 0; i < steps; i++) await model.trainOnBatch(pictures, y);
    },
  };
}

/** The autoencoder of dense layers, its loss written out, as its examples do. */
async function layersVae({ backend, batch }: ImageSettings): Promise<Peer> {
  const tf = await plainTfjs(backend);
  const dense = (units: number, activation: "relu" | "linear", inputs: number) =>
    tf.layers.dense({ units, activation, inputShape: [inputs] });
  const encoder = tf.sequential({ layers: [dense(128, "relu", 256), dense(4, "linear", 128)] });
  const decoder = tf.sequential({ layers: [dense(128, "relu", 2), dense(256, "linear", 128)] });
  const adam = tf.train.adam(learningRate);
  const x = data(batch)[0].reshape([batch, 256]);
  return {
    async train(steps) {
      for (let i = 0; i < steps; i++) {
        adam.minimize(() => {
          const [mu, log_var] = (encoder.apply(x) as tf.Tensor).split(2, 1) as [
            tf.Tensor,
            tf.Tensor,
          ];
          const z = mu.add(
            log_var
              .div(2)
              .exp()
              .mul(tf.randomNormal([batch, 2])),
          );
          const logits = decoder.apply(z) as tf.Tensor;
          const cost = tf.losses.sigmoidCrossEntropy(x, logits).mul(256);
          const kl = mu.square().add(log_var.exp()).sub(1).sub(log_var).sum(1).div(2).mean();
          return cost.add(kl) as tf.Scalar;
        });
      }
      await (encoder.getWeights()[0] as tf.Tensor).data();
    },
  };
}

export async function peer(settings: ImageSettings): Promise<Peer> {
  if (settings.peer === "Unrolled") return unrolled(settings);
  return settings.kind === "cnn" ? layersCnn(settings) : layersVae(settings);
}
