import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin, ViteBuilder, ViteDevServer } from "vite";
import type { RenderedPage } from "../render.tsx";
import { weigh } from "./budget.ts";
import { type Built, builtStyles, withSourceStyles } from "./figureStyles.ts";

/** What `src/book/render.tsx` exports, in the server's graph or in the build's bundle. */
interface Renderer {
  readonly routes: readonly string[];
  render(route: string): Promise<RenderedPage>;
}

const renderer = "/src/book/render.tsx";
const serverBundle = "node_modules/.cache/unrolled/ssr";

/** The page in its template. */
export function filled(template: string, page: RenderedPage): string {
  return template.replace("<!--head-->", () => page.head).replace("<!--body-->", () => page.html);
}

/** `/`, `/perceptron.html` and `/perceptron` → the route; null for anything else. */
function routeOf(url: string): string | null {
  const [path = "/"] = url.split(/[?#]/);
  if (path === "/") return "index";
  return /^\/([\w-]+)(?:\.html)?$/.exec(path)?.[1] ?? null;
}

function serveBook(server: ViteDevServer): void {
  server.middlewares.use(async (request, response, next) => {
    const url = request.originalUrl ?? "/";
    const route = routeOf(url);
    const wantsPage = request.headers.accept?.includes("text/html");
    if (route === null || !wantsPage) return next();
    try {
      const book = (await server.ssrLoadModule(renderer)) as Renderer;
      const known = book.routes.includes(route);
      const template = await readFile(join(server.config.root, "index.html"), "utf8");
      const html = filled(template, await book.render(known ? route : "404"));
      response.statusCode = known ? 200 : 404;
      response.setHeader("Content-Type", "text/html");
      const styled = await withSourceStyles(html, server.config.root);
      response.end(await server.transformIndexHtml(url, styled));
    } catch (error) {
      if (error instanceof Error) server.ssrFixStacktrace(error);
      next(error);
    }
  });
}

/** The entry chunk and all that it imports at once: what a page loads before any lab. */
function entryFiles(built: Built): string[] {
  const outputs = "output" in built ? built.output : [];
  const chunks = new Map(
    outputs.flatMap((chunk) => (chunk.type === "chunk" ? [[chunk.fileName, chunk] as const] : [])),
  );
  const files = new Set([...chunks.values()].flatMap((c) => (c.isEntry ? c.fileName : [])));
  for (const file of files) for (const other of chunks.get(file)?.imports ?? []) files.add(other);
  return [...files];
}

async function writeBook(builder: ViteBuilder): Promise<void> {
  const { client, ssr } = builder.environments;
  if (!client || !ssr)
    throw new Error("Expected the environments client and ssr to be configured.");
  const built = await builder.build(client);
  await builder.build(ssr);
  const { root } = builder.config;
  const out = resolve(root, client.config.build.outDir);
  const bundle = pathToFileURL(join(root, serverBundle, "render.js")).href;
  const book = (await import(`${bundle}?${Date.now()}`)) as Renderer;
  const template = await readFile(join(out, "index.html"), "utf8");
  await mkdir(out, { recursive: true });
  const styled = builtStyles(built, root);
  for (const route of book.routes) {
    await writeFile(join(out, `${route}.html`), styled(filled(template, await book.render(route))));
  }
  builder.config.logger.info(`\n${await weigh(out, book.routes, entryFiles(built))}`);
}

/** What only the server's graph knows: a page must be rendered anew when it changes. */
const rendered =
  /\.(mdx|py)$|\/src\/(book|models|training|engine)\/|\/chapters\/[^/]+\/[a-z]+\.ts$/;

/** Prerenders the book: each page on request in development, all pages to flat files in the build. */
export function bookPages(): Plugin {
  return {
    name: "unrolled:pages",
    config: () => ({
      appType: "mpa",
      builder: {},
      environments: {
        ssr: {
          build: {
            outDir: serverBundle,
            emptyOutDir: true,
            copyPublicDir: false,
            rollupOptions: { input: { render: renderer }, output: { entryFileNames: "[name].js" } },
          },
        },
      },
    }),
    configureServer: serveBook,
    hotUpdate({ file }) {
      if (this.environment.name !== "client" || !rendered.test(file)) return;
      this.environment.hot.send({ type: "full-reload" });
      return [];
    },
    buildApp: writeBook,
  };
}
