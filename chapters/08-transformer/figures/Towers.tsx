import type { CSSProperties, KeyboardEvent } from "react";
import { bytesOf, bytesText, seen, tokenName } from "../../../src/data/tokenNames.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import type { TokenNode, Word } from "../tokensData.ts";

interface TowersProps {
  readonly words: readonly Word[];
  /** The number of each token of the line. */
  readonly numbers: readonly number[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

/**
 * A line from its characters up: their bytes, the merges that join them, and on top the tokens, which can be
 * chosen. Words never share a token, so each stands by itself.
 */
export function Towers({ words, numbers, chosen, onChoose }: TowersProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(numbers.length - 1, Math.max(0, chosen + by));
    onChoose(next);
    event.currentTarget.querySelectorAll<HTMLElement>("button")[next]?.focus();
  };
  let first = 0;
  return (
    <fieldset className="towers" onKeyDown={onKeyDown}>
      <legend className="sr-only">The tokens of the line</legend>
      {words.map((word, at) => {
        const from = first;
        first += word.tokens.length;
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
            key={at}
            className="towers-word"
          >
            <TowerRow {...{ word, numbers, chosen, onChoose, from }} />
          </span>
        );
      })}
    </fieldset>
  );
}

interface TowerRowProps extends Omit<TowersProps, "words"> {
  readonly word: Word;
  /** The place of the word's first token in the line. */
  readonly from: number;
}

/** Rows from the top: the levels of merges, the highest first; the bytes; the characters. */
function TowerRow({ word, numbers, chosen, onChoose, from }: TowerRowProps) {
  const isStill = useStillness();
  const height = Math.max(...word.tokens.map(({ level }) => level)) + 2;
  /** A box over the bytes [start, start + width), from one level up to below another. */
  const place = (start: number, width: number, level: number, below: number): CSSProperties => ({
    gridArea: `${height - below}/${start + 1}/${height - level}/span ${width}`,
  });
  const parts = word.tokens.flatMap((token) => inner(token));
  return (
    <>
      {word.tokens.map((token, i) => {
        const name = tokenName(token.letters);
        const width = bytesOf(token.letters).length;
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
            key={i}
            type="button"
            disabled={isStill}
            tabIndex={from + i === chosen ? 0 : -1}
            aria-pressed={from + i === chosen}
            style={place(token.from, width, token.level, token.level + 1)}
            onClick={() => onChoose(from + i)}
          >
            {name}
            <span className="sr-only">, token </span>
            {name !== String(numbers[from + i]) && <small>{numbers[from + i]}</small>}
          </button>
        );
      })}
      {parts.map(({ node, below }) => (
        <i
          key={`${node.from} ${node.level}`}
          style={place(node.from, bytesOf(node.letters).length, node.level, below)}
          title={node.merge > 0 ? `merge ${node.merge}` : undefined}
        >
          {node.level === 0 ? bytesText(node.letters) : tokenName(node.letters)}
        </i>
      ))}
      {word.characters.map(({ text, from: start, bytes }) => (
        <b key={start} style={{ gridArea: `${height}/${start + 1}/auto/span ${bytes}` }}>
          {seen(text)}
        </b>
      ))}
    </>
  );
}

/** The parts below a token, each reaching up to the level of what it is a part of. */
function inner(token: TokenNode): { node: TokenNode; below: number }[] {
  return token.parts.flatMap((node) => [{ node, below: token.level }, ...inner(node)]);
}
