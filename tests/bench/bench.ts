import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "vite";
import { tensorflowParts } from "../../src/book/build/kernels.ts";
import { chromiumLaunch } from "../browser/chromium.ts";
import { openBook } from "../pages/book.ts";
import { serveFolder } from "../pages/staticServer.ts";
import type { Bench, PartModule } from "./contender.ts";

/*
 * The benchmark: `npm run bench` runs all of its parts, `npm run bench -- perceptron …` those named.
 * Each part is a file in parts/; all that is compared runs in one Chromium, taking turns.
 */

const rounds = 5;
const parts = readdirSync(join(import.meta.dirname, "parts")).map((file) => basename(file, ".ts"));

/** The peers' own page, never part of the book, built where nothing looks for it. */
async function buildPeers(): Promise<string> {
  const outDir = join(import.meta.dirname, "../../node_modules/.cache/unrolled-bench");
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: "./",
    logLevel: "error",
    plugins: [tensorflowParts()],
    worker: { format: "es", plugins: () => [tensorflowParts()] },
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

const print = (text: string): void => void process.stdout.write(text);

async function main(chosen: readonly string[]): Promise<void> {
  const stranger = chosen.find((name) => !parts.includes(name));
  if (stranger !== undefined) {
    throw new RangeError(`The benchmark has no part "${stranger}". Parts: ${parts.join(", ")}.`);
  }
  const server = await serveFolder(await buildPeers());
  print(
    `Medians of ${rounds} rounds in which all took turns, in one Chromium a part.\n` +
      "WebGL and WebGPU run in software here: their numbers say nothing about a real GPU.\n",
  );
  try {
    for (const name of chosen.length > 0 ? chosen : parts) await measurePart(name, server.url);
  } finally {
    await server.close();
  }
}

async function measurePart(name: string, peersAt: string): Promise<void> {
  const part = (await import(`./parts/${name}.ts`)) as PartModule;
  const book = await openBook("/", part.launch ?? chromiumLaunch);
  process.stderr.write(`${name}, Chromium ${book.browser.version()}\n`);
  try {
    const peers = await (await book.browser.newContext()).newPage();
    await peers.goto(`${peersAt}peers.html`);
    await peers.waitForFunction("window.peers !== undefined");
    print(await part.measure({ book, peers, rounds, print } satisfies Bench));
  } finally {
    await book.close();
  }
}

await main(process.argv.slice(2));
