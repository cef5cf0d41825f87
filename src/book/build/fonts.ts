import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import subsetFont from "subset-font";
import type { Plugin } from "vite";

/** Where the subset fonts and KaTeX's stylesheet lie; `@fonts` in stylesheets. */
const folder = "node_modules/.cache/unrolled/fonts";

function span(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join(
    "",
  );
}

const ascii = span(0x20, 0x7e);

/** The punctuation, signs and letters that headings, labels and code may need beyond ASCII. */
const signs = "\u00a0°±²³·×÷½àáäåçèéêëíïóôöøúüÉÖÜß‐‑–—‘’“”…⁻⁰¹⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉←↑→↓−√∞≈≠≤≥∂∑∈⋅";

/** The Greek that prose, labels and code may need; formulae have KaTeX's own. */
const greek = "ΓΔΘΛΠΣΦΨΩαβγδεζηθκλμνπρστφχψω";

/** The delimiters of all sizes and the pieces of the tallest, wide accents, roots and large operators. */
const largeSigns =
  ascii +
  "\u00a0ˆ˜\u0302\u0303‖↑↓↕⇑⇓⇕∏∐∑√∣∥∫∬∭∮⋀⋁⋂⋃⌈⌉⌊⌋⟨⟩⏐" +
  span(0x239b, 0x23b1) +
  span(0xe000, 0xe01f);

/** The characters the book may set. A character outside falls back to the reader's own fonts. */
const characters =
  ascii +
  span(0x391, 0x3c9) +
  "\u00a0°±²³´·¹¼½¾«»§©×÷ÀÁÂÄÅÇÈÉÊËÍÎÑÓÔÖØÚÜßàáâäåæçèéêëíîïñóôöøùúüŵŷŴŶˆˇˉ˘˙˚˛˜˝" +
  "‐‑–—‘’‚“”„†‡•…‰′″‹›⁄ⁿ₀₁₂₃₄₅₆₇₈₉ₙₜ←↑→↓↔↦⇒⇔∀∂∃∅∇∈∉∏∑−∗√∝∞∥∧∨∩∪∫≈≠≡≤≥≪≫⊂⊆⊙⊗⊤⋅⋮⋯⌈⌉⌊⌋ℒℝ│─└├";

/** The OpenType features the book uses; the others (fractions, code ligatures, …) only weigh. */
const features = ["kern", "mark", "mkmk", "liga", "pnum", "tnum"];

interface FontSource {
  /** The file's name in the stylesheet. */
  readonly name: string;
  readonly from: string;
  /** Axes pinned to a value or cut to a range; each cut saves a third or more. */
  readonly axes: Readonly<Record<string, number | { min: number; max: number }>>;
  /** The characters kept; default: all that the book may set. */
  readonly kept?: string;
}

const text = { wght: { min: 400, max: 600 } };
const serif = "@fontsource-variable/source-serif-4/files/source-serif-4";
const sans = "@fontsource-variable/inter/files/inter";
const mono = "@fontsource-variable/jetbrains-mono/files/jetbrains-mono";

const sources: readonly FontSource[] = [
  { name: "serif", from: `${serif}-latin-wght-normal.woff2`, axes: text },
  { name: "serif-ext", from: `${serif}-latin-ext-wght-normal.woff2`, axes: text },
  { name: "serif-greek", from: `${serif}-greek-wght-normal.woff2`, axes: text, kept: greek },
  { name: "serif-italic", from: `${serif}-latin-wght-italic.woff2`, axes: { wght: 400 } },
  {
    name: "serif-display",
    from: `${serif}-latin-opsz-normal.woff2`,
    axes: { opsz: 40, wght: 500 },
    kept: ascii + signs,
  },
  { name: "sans", from: `${sans}-latin-wght-normal.woff2`, axes: text, kept: ascii + signs },
  { name: "sans-greek", from: `${sans}-greek-wght-normal.woff2`, axes: text, kept: greek },
  {
    name: "mono",
    from: `${mono}-latin-wght-normal.woff2`,
    axes: { wght: 400 },
    kept: ascii + signs,
  },
  {
    name: "mono-greek",
    from: `${mono}-greek-wght-normal.woff2`,
    axes: { wght: 400 },
    kept: greek,
  },
];

async function subset(file: string, axes: FontSource["axes"], kept: string): Promise<Buffer> {
  return subsetFont(await readFile(file), kept, {
    targetFormat: "woff2",
    variationAxes: { ...axes },
    keepFeatures: features,
    noHinting: true,
  });
}

/** KaTeX's stylesheet with its fonts beside it, in WOFF2 only: every browser that runs the book reads it. */
async function katexStyle(style: string, into: string): Promise<void> {
  const fonts = join(dirname(style), "fonts");
  for (const name of await readdir(fonts)) {
    if (!name.endsWith(".woff2")) continue;
    const kept = name.includes("Size") ? largeSigns : characters;
    const font = await subset(join(fonts, name), {}, kept);
    await writeFile(join(into, name), font);
  }
  const css = (await readFile(style, "utf8"))
    .replaceAll(/,url\(fonts\/[^)]+\) format\("(?:woff|truetype)"\)/g, "")
    .replaceAll("url(fonts/", "url(./")
    .replaceAll("font-display:block", "font-display:swap");
  await writeFile(join(into, "katex.css"), css);
}

/** Makes the fonts that the stylesheets use, unless these very fonts have been made before. */
async function prepareFonts(root: string): Promise<string> {
  const into = join(root, folder);
  const require = createRequire(join(root, "package.json"));
  const files = sources.map((source) => require.resolve(source.from));
  const style = require.resolve("katex/dist/katex.min.css");
  const versions = ["katex/package.json", "subset-font/package.json"].map((path) =>
    readFile(require.resolve(path), "utf8"),
  );
  const stamp = createHash("sha256")
    .update(characters + JSON.stringify(sources) + (await Promise.all(versions)).join(""))
    .update(await readFile(import.meta.filename))
    .digest("hex");
  const stampFile = join(into, "stamp");
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return into;
  await mkdir(into, { recursive: true });
  await Promise.all(
    sources.map(async ({ name, axes, kept = characters }, index) => {
      await writeFile(join(into, `${name}.woff2`), await subset(files[index] ?? "", axes, kept));
    }),
  );
  await katexStyle(style, into);
  await writeFile(stampFile, stamp);
  return into;
}

/** The book's fonts, subset to its characters, as `@fonts/…` for its stylesheets. */
export function bookFonts(): Plugin {
  return {
    name: "unrolled:fonts",
    config: async ({ root = process.cwd() }) => ({
      resolve: { alias: { "@fonts": await prepareFonts(root) } },
    }),
  };
}
