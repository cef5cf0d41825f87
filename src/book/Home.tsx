import { chapters } from "./chapters.ts";
import { LabStill } from "./LabStill.tsx";
import { bookTitle } from "./Page.tsx";

/** What the book is, in one sentence. */
export const bookSummary = "A textbook of deep-learning architectures in which every model runs.";

/** The first page: what the book is, how to use it, and its chapters. */
export function Home() {
  const cover = chapters.find((chapter) => chapter.cover)?.cover;
  return (
    <article className="home">
      <header className="home-header">
        <h1>{bookTitle}</h1>
        <p className="chapter-summary">{bookSummary}</p>
      </header>
      <p>
        Most books on this subject show pictures of networks. The networks in this one are real:
        your browser builds them, trains them and takes them apart while you read, on your own
        machine, and nothing you do is sent anywhere. Whatever a figure shows, the model has just
        computed; whatever you change, it computes anew.
      </p>
      {cover ? <LabStill id={cover.lab} figure={cover.figure} /> : null}
      <h2 id="how">How to read it</h2>
      <dl className="home-ways">
        <div>
          <dt>Point at a letter.</dt>
          <dd>
            The same name is the letter in the equation, the identifier in the code, the tensor in
            the running model and the part of the picture. Point at one, or tap it, and all of them
            light up, with what it means and the value it has now.
          </dd>
        </div>
        <div>
          <dt>Put your hand on the model.</dt>
          <dd>
            What is drawn in <span className="touchable">this colour</span> can be changed: drag a
            number sideways, or click it and type. Everything downstream follows, and everything can
            be undone.
          </dd>
        </div>
        <div>
          <dt>Make it happen.</dt>
          <dd>
            The exercises ask you to bring a live model into a certain state, and see for themselves
            when you have. Hints, answers and the reasons are folded below each.
          </dd>
        </div>
        <div>
          <dt>Read the code.</dt>
          <dd>
            The code beside an equation is the code that runs, with the same model in PyTorch behind
            the other tab. Every lab can also be driven{" "}
            <a href="console.html">from the browser’s console</a>.
          </dd>
        </div>
      </dl>
      <h2 id="chapters">Chapters</h2>
      <ol className="chapter-list">
        {chapters.map((chapter) => (
          <li key={chapter.route}>
            <span className="chapter-list-number">{chapter.number ?? "A"}</span>
            <div>
              <a href={`${chapter.route}.html`}>{chapter.title}</a>
              <p>{chapter.summary}</p>
            </div>
          </li>
        ))}
      </ol>
    </article>
  );
}
