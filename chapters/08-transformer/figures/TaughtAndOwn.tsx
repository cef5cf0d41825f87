import { spanishWords } from "../../../src/data/translation.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { taughtWords, writtenWords } from "../translationLab.ts";
import { endNumber, readSentence } from "../translationText.ts";
import { shownWord } from "./Alignment.tsx";

/** The right words, what it says after each of them, and what it says after its own: word under word. */
export function TaughtAndOwn({ frame }: Pick<FigureProps, "frame">) {
  const { right } = readSentence(String(frame.config.sentence));
  const own = writtenWords(frame).map(({ word }) => word);
  const wanted = right && [...right, spanishWords[endNumber] ?? ""];
  const rows = [
    ...(wanted ? [{ label: "right", words: wanted }] : []),
    ...(wanted ? [{ label: "after the right words", words: taughtWords(frame) }] : []),
    { label: "after its own words", words: own },
  ];
  const columns = Math.max(...rows.map(({ words }) => words.length));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
    <section className="alignment-scroll" tabIndex={0} aria-label="Right, taught and by itself">
      <table className="taught">
        <tbody>
          {rows.map(({ label, words }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {Array.from({ length: columns }, (_, t) => {
                const word = words[t];
                const isWrong = wanted !== null && word !== undefined && word !== wanted[t];
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a word is its step
                  <td key={t} data-wrong={isWrong || undefined}>
                    {word === undefined ? "" : shownWord(word)}
                    {isWrong && <span className="sr-only"> (wrong)</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {!wanted && (
        <p className="figure-note">
          Nobody has told the lab what is right here, so there is nothing to compare with.
        </p>
      )}
    </section>
  );
}
