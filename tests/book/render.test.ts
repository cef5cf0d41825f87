import { describe, expect, test } from "vitest";
import { filled } from "../../src/book/build/bookPages.ts";
import { chapters, symbolsOf } from "../../src/book/chapters.ts";
import { render, routes } from "../../src/book/render.tsx";
import { renderedPages } from "./pages.ts";

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

describe.each(routes)("%s", (route) => {
  test("every link and source is relative, so that the book works at any address", async () => {
    const html = (await renderedPages()).get(route) ?? "";
    const absolute = [...html.matchAll(/\s(?:href|src)="(\/[^"]*)"/g)].map(([, url]) => url);
    expect(absolute).toEqual([]);
  });

  test("it has one main heading, and its headings skip no level", async () => {
    const html = (await renderedPages()).get(route) ?? "";
    const levels = [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test("no paragraph holds a block, which a browser would tear out of it", async () => {
    const html = (await renderedPages()).get(route) ?? "";
    expect(
      html.match(/<p(?:\s[^>]*)?>(?:(?!<\/p>).)*?<(?:div|p|section|pre|ul|ol|table)[\s>]/s),
    ).toBeNull();
  });
});

describe.each(chapters.map((chapter) => [chapter.route, chapter] as const))(
  "%s",
  (route, chapter) => {
    test("every symbol has its entry and its hue", async () => {
      const { head, html } = await render(route);
      const own = Object.keys(symbolsOf(chapter.folder));
      for (const key of own) {
        expect(html).toContain(`id="symbol-${key}"`);
        expect(head).toMatch(new RegExp(`\\[data-sym="${key}"\\][^{]*\\{--sym:`));
      }
    });

    test("formulae are set twice: for the eye in HTML, for the ear in MathML", async () => {
      const { html } = await render(route);
      const eye = html.match(/class="katex-html" aria-hidden="true"/g) ?? [];
      expect(html.match(/<math /g) ?? []).toHaveLength(eye.length);
      expect(html).not.toContain("katex-error");
    });
  },
);
