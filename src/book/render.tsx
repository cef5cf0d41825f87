import type { ReactNode } from "react";
import { prerender } from "react-dom/static";
import { ChapterContext } from "./ChapterContext.ts";
import { Fence } from "./Code.tsx";
import { type Chapter, chapters, symbolsOf } from "./chapters.ts";
import { Equation } from "./Equation.tsx";
import { Answer, ExerciseBlock, Hint, Progress, Why } from "./ExerciseBlock.tsx";
import { bookSummary, Home } from "./Home.tsx";
import { LabStill } from "./LabStill.tsx";
import { notFoundHead } from "./notFound.ts";
import { bookTitle, type Heading, Page } from "./Page.tsx";
import { Aside, Goals, Recap, Sym } from "./prose.tsx";
import { SymbolTable, symbolHues } from "./SymbolTable.tsx";
import type { Symbols } from "./symbols.ts";

/** A page of the book, as the two parts that go into `index.html`. */
export interface RenderedPage {
  /** Title, description and the hues of the symbols: inside `<head>`. */
  readonly head: string;
  /** Inside `<body>`. */
  readonly html: string;
}

const components = {
  Aside,
  Answer,
  Equation,
  Exercise: ExerciseBlock,
  Goals,
  Hint,
  Lab: LabStill,
  Recap,
  Sym,
  Why,
  pre: Fence,
};

/** The routes of the book: `index`, one a chapter, and `404`. The page of a route is `route.html`. */
export const routes: readonly string[] = [
  "index",
  ...chapters.map((chapter) => chapter.route),
  "404",
];

async function markup(node: ReactNode): Promise<string> {
  const failures: unknown[] = [];
  const { prelude } = await prerender(node, { onError: (error) => void failures.push(error) });
  const html = await new Response(prelude).text();
  if (failures.length > 0) throw failures[0];
  return html.replaceAll("<!-- -->", "");
}

function headingsOf(html: string): Heading[] {
  return [...html.matchAll(/<h2 id="([^"]+)"[^>]*>(.*?)<\/h2>/gs)].map(
    ([, id = "", text = ""]) => ({
      id,
      html: text.replace(/<\/?a\b[^>]*>/g, ""),
    }),
  );
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

/** The symbols of a chapter, and of the labs that it shows from other chapters. */
function symbolsShown(html: string, own: Symbols): Symbols {
  const folders = [...html.matchAll(/ data-chapter="([^"]+)"/g)].map(([, folder = ""]) => folder);
  return Object.assign({}, ...folders.map(symbolsOf), own);
}

function head(title: string, description: string, symbols: Symbols): string {
  const hues = symbolHues(symbols);
  return [
    `<title>${escaped(title)}</title>`,
    `<meta name="description" content="${escaped(description)}">`,
    hues ? `<style>${hues}</style>` : "",
  ].join("");
}

function ChapterArticle({ chapter, symbols }: { chapter: Chapter; symbols: Symbols }) {
  return (
    <ChapterContext value={{ folder: chapter.folder, symbols }}>
      <article className="chapter">
        <header className="chapter-header">
          <p className="chapter-number">
            {chapter.number === null ? "Appendix" : `Chapter ${chapter.number}`}
          </p>
          <h1>{chapter.title}</h1>
          <p className="chapter-summary">{chapter.summary}</p>
        </header>
        <chapter.Content components={components} />
        <Progress />
        <SymbolTable symbols={symbols} />
      </article>
    </ChapterContext>
  );
}

async function page(
  title: string,
  description: string,
  content: ReactNode,
  chapter: Chapter | null = null,
): Promise<RenderedPage> {
  const inner = await markup(content);
  const symbols = symbolsShown(inner, chapter ? symbolsOf(chapter.folder) : {});
  return {
    head: head(title, description, symbols),
    html: await markup(
      <Page chapter={chapter} headings={chapter ? headingsOf(inner) : []}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered on the line above */}
        <div className="page-content" dangerouslySetInnerHTML={{ __html: inner }} />
      </Page>,
    ),
  };
}

/**
 * The page of a route. The development server and the build both call it, so they cannot differ.
 *
 * @throws Error when there is no such route, or a chapter refers to something that does not exist
 */
export async function render(route: string): Promise<RenderedPage> {
  if (route === "index") return page(bookTitle, bookSummary, <Home />);
  if (route === "404") {
    const notFound = await page(
      `No such page · ${bookTitle}`,
      "This page does not exist.",
      <article>
        <h1>No such page</h1>
        <p>
          The address leads nowhere in this book. <a href="./">Go to its first page.</a>
        </p>
      </article>,
    );
    return { ...notFound, head: notFound.head + notFoundHead };
  }
  const chapter = chapters.find((candidate) => candidate.route === route);
  if (!chapter) throw new Error(`There is no page "${route}". Pages: ${routes.join(", ")}.`);
  return page(
    `${chapter.title} · ${bookTitle}`,
    chapter.summary,
    <ChapterArticle chapter={chapter} symbols={symbolsOf(chapter.folder)} />,
    chapter,
  );
}
