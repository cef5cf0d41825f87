import { isValidElement, type ReactNode } from "react";
import { useChapter } from "./ChapterContext.ts";
import { type CodeLanguage, highlighted } from "./highlight.ts";

/** Highlighted code, its symbols linked to the equations. */
export function Code({
  code,
  language,
}: {
  readonly code: string;
  readonly language: CodeLanguage;
}) {
  const { symbols } = useChapter();
  const lines = highlighted(code, language, symbols);
  return (
    <pre className="code">
      <code>
        {lines.map((line, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, at build time
          <span key={row} className="line">
            {line.map((piece, index) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, at build time
                key={index}
                className={piece.kind ? `tok-${piece.kind}` : undefined}
                data-sym={piece.symbol ?? undefined}
              >
                {piece.text}
              </span>
            ))}
            {"\n"}
          </span>
        ))}
      </code>
    </pre>
  );
}

const languages: Record<string, CodeLanguage> = {
  js: "typescript",
  ts: "typescript",
  tsx: "typescript",
  py: "python",
  python: "python",
  sh: "shellscript",
};

function textOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map(textOf).join("");
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : "";
}

/** A fenced block of a chapter. */
export function Fence({ children }: { readonly children?: ReactNode }) {
  const properties = isValidElement<{ className?: string }>(children) ? children.props : {};
  const [, name = ""] = /language-(\w+)/.exec(properties.className ?? "") ?? [];
  const language = languages[name];
  if (!language) {
    throw new Error(
      `Expected a fenced block in ${Object.keys(languages).join(", ")}, got "${name}".`,
    );
  }
  return <Code code={textOf(children).trimEnd()} language={language} />;
}
