import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Locator,
  type Page,
} from "playwright-core";
import { withoutGraphics } from "../browser/chromium.ts";
import { serveFolder } from "./staticServer.ts";

/** Where the build puts the book. */
export const dist = join(import.meta.dirname, "../../dist");

/** The page names of the built book (`index`, `perceptron`, …), from its HTML files. */
export function builtPages(): readonly string[] {
  if (!existsSync(dist)) throw new Error("There is no dist/ yet: run `npm run build` first.");
  return readdirSync(dist)
    .filter((file) => file.endsWith(".html"))
    .map((file) => file.slice(0, -".html".length))
    .sort();
}

export interface PageOptions {
  /** Default 1440 × 900. */
  readonly width?: number;
  readonly height?: number;
  /** What the system asks for; default light. */
  readonly theme?: "light" | "dark";
  /** False: a reader with scripts off. */
  readonly scripts?: boolean;
  /** Goes after the page's address, `#` included. */
  readonly hash?: string;
  readonly context?: BrowserContextOptions;
}

export interface BookPage {
  readonly page: Page;
  /** What the console reported as errors, what was thrown and not caught, and which requests failed; grows. */
  readonly errors: readonly string[];
  /** The ids of the page's labs, in order. */
  labs(): Promise<readonly string[]>;
  /** Brings a lab near and waits until it runs; resolves to its element. */
  live(lab: string): Promise<Locator>;
  /** Brings every island of the page to life, and goes back to the top. */
  wake(): Promise<void>;
  /** Has a lab that runs take the whole screen. */
  project(lab: string): Promise<void>;
  close(): Promise<void>;
}

export interface Book {
  /** Where the book is served, with a slash at the end. */
  readonly url: string;
  readonly browser: Browser;
  /** Opens a page (`index`, `perceptron`, …) in a profile of its own, and waits until it has loaded. */
  open(name: string, options?: PageOptions): Promise<BookPage>;
  close(): Promise<void>;
}

/** A lab's place on the page, filled by its still picture first. */
export const placeSelector = (lab: string) => `[data-island="lab"][data-lab="${lab}"]`;

/** A lab that runs: its picture is no still any more, and its engine is ready. */
export const liveSelector = (lab: string) =>
  `section.lab[data-lab="${lab}"]:not([data-still]):not([aria-busy])`;

async function openPage(browser: Browser, address: string, options: PageOptions) {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.theme ?? "light",
    reducedMotion: "reduce",
    javaScriptEnabled: options.scripts ?? true,
    ...options.context,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${address}${options.hash ?? ""}`, { waitUntil: "load" });
  const labs = () =>
    page
      .locator('[data-island="lab"]')
      .evaluateAll((places) => places.map((place) => place.getAttribute("data-lab") ?? ""));
  const live = async (lab: string) => {
    await page.locator(placeSelector(lab)).scrollIntoViewIfNeeded();
    const section = page.locator(liveSelector(lab));
    await section.waitFor({ timeout: 60_000 });
    return section;
  };
  return {
    page,
    errors,
    labs,
    live,
    async wake() {
      // All load at once; each is then waited for.
      await page.evaluate(
        (ids) => {
          for (const lab of ids) {
            document.dispatchEvent(new CustomEvent("unrolled:wake", { detail: { lab } }));
          }
        },
        await labs(),
      );
      for (const lab of await labs()) await live(lab);
      // An exercise, or the progress in them, is text before and has buttons once it is alive.
      for (const island of await page.locator('[data-island]:not([data-island="lab"])').all()) {
        await island.evaluate((place) => place.scrollIntoView());
        await island.locator("button").first().waitFor({ timeout: 60_000 });
      }
      await page.evaluate(async () => {
        await document.fonts.ready;
        window.scrollTo(0, 0);
      });
    },
    async project(lab: string) {
      const section = page.locator(liveSelector(lab));
      await section.getByRole("button", { name: "Project" }).click();
      await page.locator(`${liveSelector(lab)}[data-projected]`).waitFor();
    },
    close: () => context.close(),
  } satisfies BookPage;
}

/**
 * Serves the built book from a free port, under a sub-path if asked (`/some/where/`), and starts a
 * Chromium to read it with, by default without WebGL and WebGPU, as `launch` says.
 *
 * @throws Error when the book has not been built
 */
export async function openBook(
  under = "/",
  launch: LaunchOptions = withoutGraphics,
): Promise<Book> {
  const names = builtPages();
  const server = await serveFolder(dist, under);
  const browser = await chromium.launch(launch);
  return {
    url: server.url,
    browser,
    open(name, options = {}) {
      if (!names.includes(name)) {
        throw new Error(`There is no page "${name}" in dist/. Pages: ${names.join(", ")}.`);
      }
      const file = name === "index" ? "" : `${name}.html`;
      return openPage(browser, `${server.url}${file}`, options);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
