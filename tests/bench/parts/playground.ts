import type { Page } from "playwright-core";
import { playground } from "../../../chapters/02-multilayer-perceptron/playgroundLab.ts";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { type Config, initialConfig } from "../../../src/training/lab.ts";
import { randomStream } from "../../../src/training/random.ts";
import { withoutGraphics } from "../../browser/chromium.ts";
import type { Book } from "../../pages/book.ts";
import {
  type Bench,
  type Contender,
  firstLine,
  type Measurement,
  peerContender,
  speedsInTurns,
} from "../contender.ts";
import type { NetworkSettings } from "../peers/playground.ts";
import type { Goal } from "../peers.ts";
import { lined, median, tables } from "../report.ts";
import { frameTimes } from "../smoothness.ts";

/*
 * The playground at 2-8-8-1 with tanh and Adam, as the page runs it, beside the same network in plain
 * eager TensorFlow.js, ConvNetJS and brain.js, on the same points: how fast it trains, how soon it has
 * learnt, and how the page keeps up while it does.
 */

/** Only the CPU's backends take part, and pictures live are part of what is measured. */
export const launch = withoutGraphics;

const labId = playground.id;
const learningRate = 0.03;
const goalLoss = { xor: 0.01, spiral: 0.05 } as const;
const most = 20_000;
type Shape = keyof typeof goalLoss;

function configOf(dataset: Shape, batchSize: number) {
  return {
    dataset,
    task: "classification",
    classes: 2,
    points: 500,
    testShare: 0,
    noise: dataset === "xor" ? 0.3 : 0.1,
    depth: 2,
    units1: 8,
    units2: 8,
    activation1: "tanh",
    activation2: "tanh",
    optimiser: "adam",
    learningRate,
    batchSize,
  } as const;
}

type PlaygroundConfig = ReturnType<typeof configOf>;

function pointsOf(config: PlaygroundConfig) {
  const all = { ...initialConfig(playground.fields), ...config } as Config;
  const { x, y } = playground.data(all, randomStream(1, `data of ${labId}`).uniform);
  const [xs, ys] = [(x as NDArray).data, (y as NDArray).data];
  return {
    x: Array.from(ys, (_, i) => [xs[2 * i] ?? 0, xs[2 * i + 1] ?? 0] as const),
    y: Array.from(ys),
  };
}

/** The playground with a configuration, on the backend that the book itself chooses unless one is named. */
async function prepare(page: Page, config: PlaygroundConfig, backend: string): Promise<void> {
  const used = await page.evaluate(
    async ([id, change, backend]) => {
      const lab = await labs.get(id);
      await lab.pause();
      await lab.configure({ ...change, stopLoss: 0, stopEpochs: 0 });
      await lab.reset(1);
      if (backend) await lab.backend(backend);
      await lab.train(2);
      return lab.backend();
    },
    [labId, config, backend as "cpu"] as const,
  );
  if (backend && used !== backend) throw new Error(`the book uses ${used} instead`);
}

/** Through the console, `train(n)`: the lab is in view, so its pictures are drawn meanwhile. */
function unrolled(page: Page, dataset: Shape, batchSize: number, backend: string, group: string) {
  return {
    name: "Unrolled",
    backend,
    group,
    ready: () => prepare(page, configOf(dataset, batchSize), backend),
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
  } satisfies Contender;
}

const groupOf = (dataset: Shape, batchSize: number) =>
  `${dataset}, ${batchSize === 0 ? "all 500 points" : `${batchSize} points`} a step`;

interface Setting {
  readonly dataset: Shape;
  readonly batchSize: number;
  readonly group: string;
}

const settings: readonly Setting[] = [10, 0].flatMap((batchSize) =>
  (["xor", "spiral"] as const).map((dataset) => ({
    dataset,
    batchSize,
    group: groupOf(dataset, batchSize),
  })),
);

function peersOf({ dataset, batchSize }: Setting): NetworkSettings[] {
  const common = {
    hidden: [8, 8],
    batchSize,
    learningRate,
    ...pointsOf(configOf(dataset, batchSize)),
  };
  const tfjs = ["cpu", "wasm"].map(
    (backend) => ({ ...common, peer: "plain tfjs", backend }) as const,
  );
  const others = [{ ...common, peer: "ConvNetJS", backend: "" } as const];
  return [...tfjs, ...others, ...(batchSize === 0 ? [] : [brainOf(common)])];
}

/** brain.js knows no batches: it is set beside those of ten. */
function brainOf(common: Omit<NetworkSettings, "peer" | "backend">): NetworkSettings {
  return { ...common, batchSize: 1, peer: "brain.js", backend: "" };
}

async function throughput(bench: Bench, page: Page): Promise<string> {
  const contenders: Contender[] = [];
  for (const setting of settings) {
    const { dataset, batchSize, group } = setting;
    for (const backend of ["cpu", "wasm"]) {
      contenders.push(unrolled(page, dataset, batchSize, backend, group));
    }
    for (const own of peersOf(setting)) {
      const about = { name: own.peer, backend: own.backend, group };
      contenders.push(await peerContender(bench, "playground", about, own));
    }
  }
  const measured = await speedsInTurns(contenders, bench.rounds);
  // A step of brain.js is one example, where the others' is ten.
  const even = measured.map((one) =>
    one.name === "brain.js" ? { ...one, values: one.values.map((value) => value / 10) } : one,
  );
  return tables(even, { unit: "steps/s", against: ["plain tfjs", "ConvNetJS", "brain.js"] });
}

