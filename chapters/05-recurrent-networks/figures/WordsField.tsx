import { useRef } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { newGesture, useDraft, useFrameWrite } from "../../../src/widgets/gesture.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { readers, type WordShape } from "../sequencesData.ts";
import { readWordsOf } from "../sequencesLab.ts";

const labels: Readonly<Record<WordShape, string>> = {
  judge: "Your sentence about a film",
  tag: "Your sentence",
  clock: "A time in words",
};

/** Sentences to try, each next to one that it is to be compared with. */
const samples: Readonly<Record<WordShape, readonly string[]>> = {
  judge: [
    "the plot was dull but the music was lovely",
    "the music was lovely but the plot was dull",
    "the film was not bad",
    "although I did not hate the story the film was slow",
  ],
  tag: [
    "the old cook can watch the play",
    "cooks can play in the park",
    "my guide parks near the can",
    "the florb will zonk my friend",
  ],
  clock: ["twenty five to nine", "eight thirty five", "quarter past twelve", "one minute to one"],
};

interface WordsFieldProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly shape: WordShape;
}

/** The reader's words, and what the model cannot make of them. */
export function WordsField({ shape, frame, lab }: WordsFieldProps) {
  const isStill = useStillness();
  const { shown, hold, letGo } = useDraft(String(frame.config[shape]), Object.is);
  const gesture = useRef("");
  const known = readers[shape].vocabulary.words.slice(2);
  const { write, flush } = useFrameWrite<string>((text, own) =>
    lab.configure({ [shape]: text }, own),
  );
  return (
    <div className="sequences-words">
      <label className="control">
        <span className="control-label">{labels[shape]}</span>
        <input
          type="text"
          className="lab-text-field"
          value={shown}
          maxLength={200}
          disabled={isStill}
          spellCheck={false}
          autoComplete="off"
          onFocus={() => {
            gesture.current = newGesture();
          }}
          onChange={(event) => {
            hold(event.target.value);
            write(event.target.value, gesture.current);
          }}
          onBlur={() => letGo(flush())}
        />
      </label>
      <p className="lab-buttons">
        {samples[shape].map((sample) => (
          <button
            key={sample}
            type="button"
            disabled={isStill}
            onClick={() => void lab.configure({ [shape]: sample })}
          >
            {sample}
          </button>
        ))}
      </p>
      <p className="figure-note sequences-said" role="status">
        {troubles(shape, frame.config)}
      </p>
      <details className="figure-note">
        <summary>The {known.length} words that it knows</summary>
        {known.join(", ")}
      </details>
    </div>
  );
}

/** What of the reader's words the model does not know or does not read, in a sentence or two. */
function troubles(shape: WordShape, config: FigureProps["frame"]["config"]): string {
  const { words, left } = readWordsOf(config);
  if (words.length === 0) return "There is no word to read: write a few.";
  const strange = [...new Set(words.filter(({ number }) => number === 1).map(({ text }) => text))];
  const sentences = [
    ...(strange.length > 0
      ? [
          `It does not know ${strange.map((word) => `“${word}”`).join(", ")}: in its place goes “?”, which stands for every unknown word.`,
        ]
      : []),
    ...(left.length > 0
      ? [`It reads at most ${readers[shape].steps} words; “${left.join(" ")}” it has not seen.`]
      : []),
  ];
  return sentences.join(" ");
}
