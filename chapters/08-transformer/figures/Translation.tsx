import "./translation.css";
import { entry } from "../../../src/data/ndarray.ts";
import { englishWords } from "../../../src/data/translation.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import { ownShare, recorded, recordedNow, rightSentences } from "../translationLab.ts";
import { heldOutSentences, readSentence } from "../translationText.ts";
import { Alignment } from "./Alignment.tsx";
import { BeamSearch } from "./BeamSearch.tsx";
import { SentenceField } from "./SentenceField.tsx";
import { TaughtAndOwn } from "./TaughtAndOwn.tsx";

/** Milliseconds between two examinations while it trains. */
const pause = 800;

/** An encoder–decoder at work on the reader's sentence: what it writes, and where it looks while it does. */
export function Translation({ frame, lab, projected }: FigureProps) {
  const isStill = useStillness();
  const decoding = String(frame.config.decoding);
  const sentence = String(frame.config.sentence);
  return (
    <div className="translation">
      <SentenceField
        label="English"
        text={sentence}
        onText={(text, gesture) => lab.configure({ sentence: text, forced: "" }, gesture)}
        note={noteOn(sentence)}
      />
      {!isStill && !projected && <Words sentence={sentence} lab={lab} />}
      <Segmented
        label="How it writes"
        value={decoding}
        options={[
          { value: "greedy", label: "greedy" },
          { value: "beam", label: "beam search" },
        ]}
        onChange={(next) => lab.configure({ decoding: next })}
      />
      {decoding === "beam" ? (
        <BeamSearch frame={frame} lab={lab} />
      ) : (
        <>
          <Alignment frame={frame} lab={lab} />
          <TaughtAndOwn frame={frame} />
        </>
      )}
      <HeldOut frame={frame} lab={lab} />
    </div>
  );
}

/** What of the sentence is not read as it was typed, and whether it can be known by heart. */
function noteOn(text: string): string {
  const { words, strange, left, right, place } = readSentence(text);
  if (words.length === 0 && strange.length === 0) return "There is no word to read: write a few.";
  const notes: string[] = [];
  if (strange.length > 0) {
    const list = strange.map((word) => `“${word}”`).join(", ");
    notes.push(`It has never met ${list}: left out.`);
  }
  if (left.length > 0) notes.push(`It reads 7 words; “${left.join(" ")}” is left out.`);
  if (!right) notes.push("No sentence of this form was among those it learns from.");
  else if (place === "training") notes.push("It learns from this very sentence.");
  else notes.push("It has never seen this sentence.");
  return notes.join(" ");
}

/** The words that it knows, to build a sentence of. */
function Words({ sentence, lab }: { readonly sentence: string } & Pick<FigureProps, "lab">) {
  const words = englishWords.slice(1);
  return (
    <details className="translation-words">
      <summary>The {words.length} words that it knows</summary>
      <p className="lab-buttons">
        {words.map((word) => (
          <button
            key={word}
            type="button"
            onClick={() => lab.configure({ sentence: `${sentence} ${word}`.trim(), forced: "" })}
          >
            {word}
          </button>
        ))}
        <button
          type="button"
          onClick={() =>
            lab.configure({ sentence: sentence.trim().replace(/\S+$/, "").trim(), forced: "" })
          }
        >
          ⌫ the last word
        </button>
      </p>
    </details>
  );
}

/** How it does on sentences kept apart, taught and by itself. */
function HeldOut({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const close = usePulsedWatch({ frame, lab }, [ownShare], pause);
  return (
    <dl className="translation-held">
      <Share
        share={recordedNow(frame, recorded.taught)}
        of="words right after the right words (taught)"
      />
      <Share
        share={entry(close?.values[ownShare])}
        of="words right after its own words (by itself)"
      />
      <Share
        share={recordedNow(frame, recorded.right)}
        of={`of ${heldOutSentences} sentences it has never seen, right to the last word`}
        text={Number.isFinite(rightSentences(frame)) ? String(rightSentences(frame)) : "–"}
      />
    </dl>
  );
}

interface ShareProps {
  readonly share: number;
  readonly of: string;
  readonly text?: string;
}

function Share({ share, of, text = `${numberText(100 * share)} %` }: ShareProps) {
  const isKnown = Number.isFinite(share);
  return (
    <div>
      <dt>{of}</dt>
      <dd>
        <span className="translation-bar" aria-hidden="true">
          <span style={{ inlineSize: `${isKnown ? 100 * share : 0}%` }} />
        </span>
        {isKnown ? text : "–"}
      </dd>
    </div>
  );
}
