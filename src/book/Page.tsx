import type { ReactNode } from "react";
import { type Chapter, chapters, numberedTitle } from "./chapters.ts";

/** The name of the book. */
export const bookTitle = "Unrolled";

export interface Heading {
  readonly id: string;
  readonly html: string;
}

function Header({ current }: { readonly current: Chapter | null }) {
  return (
    <header className="book-header">
      <a className="book-name" href="./" aria-current={current ? undefined : "page"}>
        {bookTitle}
      </a>
      <nav className="chapters-nav" aria-label="Chapters">
        <details className="menu">
          <summary>Chapters</summary>
          <ul>
            {chapters.map((chapter) => (
              <li key={chapter.route}>
                <a
                  href={`${chapter.route}.html`}
                  aria-current={chapter === current ? "page" : undefined}
                >
                  {numberedTitle(chapter)}
                </a>
              </li>
            ))}
          </ul>
        </details>
      </nav>
      <fieldset className="theme-switch" data-theme-switch hidden>
        <legend className="visually-hidden">Theme</legend>
        {["System", "Light", "Dark"].map((name) => (
          <label key={name}>
            <input type="radio" name="theme" value={name.toLowerCase()} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
    </header>
  );
}

function Contents({ headings }: { readonly headings: readonly Heading[] }) {
  if (headings.length < 2) return null;
  return (
    <nav className="contents" aria-label="On this page">
      <details>
        <summary>On this page</summary>
        <ol>
          {headings.map(({ id, html }) => (
            <li key={id}>
              {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the heading's own text */}
              <a href={`#${id}`} dangerouslySetInnerHTML={{ __html: html }} />
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}

function Neighbours({ current }: { readonly current: Chapter }) {
  const index = chapters.indexOf(current);
  const previous = chapters[index - 1];
  const next = chapters[index + 1];
  return (
    <nav className="neighbours" aria-label="Previous and next chapter">
      <a rel="prev" href={previous ? `${previous.route}.html` : "./"}>
        <span>Previous</span> {previous ? numberedTitle(previous) : "Contents of the book"}
      </a>
      {next ? (
        <a rel="next" href={`${next.route}.html`}>
          <span>Next</span> {numberedTitle(next)}
        </a>
      ) : null}
    </nav>
  );
}

/** Everything inside `<body>`. `chapter` is null on pages that are not a chapter. */
export function Page({
  chapter,
  headings,
  children,
}: {
  readonly chapter: Chapter | null;
  readonly headings: readonly Heading[];
  readonly children: ReactNode;
}) {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the text
      </a>
      <Header current={chapter} />
      <div className="sheet">
        <Contents headings={headings} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      {chapter ? <Neighbours current={chapter} /> : null}
      <footer className="book-footer">
        <p>
          <a href="./">{bookTitle}</a>: every model in this book runs in your own browser. Nothing
          you do here is sent anywhere.
        </p>
      </footer>
    </>
  );
}
