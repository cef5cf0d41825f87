import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Symbols } from "../../src/book/symbols.ts";
import { builtPages, dist } from "./book.ts";

const symbolTables = import.meta.glob<Symbols>("../../chapters/*/symbols.ts", {
  eager: true,
  import: "symbols",
});

/** The pages as the build wrote them, by name. */
const pages: ReadonlyMap<string, string> = new Map(
  builtPages().map((name) => [name, readFileSync(join(dist, `${name}.html`), "utf8")]),
);

const htmlOf = (name: string): string => pages.get(name) ?? "";

describe.each(builtPages())("%s", (name) => {
  test("every link and source is relative, so that the book works at any address", () => {
    const absolute = [...htmlOf(name).matchAll(/\s(?:href|src)="(\/[^"]*)"/g)].map(
      ([, url]) => url,
    );
    // An address that does not exist may be of any depth: there a script finds the book.
    expect(absolute).toEqual([]);
  });

  test("it has one main heading, and its headings skip no level", () => {
    const levels = [...htmlOf(name).matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test("no id stands twice, and every link within the book leads somewhere", () => {
    const html = htmlOf(name);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const links = [...html.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)].map(([, href = ""]) => href);
    const lost = links.filter((href) => {
      if (/^(https?|mailto):/.test(href)) return false;
      const [file = "", hash] = href.split("#");
      const target = file.replace(/^\.\//, "").replace(/\.html$/, "") || "index";
      const html = pages.get(file === "" ? name : target);
      return html === undefined || (hash !== undefined && !html.includes(` id="${hash}"`));
    });
    expect(lost).toEqual([]);
  });

  test("no paragraph holds a block, which a browser would tear out of it", () => {
    expect(
      htmlOf(name).match(/<p(?:\s[^>]*)?>(?:(?!<\/p>).)*?<(?:div|p|section|pre|ul|ol|table)[\s>]/s),
    ).toBeNull();
  });
});

/** The pages of chapters, with the symbols that each defines; the other pages have none. */
const chapterSymbols = Object.entries(symbolTables).flatMap(([path, symbols]) => {
  const route = /\/\d\d-([a-z-]+)\//.exec(path)?.[1] ?? "";
  return pages.has(route) ? [[route, Object.keys(symbols)] as const] : [];
});

describe.each(chapterSymbols)("%s", (route, symbols) => {
  test("every symbol has its entry and its hue", () => {
    const html = htmlOf(route);
    for (const key of symbols) {
      expect(html).toContain(`id="symbol-${key}"`);
      expect(html).toMatch(new RegExp(`\\[data-sym="${key}"\\][^{]*\\{--sym:`));
    }
  });

  test("formulae are set twice: for the eye in HTML, for the ear in MathML", () => {
    const html = htmlOf(route);
    const eye = html.match(/class="katex-html" aria-hidden="true"/g) ?? [];
    expect(html.match(/<math /g) ?? []).toHaveLength(eye.length);
    expect(html).not.toContain("katex-error");
  });
});
