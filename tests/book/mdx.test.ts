import { expect, test } from "vitest";
import { mdxDocuments } from "../../src/book/build/mdx.ts";

/** The JavaScript that a chapter's text becomes. */
async function compiled(text: string): Promise<string> {
  const { transform } = mdxDocuments();
  if (typeof transform !== "function") throw new Error("Expected the MDX plugin to transform.");
  const result: unknown = await Reflect.apply(transform, {}, [text, "/chapter/index.mdx"]);
  return JSON.stringify(result);
}

test("a formula that TeX cannot read stops the build, naming the file and the reason", async () => {
  await expect(compiled(String.raw`A $\frac{1}{2$ B`)).rejects.toThrow(
    /KaTeX cannot set this formula/,
  );
});

test("an unknown command stops the build", async () => {
  await expect(compiled(String.raw`$\symm{w}{w}$`)).rejects.toThrow(/symm/);
});

test("a marked symbol carries its key", async () => {
  expect(await compiled(String.raw`$\sym{y_hat}{\hat y}$`)).toContain("data-sym");
});

test("$$ on one line by itself is displayed", async () => {
  expect(await compiled("$$x$$")).toContain("katex-display");
  expect(await compiled("so $x$ it is")).not.toContain("katex-display");
});

test("quotes are curled in prose and left alone in code", async () => {
  const code = await compiled('She said "it\'s" and `"raw"`.');
  expect(code).toContain("She said “it’s” and ");
  expect(code).not.toContain("“raw”");
});

test("a comma stays with the formula before it", async () => {
  expect(await compiled("the input $x$, and")).toContain("unbroken");
  expect(await compiled("the input $x$ and")).not.toContain("unbroken");
});