/**
 * Milliseconds from Train until the playground's own condition ("stop below a loss of") has stopped it, its
 * pictures live; null if it never came so far.
 */
async function trainUntil(page: Page, config: PlaygroundConfig, goal: Goal) {
  await prepare(page, config, "");
  const stopEpochs = (goal.most * (config.batchSize || config.points)) / config.points;
  return page.evaluate(
    async ([id, { seed, loss, most }, stopEpochs]) => {
      const lab = await labs.get(id);
      await lab.configure({ stopLoss: loss, stopEpochs });
      await lab.reset(seed);
      const button = document.querySelector(`section.lab[data-lab="${id}"] .lab-primary`);
      const began = performance.now();
      await lab.play();
      for (const face of ["Pause", "Train"]) {
        while (button?.textContent !== face) await new Promise(requestAnimationFrame);
      }
      const taken = performance.now() - began;
      return (await lab.train(0)).step < most ? taken : null;
    },
    [labId, goal, stopEpochs] as const,
  );
}

async function timesToLearn(bench: Bench, page: Page): Promise<string> {
  const measured: Measurement[] = [];
  for (const setting of settings) {
    const { dataset, batchSize } = setting;
    const goal = goalLoss[dataset];
    const group = `${setting.group}: to a loss of ${goal}`;
    const own: (number | null)[] = [];
    const theirs = new Map<string, (number | null)[]>();
    for (let seed = 1; seed <= bench.rounds; seed++) {
      process.stderr.write(`  ${group}, seed ${seed}\n`);
      const about: Goal = { seed, loss: goal, stride: batchSize === 0 ? 10 : 50, most };
      own.push(await trainUntil(page, configOf(dataset, batchSize), about));
      for (const { peer, backend } of peersOf(setting).filter(({ peer }) => peer !== "brain.js")) {
        const key = `playground: ${setting.group}: ${peer} ${backend}`;
        const time = await bench.peers
          .evaluate(([key, about]) => window.peers.until(key, about), [key, about] as const)
          .catch((error: unknown) => {
            process.stderr.write(`  ${key}: ${firstLine(error)}\n`);
            return null;
          });
        theirs.set(`${peer}|${backend}`, [...(theirs.get(`${peer}|${backend}`) ?? []), time]);
      }
    }
    const entry = (name: string, backend: string, times: readonly (number | null)[]) => {
      const reached = times.filter((time) => time !== null);
      const missed = times.length - reached.length;
      const label = missed === 0 ? name : `${name} (${reached.length} of ${times.length})`;
      measured.push({ name: label, backend, group, values: reached, why: `not in ${most} steps` });
    };
    entry("Unrolled", "", own);
    for (const [key, times] of theirs) entry(...(key.split("|") as [string, string]), times);
  }
  return tables(measured, { unit: "ms", against: ["ConvNetJS"], lessIsBetter: true });
}

async function smoothness(book: Book): Promise<string> {
  const { page, live, close } = await book.open("multilayer-perceptron", {
    context: { reducedMotion: "no-preference" },
  });
  await live(labId);
  const rows: string[][] = [
    ["", "backend", "frames/s", "median ms", "95 % ms", "longest ms", "tasks > 50 ms", "steps/s"],
  ];
  for (const { dataset, batchSize, group } of settings) {
    await prepare(page, configOf(dataset, batchSize), "");
    const { gaps, tasks, speed, backend } = await frameTimes(page, labId, 5000);
    const sorted = [...gaps].sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
    const frames = (gaps.length / 5).toFixed(0);
    const over = tasks.length === 0 ? "0" : `${tasks.length} (to ${Math.max(...tasks)} ms)`;
    const middle = median(gaps).toFixed(1);
    rows.push([group, backend, frames, middle, at(0.95), at(1), over, speed.toFixed(0)]);
  }
  await close();
  return lined(rows).join("\n");
}

export async function measure(bench: Bench): Promise<string> {
  bench.print(`
The page's own thread, playing the playground for 5 seconds: time between frames, and long tasks.
In a Chromium without WebGL, which puts pages together faster than software OpenGL.

${await smoothness(bench.book)}
`);
  const { page, live, close } = await bench.book.open("multilayer-perceptron");
  await live(labId);
  bench.print(`
The playground, 2-8-8-1, tanh, Adam at ${learningRate}: training steps a second, its pictures live.
A step of brain.js, which trains on one example at a time, is counted as ten examples.

${await throughput(bench, page)}
`);
  const learnt = await timesToLearn(bench, page);
  await close();
  return `
Milliseconds to a mean loss over all of the points. The peers look at it every 50 steps (10 with all points),
and looking counts; the playground is trained as a reader does, until it stops itself below that loss, on the
backend that the book chooses and with its pictures live.

${learnt}
`;
}
