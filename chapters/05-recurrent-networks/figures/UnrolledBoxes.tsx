import type { ReactNode } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Surface } from "../../../src/viz/Surface.tsx";

/** One step of an unrolled network: what goes in, the state after it, and what comes out. */
export interface StepBox {
  readonly id: string;
  /** What goes in; absent where nothing does. */
  readonly given?: ReactNode;
  /** True where the input is the output of the step before. */
  readonly fedBack?: boolean;
  /** `[H]`; null before the model has read so far. */
  readonly state: NDArray | null;
  /** "h₃" */
  readonly name: string;
  readonly output?: ReactNode;
  /** True where the state is that of another network, which begins here. */
  readonly begins?: boolean;
  /** True where the sequence has not come to, or is over. */
  readonly idle?: boolean;
}

interface UnrolledBoxesProps {
  readonly columns: readonly StepBox[];
  readonly narrow?: boolean;
}

/** The steps of a sequence side by side: the shape of the work, with the numbers that flow through it. */
export function UnrolledBoxes({ columns, narrow = false }: UnrolledBoxesProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
    <section className="unrolled-scroll" tabIndex={0} aria-label="The network, step by step">
      <ol className={narrow ? "unrolled unrolled-narrow" : "unrolled"}>
        {columns.map((column) => (
          <li
            key={column.id}
            data-begins={column.begins || undefined}
            data-idle={column.idle || undefined}
          >
            <div className="unrolled-out" data-absent={column.output === undefined || undefined}>
              {column.output}
            </div>
            <Strip {...column} />
            <div
              className="unrolled-in"
              data-absent={column.given === undefined || undefined}
              data-fed={column.fedBack || undefined}
            >
              {column.given}
            </div>
            <div className="unrolled-name">{column.name}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A hidden state as a column of cells; its numbers on hover. */
function Strip({ state, name }: StepBox) {
  const numbers = state ? Array.from(state.data, (value) => numberText(value, 2)) : [];
  return (
    <div className="unrolled-strip">
      {state && (
        <div
          className="unrolled-cells"
          role="img"
          aria-label={`${name}, ${numbers.length} numbers`}
          title={`${name} = (${numbers.join(", ")})`}
        >
          <Surface
            values={{ shape: [numbers.length, 1], data: state.data }}
            reach={1}
            rowsRise={false}
            cells
          />
        </div>
      )}
    </div>
  );
}
