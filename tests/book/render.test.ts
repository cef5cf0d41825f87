import { expect, test } from "vitest";
import { filled } from "../../src/book/build/bookPages.ts";
import { chapters } from "../../src/book/chapters.ts";
import { render, routes } from "../../src/book/render.tsx";

test("the book has a first page, a page for each chapter, and one for lost readers", () => {
  expect(routes).toEqual(["index", ...chapters.map(({ route }) => route), "404"]);
});

test("a page that does not exist is refused by name", async () => {
  await expect(render("nowhere")).rejects.toThrow('There is no page "nowhere"');
});

test("what a page holds is put into the template as it is", () => {
  const page = { head: "<title>$& $1</title>", html: "<p>$$</p>" };
  expect(filled("<head><!--head--></head><body><!--body--></body>", page)).toBe(
    "<head><title>$& $1</title></head><body><p>$$</p></body>",
  );
});

test("the first page lists every chapter", async () => {
  const { html } = await render("index");
  for (const { route, summary } of chapters) {
    expect(html).toContain(`href="${route}.html"`);
    expect(html).toContain(summary.slice(0, 20));
  }
});
