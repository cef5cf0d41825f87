import { afterAll, beforeAll, expect, test } from "vitest";
import { type Book, builtPages, openBook } from "./book.ts";

let book: Book;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book.close());

/** The elements that stick out of the screen on the right, where no ancestor scrolls or cuts them. */
function stickingOut(): readonly string[] {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.outerHTML.slice(0, 100))
    .concat(`the page is ${document.documentElement.scrollWidth} px wide`);
}

test.each(builtPages())("%s does not scroll sideways at 390 px", async (name) => {
  const opened = await book.open(name, {
    width: 390,
    height: 844,
    context: { hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  });
  expect(await opened.page.evaluate(stickingOut)).toEqual([]);
  await opened.wake();
  expect(await opened.page.evaluate(stickingOut)).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});
