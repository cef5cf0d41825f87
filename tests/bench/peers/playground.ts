import { NeuralNetwork } from "brain.js";
import convnetjs from "convnetjs";
import { randomStream } from "../../../src/training/random.ts";
import type { Peer } from "../peer.ts";
import { plainTfjs } from "../plainTfjs.ts";

/** The network of the playground, two inputs and one answer, on the playground's own points. */
export interface NetworkSettings {
  readonly peer: "plain tfjs" | "brain.js" | "ConvNetJS";
  /** Of TensorFlow.js; the others have none. */
  readonly backend: string;
  /** Units of the hidden layers, each with tanh. */
  readonly hidden: readonly number[];
  /** Examples a step; 0 means all. */
  readonly batchSize: number;
  readonly learningRate: number;
  /** [x₁, x₂] by example; the label is 0 or 1. */
  readonly x: readonly (readonly [number, number])[];
  readonly y: readonly number[];
}

const random = randomStream(1, "orders of the peers");

/** A new order of 0 … size − 1. */
const shuffled = (size: number): number[] =>
  random.shuffled(Array.from({ length: size }, (_, i) => i));

/** Plain eager TensorFlow.js, as its own guides write it: variables, `tf.train.adam`, `minimize`. */
async function eager(settings: NetworkSettings): Promise<Peer> {
  const { backend, batchSize, learningRate, hidden, x, y } = settings;
  const tf = await plainTfjs(backend);
  const length = batchSize || x.length;
  const sizes = [2, ...hidden, 1];
  const layers = sizes.slice(1).map((size, i) => ({
    W: tf.variable(tf.zeros([sizes[i] as number, size])),
    b: tf.variable(tf.zeros([size])),
  }));
  const all = { x: tf.tensor2d(x.map((row) => [...row])), y: tf.tensor1d([...y]) }; // [m, 2], [m]
  let optimizer = tf.train.adam(learningRate);
  let order: number[] = [];
  const lossOf = (batch: typeof all) =>
    tf.tidy(() => {
      let h: ReturnType<typeof tf.matMul> = batch.x;
      for (const [i, { W, b }] of layers.entries()) {
        const z = tf.matMul(h, W).add(b);
        h = i < layers.length - 1 ? z.tanh() : z;
      }
      return tf.losses.sigmoidCrossEntropy(batch.y, h.squeeze([1]));
    });
  const step = () => {
    if (length === x.length) return void optimizer.minimize(() => lossOf(all) as never);
    if (order.length < length) order = shuffled(x.length);
    const rows = order.splice(0, length);
    const batch = {
      x: tf.tensor2d(rows.map((row) => [...(x[row] as [number, number])])),
      y: tf.tensor1d(rows.map((row) => y[row] as number)),
    };
    optimizer.minimize(() => lossOf(batch) as never);
    tf.dispose(batch);
  };
  const reset = async (seed: number) => {
    for (const [i, { W, b }] of layers.entries()) {
      const limit = Math.sqrt(6 / ((W.shape[0] ?? 1) + (W.shape[1] ?? 1)));
      const drawn = tf.randomUniform(W.shape, -limit, limit, "float32", seed + i);
      W.assign(drawn as typeof W);
      b.assign(tf.zerosLike(b));
      drawn.dispose();
    }
    optimizer.dispose();
    optimizer = tf.train.adam(learningRate);
  };
  await reset(1);
  return {
    async train(steps) {
      for (let i = 0; i < steps; i++) step();
      await layers[0]?.b.data();
    },
    async loss() {
      const value = lossOf(all);
      const [loss = Number.NaN] = await value.data();
      value.dispose();
      return loss;
    },
    reset,
  };
}

/** brain.js trains on one example at a time, on the squared error; a step is one example, in rounds of all. */
function brain({ hidden, learningRate, x, y }: NetworkSettings): Peer {
  const data = x.map((input, i) => ({ input: [...input], output: [y[i] ?? 0] }));
  const network = new NeuralNetwork<number[], number[]>({
    hiddenLayers: [...hidden],
    activation: "tanh",
    learningRate,
    errorThresh: 1e-12,
  });
  return {
    async train(steps) {
      network.train(data, { iterations: Math.max(1, Math.ceil(steps / data.length)) });
    },
  };
}

/** ConvNetJS goes through a batch one example at a time, and then moves the weights; softmax of two. */
function convnet({ hidden, batchSize, learningRate, x, y }: NetworkSettings): Peer {
  const volumes = x.map((row) => new convnetjs.Vol([...row]));
  const length = batchSize || x.length;
  const made = () => {
    const net = new convnetjs.Net();
    net.makeLayers([
      { type: "input", out_sx: 1, out_sy: 1, out_depth: 2 },
      ...hidden.map((size) => ({ type: "fc", num_neurons: size, activation: "tanh" })),
      { type: "softmax", num_classes: 2 },
    ]);
    const settings = { method: "adam", learning_rate: learningRate, batch_size: length };
    return { net, trainer: new convnetjs.Trainer(net, settings) };
  };
  let { net, trainer } = made();
  let order: number[] = [];
  return {
    async train(steps) {
      for (let i = 0; i < steps * length; i++) {
        if (order.length === 0) order = shuffled(x.length);
        const row = order.pop() as number;
        trainer.train(volumes[row], y[row]);
      }
    },
    async loss() {
      const losses = volumes.map((volume, i) => {
        return -Math.log(net.forward(volume).w[y[i] as number] as number);
      });
      return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    },
    async reset() {
      ({ net, trainer } = made());
    },
  };
}

export async function peer(settings: NetworkSettings): Promise<Peer> {
  if (settings.peer === "plain tfjs") return eager(settings);
  return settings.peer === "brain.js" ? brain(settings) : convnet(settings);
}
