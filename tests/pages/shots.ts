import { mkdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Page } from "playwright-core";
import { type Book, type BookPage, builtPages, openBook } from "./book.ts";

/*
 * Pictures of the built book, to be looked at: every page at three widths in both themes, each lab
 * alone and running, and each lab projected. `npm run shots -- perceptron console` limits it to pages;
 * `npm run shots -- --picture` makes the picture of the README instead.
 */

const root = join(import.meta.dirname, "../..");
const folder = join(root, "shots");
const widths = [1440, 820, 390] as const;
const longest = 6000;
const themes = ["light", "dark"] as const;
const projections = [
  [1920, 1080],
  [1024, 768],
] as const;

async function write(name: string, take: (path: string) => Promise<unknown>): Promise<void> {
  const path = join(folder, `${name}.png`);
  await take(path);
  process.stdout.write(`${relative(root, path)}\n`);
}

/** The whole page, in parts where it is long: Chromium paints no picture higher than 16,384 px. */
async function shootWhole(page: Page, name: string): Promise<void> {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  const parts = Math.ceil(height / longest);
  for (let part = 0; part < parts; part++) {
    const y = part * longest;
    const clip = { x: 0, y, width, height: Math.min(longest, height - y) };
    await write(parts === 1 ? name : `${name}-${part + 1}`, (path) =>
      page.screenshot({ path, clip, fullPage: true }),
    );
  }
}

async function shootPage(book: Book, name: string): Promise<void> {
  for (const theme of themes) {
    for (const width of widths) {
      const opened = await book.open(name, { width, theme });
      await opened.wake();
      await shootWhole(opened.page, `${name}-${width}-${theme}`);
      if (width !== 820) {
        for (const lab of await opened.labs()) {
          const section = await opened.live(lab);
          await write(`lab-${lab}-${width}-${theme}`, (path) => section.screenshot({ path }));
        }
      }
      report(name, opened);
      await opened.close();
    }
  }
}

async function shootProjected(book: Book, name: string): Promise<void> {
  for (const [width, height] of projections) {
    const opened = await book.open(name, { width, height });
    for (const lab of await opened.labs()) {
      await opened.live(lab);
      await opened.project(lab);
      await write(`projected-${lab}-${width}`, (path) => opened.page.screenshot({ path }));
      await opened.page.keyboard.press("Escape");
      await opened.page.locator("[data-projected]").waitFor({ state: "detached" });
    }
    report(name, opened);
    await opened.close();
  }
}

function report(name: string, { errors }: BookPage): void {
  for (const error of errors) process.stderr.write(`${name}: ${error}\n`);
}

/** The README's picture: the line lab in the middle of learning to part two clouds. */
async function shootPicture(book: Book): Promise<void> {
  const margin = 28;
  const opened = await book.open("perceptron", { width: 1200, height: 900 });
  const section = await opened.live("perceptron-line");
  await opened.page.evaluate(async () => {
    const lab = await labs.get("perceptron-line");
    await lab.configure({ task: "clouds", rule: "gradient", learningRate: 0.5 });
    await lab.reset(7);
    await lab.train(60);
  });
  await opened.page.waitForTimeout(500);
  const path = join(root, "public/unrolled.png");
  const box = await section.boundingBox();
  if (!box) throw new Error("The line lab is not on the page.");
  const { x, y } = box;
  const top = y + (await opened.page.evaluate(() => window.scrollY));
  const clip = { x: x - margin, y: top, width: box.width + 2 * margin, height: box.height };
  await opened.page.screenshot({ path, clip, fullPage: true });
  process.stdout.write(`${relative(root, path)}\n`);
  await opened.close();
}

const asked = process.argv.slice(2);
const book = await openBook();
try {
  if (asked.includes("--picture")) {
    await shootPicture(book);
  } else {
    if (asked.length === 0) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    for (const name of asked.length > 0 ? asked : builtPages()) {
      await shootPage(book, name);
      await shootProjected(book, name);
    }
  }
} finally {
  await book.close();
}
