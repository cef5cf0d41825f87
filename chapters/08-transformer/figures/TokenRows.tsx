import { entry } from "../../../src/data/ndarray.ts";
import { tokenName } from "../../../src/data/tokenNames.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { Outline, Picture } from "../../../src/viz/Picture.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import type { TokenNode } from "../tokensData.ts";
import { dimensions, tokensIn } from "../tokensLab.ts";

interface TokenRowsProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly all: readonly TokenNode[];
  readonly numbers: readonly number[];
  readonly chosen: number;
}

/** Rows above and below the one looked up. */
const around = 1;

/** The look-up: the chosen token's row of W_E, between its neighbours, and the rows of the whole line. */
export function TokenRows({ frame, lab, all, numbers, chosen }: TokenRowsProps) {
  const isStill = useStillness();
  const { W_E, e } = frame.values;
  const { V, lesson } = tokensIn(frame);
  const number = numbers[chosen] as number;
  const fits = W_E?.shape[0] === V && e?.shape[1] === numbers.length;
  if (!W_E || !e || !fits) return <section className="tokens-rows" />;
  const first = Math.max(0, Math.min(number - around, V - 1 - 2 * around));
  const rows = Array.from({ length: 2 * around + 1 }, (_, i) => first + i);
  const { reach } = extentOf(W_E.data);
  return (
    <section className="tokens-rows">
      <figure>
        <figcaption>
          <b data-sym="e">e</b> the line, one row a token: N<sub>l</sub> × N<sub>dim</sub> ={" "}
          {numbers.length} × {dimensions}
        </figcaption>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for those without a pointer */}
        <section className="tokens-e" aria-label="The rows of the line" tabIndex={0}>
          <ol>
            {all.map((token, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
              <li key={i} data-on={i === chosen || undefined}>
                {tokenName(token.letters)} <small>{numbers[i]}</small>
              </li>
            ))}
          </ol>
          <Picture
            values={{ shape: [numbers.length, dimensions], data: e.data }}
            label="the rows e of the line"
            scale="diverging"
            reach={reach}
            sym="e"
          >
            <Outline row={chosen} column={0} columns={dimensions} />
          </Picture>
        </section>
      </figure>
      {!isStill && (
        <figure>
          <figcaption>
            <b data-sym="W_E">
              W<sub>E</sub>
            </b>{" "}
            row {number} of {V}, between its neighbours
          </figcaption>
          <div className="tokens-scroll">
            <EditableMatrix
              // Other rows are another matrix: none of its numbers is a changed one.
              key={`${first} ${V}`}
              values={{
                shape: [rows.length, dimensions],
                data: rows.flatMap((row) =>
                  Array.from({ length: dimensions }, (_, i) => entry(W_E, row * dimensions + i)),
                ),
              }}
              label="rows of the embedding W_E"
              sym="W_E"
              rowLabels={rows.map((row) => (
                <span key={row} className="tokens-row" data-on={row === number || undefined}>
                  {row} <span>{tokenName(lesson.tokens[row] ?? "")}</span>
                </span>
              ))}
              entryLabel={(row, column) => `W_E, row ${rows[row]}, number ${column + 1}`}
              reach={reach}
              step={0.1}
              digits={2}
              width={4.6}
              onChange={(values, gesture) => {
                const data = Float32Array.from(W_E.data);
                data.set(values, first * dimensions);
                return lab.write("W_E", { shape: W_E.shape, data }, gesture);
              }}
            />
          </div>
        </figure>
      )}
    </section>
  );
}
