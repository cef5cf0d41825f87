import { createCssVariablesTheme, createHighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { bundledLanguages } from "shiki/langs";
import type { Symbols } from "./symbols.ts";

export type CodeLanguage = "typescript" | "python" | "shellscript";

/** A run of code with one look. `symbol` is the key of the symbol it names. */
export interface CodePiece {
  readonly text: string;
  /** `keyword`, `comment`, …; null for plain code. */
  readonly kind: string | null;
  readonly symbol: string | null;
}

const prefix = "--code-";
const theme = createCssVariablesTheme({ name: "book", variablePrefix: prefix, fontStyle: false });
const highlighter = await createHighlighterCore({
  themes: [theme],
  langs: [bundledLanguages.typescript, bundledLanguages.python, bundledLanguages.shellscript],
  engine: createJavaScriptRegexEngine(),
});

function kindOf(color: string | undefined): string | null {
  const [, kind] = new RegExp(`${prefix}token-([a-z]+)`).exec(color ?? "") ?? [];
  return kind ?? null;
}

/** From the identifier in the code to the symbol's key. */
function identifiers(symbols: Symbols): Map<string, string> {
  return new Map(Object.entries(symbols).map(([key, symbol]) => [symbol.code ?? key, key]));
}

/**
 * Splits a token at the identifiers that are symbols. A string is a symbol only when it is nothing
 * else (`tap("z", …)`); in a comment, `a` is a word.
 */
function piecesOf(
  text: string,
  kind: string | null,
  keyOf: ReadonlyMap<string, string>,
): CodePiece[] {
  if (kind === "comment") return [{ text, kind, symbol: null }];
  if (kind === "string") {
    const [, open = "", inside = "", close = ""] = /^(["']?)(.*?)(["']?)$/s.exec(text) ?? [];
    const symbol = keyOf.get(inside) ?? null;
    if (symbol === null) return [{ text, kind, symbol: null }];
    return [
      { text: open, kind, symbol: null },
      { text: inside, kind, symbol },
      { text: close, kind, symbol: null },
    ].filter((piece) => piece.text);
  }
  return text
    .split(/([A-Za-z_$][\w$]*)/)
    .filter((part) => part)
    .map((part) => ({ text: part, kind, symbol: keyOf.get(part) ?? null }));
}

function joined(pieces: readonly CodePiece[]): CodePiece[] {
  const result: CodePiece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && last.kind === piece.kind && last.symbol === null && piece.symbol === null) {
      result[result.length - 1] = { ...last, text: last.text + piece.text };
    } else {
      result.push(piece);
    }
  }
  return result;
}

/** The lines of `code`, coloured, with the chapter's symbols marked. */
export function highlighted(
  code: string,
  language: CodeLanguage,
  symbols: Symbols,
): readonly (readonly CodePiece[])[] {
  const keyOf = identifiers(symbols);
  const { tokens } = highlighter.codeToTokens(code, {
    lang: language,
    theme: "book",
    // With its time limit a busy machine would leave lines half coloured.
    tokenizeTimeLimit: 0,
  });
  return tokens.map((line) =>
    joined(line.flatMap((token) => piecesOf(token.content, kindOf(token.color), keyOf))),
  );
}
