import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Book, builtPages, openBook } from "./book.ts";

let book: Book;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book.close());

/** What axe finds serious or critical inside `part`, by all its rules or these: each rule with how many elements, and the first of them. */
async function grave(page: Page, part: string, rules?: string[]): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    resultTypes: ["violations"],
    ...(rules && { runOnly: { type: "rule", values: rules } }),
  };
  // MathML that nobody sees is KaTeX's own, and half of all elements.
  const context = { include: [part], exclude: [".katex-mathml"] };
  const { violations } = await page.evaluate(
    ([context, options]) => (window as unknown as { axe: typeof axe }).axe.run(context, options),
    [context, options] as const,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => {
      const [first] = nodes;
      return `${id}: ${help}. ${nodes.length} ×, first ${first?.html}. ${first?.failureSummary}`;
    });
}

describe.each(builtPages())("%s", { timeout: 300_000 }, (name) => {
  test("axe finds nothing grave, its labs alive, light and dark", async () => {
    const opened = await book.open(name, { theme: "light" });
    await opened.wake();
    expect(await grave(opened.page, "html"), "light").toEqual([]);
    await opened.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    // A theme is colours, and nothing else.
    expect(await grave(opened.page, "html", ["color-contrast"]), "dark").toEqual([]);
    expect(opened.errors).toEqual([]);
    await opened.close();
  });

  test("axe finds nothing grave in a lab that is projected", async () => {
    const opened = await book.open(name, { width: 1920, height: 1080 });
    const [lab] = await opened.labs();
    if (lab !== undefined) {
      await opened.live(lab);
      await opened.project(lab);
      expect(await grave(opened.page, "[data-projected]")).toEqual([]);
      expect(opened.errors).toEqual([]);
    }
    await opened.close();
  });
});
