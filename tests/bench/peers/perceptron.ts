import { NeuralNetwork } from "brain.js";
import type { Peer } from "../peer.ts";
import { plainTfjs } from "../plainTfjs.ts";

/** One neuron with a sigmoid, two inputs, on the same points as the book's lab, by gradient descent. */
export interface NeuronSettings {
  readonly peer: "plain tfjs" | "brain.js";
  /** Of TensorFlow.js; brain.js has none. */
  readonly backend: string;
  /** Examples a step; 0 means all. */
  readonly batchSize: number;
  readonly learningRate: number;
  readonly x: readonly (readonly [number, number])[];
  readonly y: readonly number[];
}

/**
 * Plain eager TensorFlow.js, as its own guides write it. The batches are on the device beforehand, so
 * that only training is measured.
 */
async function eager(settings: NeuronSettings): Promise<Peer> {
  const { backend, batchSize, learningRate, x, y } = settings;
  const tf = await plainTfjs(backend);
  const length = batchSize || x.length;
  const batches = Array.from({ length: Math.floor(x.length / length) }, (_, i) => ({
    x: tf.tensor2d(x.slice(i * length, (i + 1) * length).map((row) => [...row])), // [m, 2]
    y: tf.tensor1d(y.slice(i * length, (i + 1) * length)), // [m]
  }));
  const w = tf.variable(tf.tensor1d([0.1, -0.1]));
  const b = tf.variable(tf.scalar(0));
  const optimizer = tf.train.sgd(learningRate);
  let next = 0;
  return {
    async train(steps) {
      for (let i = 0; i < steps; i++) {
        const batch = batches[next++ % batches.length] as (typeof batches)[number];
        optimizer.minimize(() => {
          const z = batch.x.dot(w).add(b); // [m]
          return tf.losses.sigmoidCrossEntropy(batch.y, z);
        });
      }
      await w.data();
    },
  };
}

/**
 * brain.js trains on one example at a time, on the squared error, and has no network without momentum:
 * the smallest is as good as none. A step is one example; it comes in rounds of all of them.
 */
function brain({ learningRate, x, y }: NeuronSettings): Peer {
  const data = x.map(([x_1, x_2], i) => ({ input: [x_1, x_2], output: [y[i] ?? 0] }));
  const tiny = 1e-12;
  const network = new NeuralNetwork<number[], number[]>({
    hiddenLayers: [],
    activation: "sigmoid",
    learningRate,
    momentum: tiny,
    errorThresh: tiny,
  });
  return {
    async train(steps) {
      network.train(data, { iterations: Math.ceil(steps / data.length) });
    },
  };
}

export async function peer(settings: NeuronSettings): Promise<Peer> {
  return settings.peer === "plain tfjs" ? eager(settings) : brain(settings);
}
