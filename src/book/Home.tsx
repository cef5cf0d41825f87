import { chapters, numberedTitle } from "./chapters.ts";
import { bookTitle } from "./Page.tsx";

/** The first page: what the book is, how to use it, and its chapters. */
export function Home() {
  return (
    <article className="home">
      <h1>{bookTitle}</h1>
      <ol className="chapter-list">
        {chapters.map((chapter) => (
          <li key={chapter.route}>
            <a href={`${chapter.route}.html`}>{numberedTitle(chapter)}</a>
            <p>{chapter.summary}</p>
          </li>
        ))}
      </ol>
    </article>
  );
}
