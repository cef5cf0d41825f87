import { type PointerEvent, useRef } from "react";
import { filled, type NDArray } from "../../../src/data/ndarray.ts";
import { cellUnder, tiled } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Outline, Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { Toggle } from "../../../src/widgets/Toggle.tsx";
import { attentionAt, ownTokenName } from "../ownLab.ts";
import { placeRead, tokensRead } from "../ownTokens.ts";

interface OwnHeadsProps extends Pick<FigureProps, "frame" | "lab"> {
  /** Every head of every block, `[layers, 1, h, n, n]`. */
  readonly A: NDArray;
  /** What scales each head’s part, `[layers, h, 1, 1]`: 0 takes it out. */
  readonly gate: NDArray | undefined;
  readonly picked: readonly [layer: number, head: number];
  readonly onPick: (picked: readonly [layer: number, head: number]) => void;
}

/** All heads in one picture, and one of them on the text: what the chosen token looks at. */
export function OwnHeads({ frame, lab, A, gate, picked, onPick: pick }: OwnHeadsProps) {
  const isStill = useStillness();
  const sheet = useRef<HTMLDivElement>(null);
  const [layers = 1, , heads = 1, n = 1] = A.shape;
  const [layer, head] = [Math.min(picked[0], layers - 1), Math.min(picked[1], heads - 1)];
  const isOut = gate?.data[layer * heads + head] === 0;

  const onPointer = (event: PointerEvent): void => {
    const box = sheet.current?.getBoundingClientRect();
    if (isStill || !box || event.buttons !== 1) return;
    const size = [layers * (n + 1) - 1, heads * (n + 1) - 1] as const;
    const [row, column] = cellUnder(box, size, event);
    const [l, h] = [Math.floor(row / (n + 1)), Math.floor(column / (n + 1))];
    if (l >= 0 && l < layers && h >= 0 && h < heads) pick([l, h]);
  };
  const takeOut = (out: boolean) => {
    const name = `blocks.${layer}.attn.gate`;
    const row = filled([heads, 1, 1], 1);
    for (let i = 0; i < heads; i++) row.data[i] = gate?.data[layer * heads + i] ?? 1;
    row.data[head] = out ? 0 : 1;
    return row.data.every((value) => value === 1) ? lab.release(name) : lab.write(name, row);
  };

  return (
    <section className="own-heads" aria-label="The heads">
      <p className="own-head" data-sym="A">
        Every head’s attention <b>A</b>: a row of pictures for each block
      </p>
      <div
        className="own-sheet"
        ref={sheet}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
        data-live={!isStill || undefined}
      >
        <Picture
          values={tiled({ shape: [layers * heads, n, n], data: A.data }, heads)}
          label={`The attention of ${layers} blocks of ${heads} heads`}
          sym="A"
        >
          <Outline
            kind="chosen"
            row={layer * (n + 1)}
            column={head * (n + 1)}
            rows={n}
            columns={n}
          />
        </Picture>
      </div>
      {!isStill && (
        <div className="own-chosen">
          <span className="control">
            <span className="control-label" aria-hidden="true">
              Block
            </span>
            <NumberField
              label="Block"
              value={layer + 1}
              min={1}
              max={layers}
              integer
              onChange={(value) => pick([value - 1, head])}
            />
          </span>
          <span className="control">
            <span className="control-label" aria-hidden="true">
              Head
            </span>
            <NumberField
              label="Head"
              value={head + 1}
              min={1}
              max={heads}
              integer
              onChange={(value) => pick([layer, value - 1])}
            />
          </span>
          <Toggle label="Take it out" value={isOut} onChange={takeOut} />
        </div>
      )}
      {!isStill && <p className="figure-note">{looksAt(frame, A, layer, head)}</p>}
    </section>
  );
}

/** What the chosen token looks at through a head, in words. */
function looksAt({ config }: FigureProps["frame"], A: NDArray, layer: number, head: number) {
  const tokens = tokensRead(config);
  const place = Math.min(placeRead(config), (A.shape[3] ?? 1) - 1);
  const shares = tokens.slice(0, place + 1).map((token, j) => ({
    name: ownTokenName(config, token),
    share: attentionAt(A, [layer, head, place, j]),
  }));
  const most = shares.toSorted((a, b) => b.share - a.share).slice(0, 3);
  const list = most
    .filter(({ share }) => share >= 0.005)
    .map(({ name, share }) => `“${name}” ${numberText(100 * share, 2)} %`)
    .join(", ");
  return `Through this head “${ownTokenName(config, tokens[place] ?? 0)}” looks at ${list}.`;
}
