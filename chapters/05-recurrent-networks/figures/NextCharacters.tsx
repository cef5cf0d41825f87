import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import type { Pulsed } from "../../../src/widgets/usePulsedWatch.ts";
import { corpusIn, linesIn } from "../charactersLab.ts";

const shown = 8;

/** A character as it is named where it stands alone. */
export function characterName(character: string | undefined): string {
  if (character === "\n") return "⏎";
  if (character === " ") return "␣";
  return character ?? "";
}

interface NextCharactersProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly close: Pulsed | null;
  /** The character that has just been read: its place among the lines. */
  readonly cursor: number;
}

/** What may follow the chosen place, as bars: the probabilities from which a sample is drawn. */
export function NextCharacters({ frame, close, cursor }: NextCharactersProps) {
  const { characters } = corpusIn(frame.config).alphabet;
  const lines = linesIn(frame.config);
  const V = characters.length;
  const p = close?.values.p;
  const row =
    p && p.shape[2] === V && cursor < (p.shape[1] ?? 0)
      ? Array.from(p.data.subarray(cursor * V, (cursor + 1) * V))
      : [];
  const order = row
    .map((share, k) => ({ share, character: characters[k] }))
    .sort((a, b) => b.share - a.share)
    .slice(0, shown);
  const before = lines
    .slice(Math.max(1, cursor - 11), cursor + 1)
    .map(characterName)
    .join("");
  return (
    <div className="characters-next">
      <p className="characters-head">
        After “…{before}”, at τ = {numberText(Number(frame.config.tau))}
      </p>
      <ol className="characters-bars">
        {order.map(({ share, character }) => (
          <li key={character}>
            <span>{characterName(character)}</span>
            <span className="characters-bar" aria-hidden="true">
              <span style={{ inlineSize: `${100 * share}%` }} />
            </span>
            <span>{numberText(share, 2)}</span>
          </li>
        ))}
      </ol>
      <p className="figure-note">
        In the text comes: <strong>{characterName(lines[cursor + 1]) || "the end"}</strong>
      </p>
    </div>
  );
}
