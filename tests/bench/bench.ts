import { join } from "node:path";
import type { Page } from "playwright-core";
import { build } from "vite";
import { labs as perceptronLabs } from "../../chapters/01-perceptron/labs.ts";
import type { NDArray } from "../../src/data/ndarray.ts";
import { type BackendName, backendNames } from "../../src/engine/methods.ts";
import { randomStream } from "../../src/training/random.ts";
import { openBook } from "../pages/book.ts";
import { serveFolder } from "../pages/staticServer.ts";
import type { PeerRequest } from "./peerWorker.ts";
import { type Measurement, report } from "./report.ts";

/*
 * Training steps a second of the perceptron's line on each backend, through the console of the built
 * book, beside plain eager TensorFlow.js and brain.js on the same points: all in one Chromium, taking turns.
 */

const labId = "perceptron-line";
const learningRate = 0.1;
const config = { task: "clouds", rule: "gradient", optimiser: "sgd", learningRate } as const;
const rounds = 5;
/** A turn lasts at least this long, so that the clock's grain and a frame's work do not show. */
const turn = 250;

interface Contender {
  readonly name: string;
  readonly backend: string;
  readonly batchSize: number;
  /** What has to be done before each turn. */
  ready(): Promise<void>;
  /** Runs so many steps; resolves to milliseconds. */
  run(steps: number): Promise<number>;
}

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

const points = pointsOfLab();

function unrolled(page: Page, backend: BackendName, batchSize: number): Contender {
  return {
    name: "Unrolled",
    backend,
    batchSize,
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

async function peer(page: Page, request: PeerRequest): Promise<Contender> {
  const { backend, batchSize } = request;
  const name = request.peer === "tfjs" ? "plain tfjs" : "brain.js";
  const key = `${name} ${backend} ${batchSize}`;
  await page.evaluate(([key, request]) => window.peers.prepare(key, request), [
    key,
    request,
  ] as const);
  return {
    name,
    backend,
    batchSize,
    ready: async () => {},
    run: (steps) =>
      page.evaluate(([key, steps]) => window.peers.run(key, steps), [key, steps] as const),
  };
}

/** The peers' own page, never part of the book, built where nothing looks for it. */
async function buildPeers(): Promise<string> {
  const outDir = join(import.meta.dirname, "../../node_modules/.cache/unrolled-bench");
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: "./",
    logLevel: "error",
    worker: { format: "es" },
    build: {
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: join(import.meta.dirname, "peers.html"),
        checks: { pluginTimings: false },
      },
    },
  });
  return outDir;
}

/** The number of steps that fill a turn. The first runs are the warm-up. */
async function stepsOfATurn(contender: Contender): Promise<number> {
  await contender.ready();
  let steps = 4;
  while ((await contender.run(steps)) < turn) steps *= 2;
  return steps;
}

async function measure(contenders: readonly Contender[]): Promise<readonly Measurement[]> {
  const running: { contender: Contender; steps: number; speeds: number[] }[] = [];
  const absent: Measurement[] = [];
  for (const contender of contenders) {
    const { name, backend, batchSize } = contender;
    try {
      running.push({ contender, steps: await stepsOfATurn(contender), speeds: [] });
    } catch (error) {
      const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
      absent.push({ name, backend, batchSize, speeds: [], why });
    }
  }
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`round ${round} of ${rounds}\n`);
    for (const { contender, steps, speeds } of running) {
      await contender.ready();
      speeds.push((1000 * steps) / (await contender.run(steps)));
    }
  }
  const measured = running.map(({ contender: { name, backend, batchSize }, speeds }) => {
    return { name, backend, batchSize, speeds };
  });
  return [...measured, ...absent];
}

const peers = await serveFolder(await buildPeers());
const book = await openBook();
try {
  const { page, live } = await book.open("perceptron");
  await live(labId);
  const peerPage = await (await book.browser.newContext()).newPage();
  await peerPage.goto(`${peers.url}peers.html`);
  await peerPage.waitForFunction("window.peers !== undefined");

  const contenders: Contender[] = [];
  for (const batchSize of [1, 0]) {
    for (const backend of backendNames) {
      contenders.push(unrolled(page, backend, batchSize));
      const request = { peer: "tfjs", backend, batchSize, learningRate, ...points } as const;
      contenders.push(await peer(peerPage, request));
    }
  }
  const brain = { peer: "brain.js", backend: "", batchSize: 1, learningRate, ...points } as const;
  contenders.push(await peer(peerPage, brain));
  const chromium = `Chromium ${book.browser.version()}`;
  process.stdout.write(
    report(await measure(contenders), { rounds, examples: points.y.length, chromium }),
  );
} finally {
  await book.close();
  await peers.close();
}
