import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Book, type BookPage, openBook } from "./book.ts";

/** What axe finds serious or critical inside `part`, by all its rules or these: each rule with how many elements, and the first of them. */
async function grave(page: Page, part: string, rules?: string[]): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    resultTypes: ["violations"],
    ...(rules && { runOnly: { type: "rule", values: rules } }),
  };
  // MathML that nobody sees is KaTeX's own, and half of all elements.
  const context = { include: [part], exclude: [".katex-mathml"] };
  const { violations } = await page.evaluate(
    ([context, options]) => (window as unknown as { axe: typeof axe }).axe.run(context, options),
    [context, options] as const,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => {
      const [first] = nodes;
      return `${id}: ${help}. ${nodes.length} ×, first ${first?.html}. ${first?.failureSummary}`;
    });
}

/** What Tab has reached, on the page under test. `plain`: shown by no outline or shadow of its own; one of each look. */
interface Stops {
  readonly reached: Set<Element>;
  readonly plain: Map<string, HTMLElement>;
}

declare global {
  var stops: Stops;
}

/** Notes from now on, in the page, which elements get the focus. */
function noteStops(): void {
  globalThis.stops = { reached: new Set(), plain: new Map() };
  document.addEventListener("focusin", ({ target }) => {
    const element = target as HTMLElement;
    if (stops.reached.has(element)) return;
    stops.reached.add(element);
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const hasOutline = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
    if (width > 4 && height > 4 && (hasOutline || boxShadow !== "none")) return;
    stops.plain.set(`${element.tagName} ${element.getAttribute("class")} ${width}`, element);
  });
}

/** What a reader can operate but Tab did not reach. One of a group of radio buttons stands for all. */
function missedByTab(): readonly string[] {
  const operable = document.querySelectorAll<HTMLElement | SVGElement>(
    "a[href], button, input, select, textarea, summary, [tabindex], [role=slider], [role=button]",
  );
  const radio = (element: Element) =>
    element instanceof HTMLInputElement && element.type === "radio" ? element.name : null;
  const groups = new Set([...stops.reached].map(radio));
  return [...operable]
    .filter(
      (element) =>
        !stops.reached.has(element) &&
        element.tabIndex >= 0 &&
        !element.matches(":disabled, [aria-disabled=true], [inert] *") &&
        element.checkVisibility({ visibilityProperty: true }) &&
        !(radio(element) !== null && groups.has(radio(element))),
    )
    .map((element) => element.outerHTML.slice(0, 160));
}

/** More stops than any page has: past them, Tab goes round in a trap that makes its elements anew. */
const tooMany = 1200;

/** So many presses are sent at once: what they reach is noted in the page, so nobody waits for each. */
const together = 60;

/** Presses Tab until it brings nothing new. */
async function tabThrough(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const press = () =>
    browser.send("Input.dispatchKeyEvent", {
      type: "rawKeyDown",
      key: "Tab",
      code: "Tab",
      windowsVirtualKeyCode: 9,
    });
  for (let before = -1, now = 0; now > before && now < tooMany; ) {
    await Promise.all(Array.from({ length: together }, press));
    before = now;
    now = await page.evaluate(() => stops.reached.size);
  }
  await browser.detach();
}

/** Those stops that look the same with and without the focus. */
async function unseenStops(page: Page): Promise<readonly string[]> {
  const unseen: string[] = [];
  for (const kind of await page.evaluate(() => [...stops.plain.keys()])) {
    const box = await page.evaluate((kind) => {
      const element = stops.plain.get(kind);
      element?.scrollIntoView({ block: "center" });
      element?.focus({ preventScroll: true });
      const { x = 0, y = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
      return {
        x: Math.max(0, x - 24),
        y: Math.max(0, y - 24),
        width: width + 48,
        height: height + 48,
      };
    }, kind);
    const focused = await page.screenshot({ clip: box });
    await page.evaluate((kind) => stops.plain.get(kind)?.blur(), kind);
    if (focused.equals(await page.screenshot({ clip: box }))) {
      unseen.push(await page.evaluate((kind) => stops.plain.get(kind)?.outerHTML ?? kind, kind));
    }
  }
  return unseen.map((text) => text.slice(0, 160));
}

/** The elements that stick out of the screen on the right, where no ancestor scrolls or cuts them. */
function stickingOut(): readonly string[] {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.outerHTML.slice(0, 100))
    .concat(`the page is ${document.documentElement.scrollWidth} px wide`);
}

/** As on a phone, a page that is open at a screen's width. */
async function onPhone(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const size = { width: 390, height: 844, deviceScaleFactor: 2, mobile: true };
  await browser.send("Emulation.setDeviceMetricsOverride", size);
  await browser.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  // A figure that measures its width draws anew in the frame after next.
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 300)));
}

/**
 * What holds of these pages of the built book with all their labs alive. In three files, since one page keeps
 * no more than one core busy for most of the time.
 */
export function aliveLaws(names: readonly string[]): void {
  let book: Book;
  beforeAll(async () => {
    book = await openBook();
  });
  afterAll(() => book.close());

  // All its labs alive, a page takes half a minute to open: each is opened once for all of this.
  describe.each(names)("%s, its labs alive", { timeout: 240_000 }, (name) => {
    let opened: BookPage;
    beforeAll(async () => {
      opened = await book.open(name);
      await opened.wake();
    }, 240_000);
    afterAll(() => opened?.close());

    test("axe finds nothing grave, light and dark", async () => {
      const { page } = opened;
      expect(await grave(page, "html"), "light").toEqual([]);
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      // A theme is colours, and nothing else.
      expect(await grave(page, "html", ["color-contrast"]), "dark").toEqual([]);
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    });

    test("Tab reaches all that can be operated, and shows where it is", async () => {
      await opened.page.evaluate(noteStops);
      await tabThrough(opened.page);
      expect(await opened.page.evaluate(missedByTab)).toEqual([]);
      expect(await unseenStops(opened.page)).toEqual([]);
    });

    test("axe finds nothing grave in a lab that is projected", async () => {
      const [lab] = await opened.labs();
      if (lab === undefined) return;
      await opened.page.setViewportSize({ width: 1920, height: 1080 });
      await opened.project(lab);
      expect(await grave(opened.page, "[data-projected]")).toEqual([]);
      await opened.page.keyboard.press("Escape");
      await opened.live(lab);
    });

    test("it does not scroll sideways at a phone's width", async () => {
      await onPhone(opened.page);
      expect(await opened.page.evaluate(stickingOut)).toEqual([]);
    });

    test("nothing went wrong in all this", () => {
      expect(opened.errors).toEqual([]);
    });
  });

  test.each(names)(
    "%s, still a page without life, does not scroll sideways at a phone's width",
    async (name) => {
      const opened = await book.open(name, {
        width: 390,
        height: 844,
        context: { hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
      });
      expect(await opened.page.evaluate(stickingOut)).toEqual([]);
      expect(opened.errors).toEqual([]);
      await opened.close();
    },
  );
}
