import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Book, openBook } from "./book.ts";

/** In kilobytes of 1024 bytes, script and WebAssembly together, as a host that compresses with brotli sends them. */
const budget = { firstLab: 200, webAssembly: 200 };

const dist = join(import.meta.dirname, "../../dist");
let book: Book;

beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book.close());

async function kilobytes(addresses: ReadonlySet<string>): Promise<number> {
  const files = [...addresses].map((address) => new URL(address).pathname.slice(1));
  const sizes = files.map(
    async (file) => brotliCompressSync(await readFile(join(dist, file))).length,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024;
}

test("the first lab costs at most 200 KB of script, page and engine together, and WebAssembly as much again", async () => {
  const { page, live, close } = await book.open("index");
  const fetched = new Set<string>();
  page.context().on("request", (request) => {
    if (/\.(js|wasm)$/.test(request.url())) fetched.add(request.url());
  });
  await page.goto(`${book.url}perceptron.html`);
  await live("perceptron-neuron");
  const first = new Set(fetched);
  expect([...first].some((address) => /\/cpu-[^/]*\.js$/.test(address))).toBe(true);
  expect(await kilobytes(first)).toBeLessThan(budget.firstLab);

  await page.evaluate(async () => (await labs.get("perceptron-neuron")).backend("wasm"));
  const more = new Set([...fetched].filter((address) => !first.has(address)));
  expect([...more].some((address) => address.endsWith(".wasm"))).toBe(true);
  expect(await kilobytes(more)).toBeLessThan(budget.webAssembly);
  await close();
});
