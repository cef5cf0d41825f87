import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ViteBuilder } from "vite";

export type Built = Awaited<ReturnType<ViteBuilder["build"]>>;

interface FigurePlace {
  /** The folder of the chapter that the figure belongs to: not always the page's own. */
  readonly chapter: string;
  readonly figure: string;
}

function figuresOn(html: string): FigurePlace[] {
  return [...html.matchAll(/ data-chapter="([^"]+)" data-figure="([^"]+)"/g)].map(
    ([, chapter = "", figure = ""]) => ({ chapter, figure }),
  );
}

/**
 * The page with the stylesheets of its figures: their stills are drawn with these before any script has
 * come, and a page carries none of another chapter's.
 */
function linked(html: string, addresses: Iterable<string>): string {
  const links = [...new Set(addresses)].map((href) => `<link rel="stylesheet" href="${href}">`);
  return html.replace("</head>", () => `${links.join("")}</head>`);
}

/** In development: all stylesheets of the chapters whose figures the page shows. */
export async function withSourceStyles(html: string, root: string): Promise<string> {
  const folders = new Set(figuresOn(html).map(({ chapter }) => `chapters/${chapter}/figures`));
  const addresses: string[] = [];
  for (const folder of folders) {
    const files = await readdir(join(root, folder));
    addresses.push(...files.filter((f) => f.endsWith(".css")).map((file) => `/${folder}/${file}`));
  }
  return linked(html, addresses);
}

/** In the build: those that the chunks of the page's figures brought with them. */
export function builtStyles(built: Built, root: string): (html: string) => string {
  const outputs = "output" in built ? built.output : [];
  const chunks = outputs.flatMap((output) => (output.type === "chunk" ? [output] : []));
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const holding = new Map(
    chunks.flatMap((chunk) => chunk.moduleIds.map((id) => [relative(root, id), chunk] as const)),
  );
  const stylesOf = ({ chapter, figure }: FigurePlace): string[] => {
    const source = `chapters/${chapter}/figures/${figure}.tsx`;
    const own = holding.get(source);
    if (!own) throw new Error(`Expected a chunk with ${source}; the build made none.`);
    const reached = new Set([own]);
    for (const chunk of reached) {
      for (const file of chunk.imports) {
        const other = byFile.get(file);
        if (other && !other.isEntry) reached.add(other);
      }
    }
    return [...reached].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);
  };
  return (html) =>
    linked(
      html,
      figuresOn(html)
        .flatMap(stylesOf)
        .map((file) => `./${file}`),
    );
}
