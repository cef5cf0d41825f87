import type { MDXContent } from "mdx/types.js";
import type { Symbols } from "./symbols.ts";

/** What a chapter's `index.mdx` says of itself. */
export interface ChapterInfo {
  readonly title: string;
  /** One sentence for the home page. */
  readonly summary: string;
  /** A draft is shown by the development server, and is in no build and no test. */
  readonly kind?: "appendix" | "draft";
  /** The lab that stands for the chapter on the home page. */
  readonly cover?: { readonly lab: string; readonly figure: string };
}

/** A chapter of the book, found by its folder. */
export interface Chapter extends ChapterInfo {
  /** `01-perceptron` */
  readonly folder: string;
  /** `perceptron`: the page is `perceptron.html`. */
  readonly route: string;
  /** `1`, or null for an appendix. */
  readonly number: number | null;
  readonly Content: MDXContent;
}

interface ChapterModule {
  readonly default: MDXContent;
  readonly chapter?: ChapterInfo;
}

const documents = import.meta.glob<ChapterModule>("../../chapters/*/index.mdx", { eager: true });
const symbolTables = import.meta.glob<Symbols>("../../chapters/*/symbols.ts", {
  eager: true,
  import: "symbols",
});

function chapterAt(path: string, document: ChapterModule): Chapter {
  const folder = path.split("/").at(-2) ?? "";
  const [, digits, route] = /^(\d\d)-([a-z][a-z-]*)$/.exec(folder) ?? [];
  if (!digits || !route) {
    throw new Error(`Expected a chapter's folder as "04-convolution", got "${folder}".`);
  }
  if (!document.chapter) {
    throw new Error(
      `chapters/${folder}/index.mdx must have: export const chapter = { title: "…", summary: "…" }`,
    );
  }
  return {
    ...document.chapter,
    folder,
    route,
    number: document.chapter.kind === "appendix" ? null : Number(digits),
    Content: document.default,
  };
}

const showsDrafts = import.meta.env.MODE === "development";

/** Every chapter, in the book's order. */
export const chapters: readonly Chapter[] = Object.entries(documents)
  .filter(([, { chapter }]) => showsDrafts || chapter?.kind !== "draft")
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([path, document]) => chapterAt(path, document));

/** The symbols that the chapter in `folder` defines; none where it has no `symbols.ts`. */
export function symbolsOf(folder: string): Symbols {
  return symbolTables[`../../chapters/${folder}/symbols.ts`] ?? {};
}

/** `1. The perceptron`, or the bare title of an appendix. */
export function numberedTitle(chapter: Chapter): string {
  return chapter.number === null ? chapter.title : `${chapter.number}. ${chapter.title}`;
}
