import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What reading a chapter may cost before a lab comes near, in bytes as a static host sends them. */
const scriptBudget = 20 * 1024;
const documentBudget = 250 * 1024;

/** Compressed as static hosts do it. */
function transferred(content: string | Uint8Array): number {
  return gzipSync(content).length;
}

interface FontFace {
  readonly file: string;
  readonly family: string;
  readonly isItalic: boolean;
  readonly isBold: boolean;
  readonly ranges: readonly (readonly [number, number])[];
}

function fontFaces(css: string): FontFace[] {
  return [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].flatMap(([, body = ""]) => {
    const [, file] = /url\(["']?([^"')]+\.woff2)/.exec(body) ?? [];
    if (!file) return [];
    const [, family = ""] = /font-family:\s*["']?([^;"'}]+)/.exec(body) ?? [];
    const [, range = ""] = /unicode-range:\s*([^;}]+)/.exec(body) ?? [];
    const ranges = [...range.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].map(
      ([, first = "", last = first]) =>
        [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const,
    );
    return [
      {
        file,
        family: family.trim(),
        isItalic: /font-style:\s*italic/.test(body),
        isBold: /font-weight:\s*(?:700|bold)/.test(body),
        ranges,
      },
    ];
  });
}

/** The classes of KaTeX's markup that ask for one of its faces. */
const mathClasses: Readonly<Record<string, RegExp>> = {
  KaTeX_Main: /class="katex/,
  KaTeX_Math: /mathnormal|mathit|boldsymbol/,
  KaTeX_AMS: /amsrm|mathbb/,
  KaTeX_Size1: /size1|small-op/,
  KaTeX_Size2: /size2|large-op/,
  KaTeX_Size3: /size3/,
  KaTeX_Size4: /size4|delim-size4/,
  KaTeX_Caligraphic: /mathcal/,
  KaTeX_Fraktur: /mathfrak/,
  KaTeX_SansSerif: /mathsf/,
  KaTeX_Script: /mathscr/,
  KaTeX_Typewriter: /mathtt|texttt/,
};
const boldMath = /mathbf|boldsymbol|textbf/;
const italicMath = /mathit|textit/;

/** Whether a browser fetches this face for a page: by the characters and the marks that ask for it. */
function isUsed(face: FontFace, html: string): boolean {
  const classes = mathClasses[face.family];
  if (classes) {
    if (!classes.test(html)) return false;
    if (face.isBold && !boldMath.test(html)) return false;
    return !(face.isItalic && face.family !== "KaTeX_Math") || italicMath.test(html);
  }
  if (face.isItalic && !/<(?:em|i|cite)\b/.test(html)) return false;
  if (face.ranges.length === 0) return true;
  const text = html.replace(/<[^>]*>/g, "");
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return face.ranges.some(([first, last]) => code >= first && code <= last);
  });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`.padStart(10);
}

/** What a page costs to read, in bytes as sent. */
export interface PageCost {
  readonly route: string;
  readonly script: number;
  readonly html: number;
  readonly css: number;
  readonly fonts: number;
}

function costTable(costs: readonly PageCost[]): string {
  const columns = ["script", "html", "css", "fonts"] as const;
  const head = ["page".padEnd(16), ...columns.map((name) => name.padStart(10)), "  together"];
  const rows = costs.map((cost) => {
    const sizes = columns.map((name) => kilobytes(cost[name]));
    return [cost.route.padEnd(16), ...sizes, kilobytes(cost.html + cost.css + cost.fonts)].join("");
  });
  return [head.join(""), ...rows].join("\n");
}

/**
 * Weighs every page in the folder `out`: the script that it starts with, and its HTML, CSS and fonts.
 *
 * @param script the files of the entry script and all that it imports at once
 * @returns a table for the build's log
 * @throws Error with the table when a page is over budget
 */
export async function weigh(
  out: string,
  routes: readonly string[],
  script: readonly string[],
): Promise<string> {
  const scripts = await Promise.all(script.map((file) => readFile(join(out, file))));
  const scriptCost = scripts.reduce((sum, code) => sum + transferred(code), 0);
  const costs: PageCost[] = [];
  for (const route of routes) {
    const html = await readFile(join(out, `${route}.html`), "utf8");
    const sheets = [...html.matchAll(/<link rel="stylesheet"[^>]*href="([^"]+)"/g)];
    let css = 0;
    let fonts = 0;
    for (const [, href = ""] of sheets) {
      const text = await readFile(join(out, href), "utf8");
      css += transferred(text);
      for (const face of fontFaces(text)) {
        if (isUsed(face, html)) fonts += (await readFile(join(out, href, "..", face.file))).length;
      }
    }
    costs.push({ route, script: scriptCost, html: transferred(html), css, fonts });
  }
  const table = costTable(costs);
  const over = costs.filter(
    (cost) => cost.script > scriptBudget || cost.html + cost.css + cost.fonts > documentBudget,
  );
  if (over.length > 0) {
    throw new Error(
      `Over budget: ${over.map(({ route }) => route).join(", ")}. Reading a page may take ` +
        `${kilobytes(scriptBudget).trim()} of script and ${kilobytes(documentBudget).trim()} of HTML, CSS and fonts.\n${table}`,
    );
  }
  return table;
}
