import { beforeAll, describe, expect, test } from "vitest";
import { filled } from "../../src/book/build/bookPages.ts";
import { chapters, symbolsOf } from "../../src/book/chapters.ts";
import { type RenderedPage, render, routes } from "../../src/book/render.tsx";

const pages = new Map<string, RenderedPage>();

const pageOf = (route: string): RenderedPage => pages.get(route) ?? { head: "", html: "" };

// With the pictures of all labs, which their models compute.
beforeAll(async () => {
  for (const route of routes) pages.set(route, await render(route));
}, 300_000);

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

test("the first page lists every chapter", () => {
  const { html } = pageOf("index");
  for (const { route, summary } of chapters) {
    expect(html).toContain(`href="${route}.html"`);
    expect(html).toContain(summary.slice(0, 20));
  }
});

describe.each(routes)("%s", (route) => {
  test("every link and source is relative, so that the book works at any address", () => {
    const { html } = pageOf(route);
    const absolute = [...html.matchAll(/\s(?:href|src)="(\/[^"]*)"/g)].map(([, url]) => url);
    expect(absolute).toEqual([]);
  });

  test("it has one main heading, and its headings skip no level", () => {
    const { html } = pageOf(route);
    const levels = [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test("no id stands twice, and every link within the book leads somewhere", () => {
    const { html } = pageOf(route);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const links = [...html.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)].map(([, href = ""]) => href);
    const lost = links.filter((href) => {
      if (/^(https?|mailto):/.test(href)) return false;
      const [file = "", hash] = href.split("#");
      const name = file.replace(/^\.\//, "").replace(/\.html$/, "") || "index";
      const target = pages.get(file === "" ? route : name)?.html;
      return target === undefined || (hash !== undefined && !target.includes(` id="${hash}"`));
    });
    expect(lost).toEqual([]);
  });

  test("no paragraph holds a block, which a browser would tear out of it", () => {
    const { html } = pageOf(route);
    expect(
      html.match(/<p(?:\s[^>]*)?>(?:(?!<\/p>).)*?<(?:div|p|section|pre|ul|ol|table)[\s>]/s),
    ).toBeNull();
  });
});

describe.each(chapters.map((chapter) => [chapter.route, chapter] as const))(
  "%s",
  (route, chapter) => {
    test("every symbol has its entry and its hue", () => {
      const { head, html } = pageOf(route);
      const own = Object.keys(symbolsOf(chapter.folder));
      for (const key of own) {
        expect(html).toContain(`id="symbol-${key}"`);
        expect(head).toMatch(new RegExp(`\\[data-sym="${key}"\\][^{]*\\{--sym:`));
      }
    });

    test("formulae are set twice: for the eye in HTML, for the ear in MathML", () => {
      const { html } = pageOf(route);
      const eye = html.match(/class="katex-html" aria-hidden="true"/g) ?? [];
      expect(html.match(/<math /g) ?? []).toHaveLength(eye.length);
      expect(html).not.toContain("katex-error");
    });
  },
);
