import type { KatexOptions } from "katex";

/**
 * How the book typesets TeX, at build time and when the reader puts the numbers in.
 * `\sym{key}{TeX}` marks a symbol. Anything KaTeX finds doubtful is an error.
 */
export const mathOptions = {
  output: "htmlAndMathml",
  macros: { "\\sym": "\\htmlData{sym=#1}{#2}" },
  trust: ({ command }) => command === "\\htmlData",
  strict: (code) => (code === "htmlExtension" ? "ignore" : "error"),
} satisfies KatexOptions;
