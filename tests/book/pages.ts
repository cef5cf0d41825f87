import { render, routes } from "../../src/book/render.tsx";

let pages: Promise<ReadonlyMap<string, string>> | undefined;

/** Every page of the book by its route: what stands inside `<body>`. Rendered once. */
export function renderedPages(): Promise<ReadonlyMap<string, string>> {
  pages ??= renderAll();
  return pages;
}

async function renderAll(): Promise<ReadonlyMap<string, string>> {
  const rendered = new Map<string, string>();
  for (const route of routes) rendered.set(route, (await render(route)).html);
  return rendered;
}
