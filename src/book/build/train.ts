import { createServer } from "vite";
import type { trainCheckpoints } from "../checkpoints.ts";

/*
 * `npm run train` trains every lab that declares a checkpoint, `npm run train -- ID …` those named, and
 * writes public/checkpoints/ID.safetensors. Vite's server only finds and compiles the modules.
 */

async function main(ids: readonly string[]): Promise<void> {
  const server = await createServer({
    appType: "custom",
    server: { middlewareMode: true, watch: null, ws: false },
    // A cache of its own: a development server may be running on the other.
    cacheDir: "node_modules/.cache/unrolled-train",
  });
  try {
    const book = (await server.ssrLoadModule("/src/book/checkpoints.ts")) as {
      trainCheckpoints: typeof trainCheckpoints;
    };
    await book.trainCheckpoints(ids, (text) => process.stdout.write(`${text}\n`));
  } finally {
    await server.close();
  }
}

// TensorFlow.js's loader of WebAssembly asks for it in Node, where ES modules have none; it would fall back to the CPU.
Object.assign(globalThis, { __dirname: process.cwd() });
await main(process.argv.slice(2));
