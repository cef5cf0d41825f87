import type { Page } from "playwright-core";
import { labs as perceptronLabs } from "../../../chapters/01-perceptron/labs.ts";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { type BackendName, backendNames } from "../../../src/engine/methods.ts";
import { randomStream } from "../../../src/training/random.ts";
import { type Bench, type Contender, peerContender, speedsInTurns } from "../contender.ts";
import type { NeuronSettings } from "../peers/perceptron.ts";
import { tables } from "../report.ts";

/*
 * Training steps a second of the perceptron's line on each backend, through the console of the built
 * book, beside plain eager TensorFlow.js and brain.js on the same points.
 */

const labId = "perceptron-line";
const learningRate = 0.1;
const config = { task: "clouds", rule: "gradient", optimiser: "sgd", learningRate } as const;

function pointsOfLab() {
  const lab = perceptronLabs.find(({ id }) => id === labId);
  if (!lab) throw new Error(`The perceptron's chapter has no lab "${labId}" any more.`);
  const { x, y } = lab.data(config, randomStream(1, `data of ${labId}`).uniform);
  const [xs, ys] = [x as NDArray, y as NDArray];
  return {
    x: Array.from(ys.data, (_, i) => [xs.data[2 * i] ?? 0, xs.data[2 * i + 1] ?? 0] as const),
    y: Array.from(ys.data),
  };
}

function unrolled(page: Page, backend: BackendName, batchSize: number, group: string): Contender {
  return {
    name: "Unrolled",
    backend,
    group,
    async ready() {
      const used = await page.evaluate(
        async ([id, backend, change]) => {
          const lab = await labs.get(id);
          const used = await lab.backend(backend);
          await lab.configure(change);
          await lab.reset(1);
          await lab.train(2);
          return used;
        },
        [labId, backend, { ...config, batchSize }] as const,
      );
      if (used !== backend) throw new Error(`the book uses ${used} instead`);
    },
    run: (steps) =>
      page.evaluate(
        async ([id, steps]) => {
          const lab = await labs.get(id);
          const began = performance.now();
          await lab.train(steps);
          return performance.now() - began;
        },
        [labId, steps] as const,
      ),
  };
}

export async function measure(bench: Bench): Promise<string> {
  const points = pointsOfLab();
  const { page, live, close } = await bench.book.open("perceptron");
  await live(labId);
  const contenders: Contender[] = [];
  const settings = { learningRate, ...points };
  const groups = { 1: "1 example a step", 0: `all ${points.y.length} examples a step` } as const;
  for (const batchSize of [1, 0] as const) {
    const group = groups[batchSize];
    for (const backend of backendNames) {
      contenders.push(unrolled(page, backend, batchSize, group));
      const own: NeuronSettings = { ...settings, peer: "plain tfjs", backend, batchSize };
      const about = { name: own.peer, backend, group };
      contenders.push(await peerContender(bench, "perceptron", about, own));
    }
  }
  const brain: NeuronSettings = { ...settings, peer: "brain.js", backend: "", batchSize: 1 };
  const about = { name: brain.peer, backend: "", group: groups[1] };
  contenders.push(await peerContender(bench, "perceptron", about, brain));
  const measured = await speedsInTurns(contenders, bench.rounds);
  await close();
  return `
One neuron with two inputs, ${points.y.length} points, gradient descent: training steps a second.

${tables(measured, { unit: "steps/s", against: ["plain tfjs", "brain.js"] })}

brain.js descends the squared error, one example at a time; the others the cross-entropy.
`;
}
