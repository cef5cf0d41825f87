import "./heads.css";
import { useState } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { agreementNames, agreements, gap, longest, readWords, vocabulary } from "../agreement.ts";
import { guesses, type HeadsConfig, readingOf, sentences, sharesOf } from "../headsLab.ts";
import { HeadGrid } from "./HeadGrid.tsx";
import { HeadLines } from "./HeadLines.tsx";
import { HeadLosses } from "./HeadLosses.tsx";
import { patternOf, percentText } from "./headNumbers.ts";
import { SplitHeads } from "./SplitHeads.tsx";

/** So many of the likeliest words are shown. */
const shownGuesses = 5;

/** Every head of the model that guesses hidden words. */
export function Heads({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const config = frame.config as HeadsConfig;
  const { words, hidden, from } = readingOf(config);
  const [pointed, setPointed] = useState<number | null>(null);
  const place = pointed !== null && pointed < words.length ? pointed : from;
  const shown = words.map((word, t) => (t === hidden ? gap : word));
  const A = frame.values["blocks.*.attn.A"];
  const chosen = { layer: config.layer, head: config.head };
  const pattern = A && patternOf(A, chosen, words.length);
  return (
    <div className="heads">
      <Sentence frame={frame} lab={lab} words={words} hidden={hidden} />
      <div className="heads-body">
        {A && (
          <HeadGrid
            frame={frame}
            lab={lab}
            A={A}
            count={words.length}
            place={place}
            chosen={chosen}
            onChoose={({ layer, head }) => lab.configure({ layer, head })}
          />
        )}
        {pattern && (
          <HeadLines
            words={shown}
            pattern={pattern}
            place={place}
            title={`Head ${chosen.layer}.${chosen.head}`}
            onPoint={setPointed}
            onChoose={(from) => lab.configure({ from: from + 1 })}
          />
        )}
        <div className="heads-says">
          <Guesses frame={frame} word={words[hidden] ?? ""} />
          <Right frame={frame} />
        </div>
      </div>
      {!isStill && <SplitHeads frame={frame} words={shown} place={place} />}
      {!isStill && <HeadLosses frame={frame} lab={lab} />}
    </div>
  );
}

interface SentenceProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly words: readonly string[];
  readonly hidden: number;
}

/** The sentence, and which of its words is hidden. */
function Sentence({ frame, lab, words, hidden }: SentenceProps) {
  const isStill = useStillness();
  const text = String(frame.config.sentence);
  const another = () => {
    const { heldOut } = sentences();
    const now = heldOut.findIndex((candidate) => candidate.join(" ") === text);
    const next = heldOut[(now + 1) % heldOut.length] ?? words;
    return lab.configure({ sentence: next.join(" ") });
  };
  return (
    <div className="heads-sentence">
      <div className="heads-typed">
        <LiveTextField
          label="Sentence"
          value={text}
          longest={120}
          describedBy="heads-note"
          onChange={(sentence, gesture) => lab.configure({ sentence }, gesture)}
        />
        <button type="button" disabled={isStill} onClick={another}>
          Another
        </button>
      </div>
      <p id="heads-note" className="figure-note" role="status">
        {noteOn(text)}
      </p>
      <fieldset className="heads-words" disabled={isStill}>
        <legend>Hide a word</legend>
        {words.map((word, t) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
            key={t}
            type="button"
            aria-pressed={t === hidden}
            onClick={() => lab.configure({ hidden: t + 1, from: t + 1 })}
          >
            {word}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

/** What of the sentence is not read as it was typed. */
function noteOn(text: string): string {
  const { strange, leftOut } = readWords(text);
  const parts = [
    text.trim() === "" && "There is no word to read, so it reads “the”.",
    strange.length > 0 &&
      `It does not know ${strange.map((word) => `“${word.slice(0, 20)}”`).join(", ")}. It knows: ${vocabulary.slice(2).join(", ")}.`,
    leftOut > 0 && `It reads the first ${longest} words.`,
  ];
  return parts.filter((part) => part !== false).join(" ");
}

/** What the model says of the hidden word. */
function Guesses({ frame, word }: Pick<FigureProps, "frame"> & { readonly word: string }) {
  return (
    <section aria-label="What it says of the hidden word">
      <h3>The hidden word, it says</h3>
      <ul className="heads-bars">
        {guesses(frame, shownGuesses).map(({ word: guess, p }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a guess is its rank
          <Bar key={i} label={guess} share={p} isMarked={guess === word} />
        ))}
      </ul>
    </section>
  );
}

/** How many hard questions about other sentences it has right. */
function Right({ frame }: Pick<FigureProps, "frame">) {
  const shares = sharesOf(frame.values["right@asked"]);
  return (
    <section aria-label="Hard questions on sentences kept apart">
      <h3>Right on hard questions</h3>
      <ul className="heads-bars">
        {agreementNames.map((of) => (
          <Bar key={of} label={agreements[of].label} share={shares[of]} />
        ))}
      </ul>
    </section>
  );
}

interface BarProps {
  readonly label: string;
  readonly share: number;
  readonly isMarked?: boolean;
}

function Bar({ label, share, isMarked = false }: BarProps) {
  const percent = 100 * (Number.isFinite(share) ? share : 0);
  return (
    <li data-marked={isMarked || undefined}>
      <span>{label}</span>
      <span className="heads-bar" style={{ inlineSize: `${percent}%` }} />
      <span>{percentText(share)}</span>
    </li>
  );
}
