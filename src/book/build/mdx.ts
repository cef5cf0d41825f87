import mdx, { type Options } from "@mdx-js/rollup";
import rehypeKatex from "rehype-katex";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import type { Plugin } from "vite";
import { mathOptions } from "../math.ts";
import { curlQuotes, keepPunctuation, type MarkdownNode } from "./typography.ts";

interface MarkdownFile {
  readonly messages: readonly {
    readonly source?: string;
    readonly reason: string;
    readonly cause?: unknown;
    readonly place?: unknown;
  }[];
  fail(reason: string, options: { place: unknown }): never;
  toString(): string;
}

/** Displays a paragraph that is nothing but `$$…$$` on one line, as TeX does. */
function displayLoneMath() {
  const display = (node: MarkdownNode, source: string): void => {
    const [only, ...others] = node.children ?? [];
    const start = only?.position?.start.offset ?? 0;
    if (only?.type === "inlineMath" && others.length === 0 && source.startsWith("$$", start)) {
      only.data = { ...only.data, hProperties: { className: ["language-math", "math-display"] } };
      if (node.type === "paragraph") node.data = { ...node.data, hName: "div" };
    }
    for (const child of node.children ?? []) display(child, source);
  };
  return (tree: MarkdownNode, file: MarkdownFile) => display(tree, String(file));
}

/** A formula that KaTeX refuses stops the build; rehype-katex alone would only colour it red. */
function refuseBrokenMath() {
  return (_tree: unknown, file: MarkdownFile) => {
    const broken = file.messages.find((message) => message.source === "rehype-katex");
    if (!broken) return;
    const why = broken.cause instanceof Error ? broken.cause.message : broken.reason;
    file.fail(`KaTeX cannot set this formula: ${why}`, { place: broken.place });
  };
}

/** MDX as the book writes it: tables, TeX set by KaTeX, curled quotes, and an id on every heading. */
export function mdxDocuments(): Plugin {
  const options = {
    remarkPlugins: [remarkGfm, remarkMath, displayLoneMath, curlQuotes],
    rehypePlugins: [[rehypeKatex, mathOptions], refuseBrokenMath, keepPunctuation, rehypeSlug],
  };
  return { ...mdx(options as Options), enforce: "pre" } as Plugin;
}
