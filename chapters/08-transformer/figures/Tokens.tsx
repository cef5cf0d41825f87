import "./tokens.css";
import { useState } from "react";
import { tokenName } from "../../../src/data/tokenNames.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { longestLine, type TokenNode, wordsOf } from "../tokensData.ts";
import { lineIn, tokensIn } from "../tokensLab.ts";
import { Decoding } from "./Decoding.tsx";
import { Merging } from "./Merging.tsx";
import { OwnTokens } from "./OwnTokens.tsx";
import { TokenRows } from "./TokenRows.tsx";
import { Towers } from "./Towers.tsx";

/** Byte pairs learned from a text, a line written in them, and the rows that a model looks up. */
export function Tokens({ frame, lab }: FigureProps) {
  const [picked, pick] = useState(1);
  const tokens = tokensIn(frame);
  const line = lineIn(frame);
  const words = wordsOf(line, tokens);
  const all = words.flatMap((word) => word.tokens);
  const numbers = tokens.coder.encode(line);
  const chosen = Math.min(picked, all.length - 1);
  const token = all[chosen] as TokenNode;
  return (
    <div className="tokens">
      <Merging frame={frame} lab={lab} />
      <section className="tokens-line">
        <LiveTextField
          label="Your line"
          value={String(frame.config.line)}
          longest={longestLine}
          onChange={(own, gesture) => lab.configure({ line: own, numbers: "" }, gesture)}
        />
        <Towers words={words} numbers={numbers} chosen={chosen} onChoose={pick} />
        <p className="figure-note" role="status">
          {noteOn(String(frame.config.line))}
          {storyOf(token, numbers[chosen] as number, tokens.lesson.merges)}
        </p>
      </section>
      <TokenRows frame={frame} lab={lab} all={all} numbers={numbers} chosen={chosen} />
      <Decoding frame={frame} lab={lab} numbers={numbers} />
      <OwnTokens frame={frame} lab={lab} />
    </div>
  );
}

function noteOn(line: string): string {
  if (line === "") return "Nothing is typed, so it reads a blank. ";
  return /\p{Surrogate}/u.test(line)
    ? "Half of a sign stands in this line, which is no text: it is read as �. "
    : "";
}

/** How a token came about. */
function storyOf(
  token: TokenNode,
  number: number,
  merges: ReturnType<typeof tokensIn>["lesson"]["merges"],
): string {
  const name = `“${tokenName(token.letters)}”`;
  if (token.merge === 0) return `${name} is token ${number}: a byte, which no merge has taken up.`;
  const steps = madeBy(token).map(({ merge, parts }) => {
    const [left, right] = parts.map(({ letters }) => tokenName(letters));
    return `merge ${merge}, ${left} + ${right}`;
  });
  const count = merges[token.merge - 1]?.count;
  return `${name} is token ${number}. It comes of ${steps.join("; ")}. That pair stood ${count} times in the text.`;
}

/** The merges within a token, each once, in the order in which they were learned. */
function madeBy(token: TokenNode): TokenNode[] {
  const all = [...token.parts.flatMap(madeBy), ...(token.merge > 0 ? [token] : [])];
  const seen = new Map(all.map((node) => [node.merge, node]));
  return [...seen.values()].sort((a, b) => a.merge - b.merge);
}
