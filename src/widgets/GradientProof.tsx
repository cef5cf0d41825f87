import { type ReactNode, useEffect, useState } from "react";
import { type Arrays, entry } from "../data/ndarray.ts";
import { numberText } from "../viz/numberText.ts";
import type { FigureProps } from "./figure.ts";
import { Select } from "./Select.tsx";
import { useStillness } from "./stillness.ts";

export interface GradientProofProps extends Pick<FigureProps, "frame" | "lab"> {
  /** What can be nudged. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
  /** By how much, to choose from. */
  readonly widths: readonly string[];
  /**
   * The lab's inputs with the chosen number nudged by so much; null while there are none. It must be the
   * same function as long as it gives the same (`useCallback`).
   */
  readonly nudged: (by: number) => Arrays | null;
  /** The gradient that is to be proved, and what it is called. */
  readonly gradient: number;
  readonly gradientLabel: ReactNode;
  /** Stands below the numbers. */
  readonly children?: ReactNode;
}

/**
 * A gradient beside a central finite difference. The engine runs the network twice more, with one number
 * a little larger and a little smaller, as probes beside the lab's own state, which stays as it is. The
 * lab's loss is its tap `L`.
 */
export function GradientProof(props: GradientProofProps) {
  const { frame, lab, options, chosen, widths, nudged, gradient } = props;
  const [isOpen, open] = useState(false);
  const [width, setWidth] = useState(widths.includes("0.01") ? "0.01" : (widths[0] ?? "0.01"));
  const isStill = useStillness();
  const h = Number(width);
  const { watch } = lab;

  useEffect(() => {
    const [more, less] = isOpen ? [nudged(h), nudged(-h)] : [null, null];
    if (more && less) void watch(["L@more", "L@less"], { more, less });
    else void watch([], {});
  }, [watch, isOpen, h, nudged]);

  const [more, less] = [entry(frame.values["L@more"]), entry(frame.values["L@less"])];
  const quotient = (more - less) / (2 * h);
  const label = options.find(({ value }) => value === chosen)?.label;
  return (
    <div className="gradient-proof">
      <p>
        <button
          type="button"
          disabled={isStill}
          aria-expanded={isOpen}
          onClick={() => open(!isOpen)}
        >
          Prove it
        </button>{" "}
        {isOpen
          ? "The engine runs the network twice more, with one number nudged."
          : "by nudging a number and looking at the loss."}
      </p>
      {isOpen && (
        <>
          <p className="gradient-proof-choice">
            <Select label="Nudge" value={chosen} options={options} onChange={props.onChoose} />
            <Select
              label="by h ="
              value={width}
              options={widths.map((value) => ({ value, label: value }))}
              onChange={setWidth}
            />
          </p>
          <p>
            L({label} + h) = {numberText(more, 8)}
            <br />
            L({label} − h) = {numberText(less, 8)}
          </p>
          <p>
            their difference ÷ 2h = <strong>{numberText(quotient, 5)}</strong>
            <br />
            {props.gradientLabel} = <strong>{numberText(gradient, 5)}</strong>
            <br />
            apart by {numberText(Math.abs(quotient - gradient), 2)}
          </p>
          {props.children}
        </>
      )}
    </div>
  );
}
