import { clockSigns, longestClock } from "../../../src/data/clock.ts";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { strokePoints } from "../../../src/data/strokes.ts";
import { tagMeanings } from "../../../src/data/tagging.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { type ReadWord, type ShapeName, shapeNames } from "../sequencesData.ts";
import { digitText, readWordsOf, tagsOf, writtenTime } from "../sequencesLab.ts";
import { Thumbnail } from "./Pen.tsx";
import type { StepBox } from "./UnrolledBoxes.tsx";

const subscripts = "₀₁₂₃₄₅₆₇₈₉";
const below = (number: number): string =>
  [...String(number)].map((digit) => subscripts[Number(digit)]).join("");

/** The state after step t (from 1) of the only example: of `[T, 1, H]`, `[H]`. */
function stateAt(states: NDArray | undefined, t: number): NDArray | null {
  const [T = 0, , H = 0] = states?.shape ?? [];
  if (!states || t > T) return null;
  return { shape: [H], data: states.data.slice((t - 1) * H, t * H) };
}

/** A word in its box, marked where the model does not know it. */
function Word({ text, number }: ReadWord) {
  return number === 1 ? (
    <span className="sequences-strange" title="not a word that it has learnt">
      {text}
    </span>
  ) : (
    text
  );
}

/** The steps of the network that is at work. */
export function columnsOf(frame: Frame): readonly StepBox[] {
  const shape = shapeNames.find((name) => name === frame.config.shape) ?? "draw";
  return makers[shape](frame);
}

const makers: Readonly<Record<ShapeName, (frame: Frame) => StepBox[]>> = {
  draw: (frame) =>
    Array.from({ length: strokePoints }, (_, i) => ({
      id: `${i + 1}`,
      name: `h${below(i + 1)}`,
      state: stateAt(frame.values["steps.*.h"], i + 1),
      output: <Thumbnail frame={frame} points={i + 1} />,
      ...(i === 0 && { given: digitText(frame.config) }),
    })),
  judge(frame) {
    const { words } = readWordsOf(frame.config);
    return words.map((word, i) => ({
      ...reading(frame, word, i),
      output:
        i === words.length - 1 ? (
          <Verdict p={entry(frame.values.y_hat)} />
        ) : (
          <span className="sequences-sofar" title="what it would say if the sentence ended here">
            {verdictText(entry(frame.values.y_sofar, i))}
          </span>
        ),
    }));
  },
  tag(frame) {
    const { words } = readWordsOf(frame.config);
    const tags = tagsOf(frame);
    return words.map((word, i) => {
      const said = tags[i];
      return {
        ...reading(frame, word, i),
        output: said && (
          <abbr title={tagMeanings[said.tag]}>
            <strong>{said.tag}</strong> <small>{numberText(said.p, 2)}</small>
          </abbr>
        ),
      };
    });
  },
  clock(frame) {
    const { words } = readWordsOf(frame.config);
    const read = words.map((word, i) => ({
      ...reading(frame, word, i, "encoder.steps.*.h"),
      id: `read ${i}`,
    }));
    const { signs, ended } = writtenTime(frame);
    const shown = ended ? [...signs, "end"] : signs;
    const written = Array.from({ length: longestClock.signs }, (_, i): StepBox => {
      const sign = shown[i];
      const p = entry(frame.values.y_hat, i * clockSigns.length + clockSigns.indexOf(sign as "0"));
      return {
        id: `write ${i}`,
        name: `s${below(i + 1)}`,
        state: stateAt(frame.values["decoder.steps.*.h"], i + 1),
        fedBack: i > 0,
        given: i === 0 ? "start" : (shown[i - 1] ?? ""),
        begins: i === 0,
        idle: sign === undefined,
        output: sign && (
          <span title={`probability ${numberText(p)}`}>
            <strong>{sign}</strong> <small>{numberText(p, 2)}</small>
          </span>
        ),
      };
    });
    return [...read, ...written];
  },
};

function reading(frame: Frame, word: ReadWord, i: number, states = "steps.*.h"): StepBox {
  return {
    id: `${i + 1}`,
    name: `h${below(i + 1)}`,
    state: stateAt(frame.values[states], i + 1),
    given: <Word {...word} />,
  };
}

const verdictText = (p: number): string => (Number.isFinite(p) ? numberText(p, 2) : "");

function Verdict({ p }: { readonly p: number }) {
  return (
    <span title={`probability of praise: ${numberText(p)}`}>
      <strong>{p > 0.5 ? "praise" : "blame"}</strong> <small>{verdictText(p)}</small>
    </span>
  );
}
