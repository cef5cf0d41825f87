import { seen, tokenName } from "../../../src/data/tokenNames.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { typedNumbers } from "../tokensData.ts";
import { tokensIn } from "../tokensLab.ts";

interface DecodingProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The tokens of the line. */
  readonly numbers: readonly number[];
}

/** The way back: numbers that the reader changes, and the text that they make. */
export function Decoding({ frame, lab, numbers }: DecodingProps) {
  const isStill = useStillness();
  const own = String(frame.config.numbers);
  return (
    <details className="tokens-more">
      <summary>Decode: from numbers to text</summary>
      {!isStill && (
        <>
          <LiveTextField
            label="Tokens by their numbers"
            value={own === "" ? numbers.join(" ") : own}
            longest={2000}
            onChange={(typed, gesture) => lab.configure({ numbers: typed }, gesture)}
          />
          <p className="figure-note" role="status">
            {decoded(frame, own === "" ? numbers : typedNumbers(own))}
          </p>
        </>
      )}
    </details>
  );
}

function decoded(frame: FigureProps["frame"], numbers: readonly number[] | null): string {
  if (numbers === null) return "Only whole numbers, please, with blanks between them.";
  const { coder, V } = tokensIn(frame);
  const stranger = numbers.find((number) => number >= V);
  if (stranger !== undefined) {
    return `There is no token ${stranger}: they are numbered from 0 to ${V - 1}.`;
  }
  if (numbers.length === 0) return "No tokens make an empty text.";
  const text = coder.decode(numbers);
  const again = coder.encode(text);
  const pieces = numbers.map((number) => tokenName(coder.letters(number))).join(" | ");
  const back = again.join(" ") === numbers.join(" ");
  const half = text.includes("\uFFFD")
    ? " The � stands for bytes that are no whole character."
    : "";
  return `${pieces} is “${seen(text)}”.${half} ${back ? "Encoded again, the text gives the same numbers." : `Encoded again, the text gives other numbers: ${again.join(" ")}.`}`;
}
