import type { ReactNode } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type RemovalName, removals } from "../blockLab.ts";

/** The way through one block, each part that can be taken out a button. */
export function BlockParts({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const isStill = useStillness();
  const removed = String(frame.config.removed);
  const part = (name: RemovalName, text: string) => (
    <button
      type="button"
      className="block-part"
      disabled={isStill}
      aria-pressed={removed === name}
      title={`Take out: ${removals.find(({ value }) => value === name)?.label}`}
      onClick={() => lab.configure({ removed: name })}
    >
      {text}
    </button>
  );
  const norm = removed === "post" ? null : part("norm", "norm");
  const after = removed === "post" ? part("norm", "norm") : null;
  return (
    <section className="block-parts" aria-label="The parts of a model. Press one to take it out.">
      <span className="block-fixed">tokens</span>
      {part("positions", "+ positions")}
      <span className="block-arrow" aria-hidden="true" />
      <div className="block-repeated">
        <Branch residual={part("residual", "+ residual")} after={after}>
          {norm}
          <span className="block-fixed">attention</span>
          {part("mask", "mask")}
        </Branch>
        <span className="block-arrow" aria-hidden="true" />
        <Branch residual={part("residual", "+ residual")} after={after}>
          {norm}
          {part("ffn", "feed-forward")}
        </Branch>
        <span className="block-times">{Number(frame.config.layers)} blocks like this</span>
      </div>
      <span className="block-arrow" aria-hidden="true" />
      <span className="block-fixed">logits</span>
      <span className="block-swap">{part("post", "norm after instead of before")}</span>
    </section>
  );
}

interface BranchProps {
  readonly residual: ReactNode;
  readonly after: ReactNode;
  readonly children: ReactNode;
}

/** A part above, and the stream that goes past it below; they meet in a sum. */
function Branch({ residual, after, children }: BranchProps) {
  return (
    <div className="block-branch">
      <div className="block-way">{children}</div>
      <div className="block-past">
        {residual}
        {after}
      </div>
    </div>
  );
}
