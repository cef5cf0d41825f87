import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Book, builtPages, openBook } from "./book.ts";

let book: Book;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book.close());

/** One stop of the Tab key: what has the focus, in words, and whether an outline or shadow of its own shows it. */
interface Stop {
  readonly name: string;
  readonly marked: boolean;
  readonly box: { x: number; y: number; width: number; height: number };
}

/** Notes the element that has the focus on `window.stops`; null at the end of the page. */
function noteFocus(): Stop | null {
  const place = window as unknown as { stops?: Set<Element> };
  place.stops ??= new Set();
  const element = document.activeElement;
  if (!element || element === document.body || place.stops.has(element)) return null;
  place.stops.add(element);
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const { x, y, width, height } = element.getBoundingClientRect();
  const hasOutline = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
  return {
    name: element.outerHTML.slice(0, 120),
    marked: width > 4 && height > 4 && (hasOutline || boxShadow !== "none"),
    box: { x, y, width, height },
  };
}

/** What a reader can operate but Tab did not reach. One of a group of radio buttons stands for all. */
function missedByTab(): readonly string[] {
  const { stops = new Set<Element>() } = window as unknown as { stops?: Set<Element> };
  const operable = document.querySelectorAll<HTMLElement | SVGElement>(
    "a[href], button, input, select, textarea, summary, [tabindex], [role=slider], [role=button]",
  );
  const groups = new Set([...stops].map((stop) => stop instanceof HTMLInputElement && stop.name));
  return [...operable]
    .filter(
      (element) =>
        !stops.has(element) &&
        element.tabIndex >= 0 &&
        !element.matches(":disabled, [aria-disabled=true], [inert] *") &&
        element.checkVisibility({ visibilityProperty: true }) &&
        !(
          element instanceof HTMLInputElement &&
          element.type === "radio" &&
          groups.has(element.name)
        ),
    )
    .map((element) => element.outerHTML.slice(0, 120));
}

/** Whether the page around the focused element looks different without the focus. */
async function looksFocused(page: Page, { x, y, width, height }: Stop["box"]): Promise<boolean> {
  const view = page.viewportSize() ?? { width: 0, height: 0 };
  const left = Math.max(0, x - 24);
  const top = Math.max(0, y - 24);
  const clip = {
    x: left,
    y: top,
    width: Math.max(1, Math.min(view.width - left, width + 48)),
    height: Math.max(1, Math.min(view.height - top, height + 48)),
  };
  const focused = await page.screenshot({ clip });
  await page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    element.blur();
    (window as unknown as { last: HTMLElement }).last = element;
  });
  const blurred = await page.screenshot({ clip });
  await page.evaluate(() =>
    (window as unknown as { last: HTMLElement }).last.focus({ preventScroll: true }),
  );
  return !focused.equals(blurred);
}

describe.each(builtPages())("%s", (name) => {
  test("Tab reaches all that can be operated, and shows where it is", async () => {
    const opened = await book.open(name);
    await opened.wake();
    const unseen: string[] = [];
    for (;;) {
      await opened.page.keyboard.press("Tab");
      const stop = await opened.page.evaluate(noteFocus);
      if (!stop) break;
      if (!stop.marked && !(await looksFocused(opened.page, stop.box))) unseen.push(stop.name);
    }
    expect(await opened.page.evaluate(missedByTab)).toEqual([]);
    expect(unseen).toEqual([]);
    expect(opened.errors).toEqual([]);
    await opened.close();
  });
});
