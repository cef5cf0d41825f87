import katex from "katex";
import type { ReactNode } from "react";
import { useChapter } from "./ChapterContext.ts";
import { mathOptions } from "./math.ts";

interface WithChildren {
  readonly children: ReactNode;
}

/** What the reader will be able to do after the chapter. */
export function Goals({ children }: WithChildren) {
  return (
    <section className="goals" aria-labelledby="goals">
      <h2 id="goals" className="small-heading">
        In this chapter
      </h2>
      {children}
    </section>
  );
}

/** What the chapter has shown. */
export function Recap({ children }: WithChildren) {
  return (
    <section className="recap" aria-labelledby="recap">
      <h2 id="recap">Recap</h2>
      {children}
    </section>
  );
}

/** A note in the margin: history, a source, a caution. Below the paragraph where there is no margin. */
export function Aside({ children }: WithChildren) {
  return (
    <div className="aside" role="note">
      {children}
    </div>
  );
}

/** A symbol of the chapter within a sentence. Without script it leads to the table of symbols. */
export function Sym({ name }: { readonly name: string }) {
  const { symbols, folder } = useChapter();
  const symbol = symbols[name];
  if (!symbol) {
    throw new Error(
      `<Sym name="${name}" />: chapters/${folder}/symbols.ts defines ${Object.keys(symbols).join(", ") || "nothing"}.`,
    );
  }
  return (
    <a className="sym" href={`#symbol-${name}`} data-sym={name}>
      <Tex tex={symbol.tex} />
      <span className="visually-hidden">, {symbol.name}</span>
    </a>
  );
}

/** TeX within a line, set at build time. */
export function Tex({ tex }: { readonly tex: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's own markup, made at build time
  return <span dangerouslySetInnerHTML={{ __html: katex.renderToString(tex, mathOptions) }} />;
}
