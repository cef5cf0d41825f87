import "./tokenWay.css";
import { useState } from "react";
import { numberText } from "../../../src/viz/numberText.ts";
import type { LabActions } from "../../../src/widgets/figure.ts";
import { MakingOf } from "./MakingOf.tsx";
import { parametersOf, tapsFor } from "./makings.ts";
import { NumberGrid } from "./NumberGrid.tsx";
import {
  mostOf,
  type PathModel,
  type PathSizes,
  partOf,
  type Quantity,
  quantitiesOf,
  quantityTitles,
  rowAt,
  type Spot,
  spotName,
  tapOf,
} from "./tokenPath.ts";

/** Where the reader has zoomed to: a number, and one term of it; null: the whole stack. */
export type Zoom = { readonly spot: Spot; readonly term: number | null } | null;

/** What the figure must see of a model with gates at this zoom. */
export function wayWatches(zoom: Zoom, { layers }: PathSizes): string[] {
  const each = ["attn.out", "resid_mid", "ffn.out", "resid_post"];
  const stack = Array.from({ length: layers }, (_, i) => each.map((name) => `blocks.${i}.${name}`));
  const all = ["e", "P", "blocks.0.resid_pre", ...stack.flat(), "norm_f.y", "logits"];
  if (!zoom) return all;
  const { spot } = zoom;
  const own = quantitiesOf(partOf(spot.quantity)).map((quantity) => tapOf(quantity, spot.layer));
  const gate = partOf(spot.quantity) === "attention" ? [gateOf(spot.layer)] : [];
  return [...new Set([...all, ...own, ...gate, ...parametersOf(spot), ...tapsFor(spot)])];
}

export interface TokenWayProps {
  readonly model: PathModel;
  /** The place whose way is shown. */
  readonly place: number;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onWrite?: LabActions["write"] | undefined;
  /** Takes a head out, or puts it back; without it heads cannot be taken out. */
  readonly onGate?: ((layer: number, head: number, isIn: boolean) => unknown) | undefined;
}

/** The way of one token through the model: the whole stack, one part of it, one number, one multiplication. */
export function TokenWay({ model, place, zoom, onZoom, onWrite, onGate }: TokenWayProps) {
  const at = zoom && within(zoom.spot, model, place);
  const go = (spot: Spot, term: number | null = null) => onZoom({ spot, term });
  return (
    <div className="token-way" data-zoomed={at ? "" : undefined}>
      <Crumbs model={model} spot={at} place={place} onZoom={onZoom} />
      {at ? (
        <div className="token-way-part">
          <Part model={model} spot={at} onGo={go} onGate={onGate} />
          <MakingOf
            model={model}
            spot={at}
            term={zoom?.term ?? null}
            onTerm={(term) => go(at, term)}
            onGo={go}
            onWrite={onWrite}
          />
        </div>
      ) : (
        <Stack model={model} place={place} onGo={go} />
      )}
    </div>
  );
}

/** The spot, where a shorter text still has it; a spot of the chosen place moves with it. */
function within(spot: Spot, { tokens }: PathModel, place: number): Spot {
  const at = Math.min(spot.place, tokens.length - 1);
  const isShare = spot.quantity === "S" || spot.quantity === "A";
  return {
    ...spot,
    place: at,
    index: isShare ? Math.min(spot.index, Math.max(at, place)) : spot.index,
  };
}

interface CrumbsProps extends Pick<TokenWayProps, "model" | "place" | "onZoom"> {
  readonly spot: Spot | null;
}

function Crumbs({ model, spot, place, onZoom }: CrumbsProps) {
  const token = model.nameOf(model.tokens[spot?.place ?? place] ?? 0);
  return (
    <nav className="token-way-crumbs" aria-label="Where you are in the model">
      <button type="button" disabled={!spot} onClick={() => onZoom(null)}>
        The whole stack, at “{token}”
      </button>
      {spot && (
        <>
          <span aria-hidden="true">›</span>
          <span>{partTitle(spot)}</span>
          <span aria-hidden="true">›</span>
          <span>{spotName(spot)}</span>
        </>
      )}
    </nav>
  );
}

function partTitle({ quantity, layer }: Spot): string {
  switch (partOf(quantity)) {
    case "start":
      return "the embedding";
    case "attention":
      return `block ${layer + 1}, attention`;
    case "feedForward":
      return `block ${layer + 1}, feed-forward`;
    case "end":
      return "the unembedding";
  }
}

interface Row {
  readonly quantity: Quantity;
  readonly layer: number;
  readonly says: string;
  readonly isStream: boolean;
}

function rowsOf({ layers }: PathSizes): Row[] {
  const row = (quantity: Quantity, layer: number, says: string, isStream = false): Row => ({
    quantity,
    layer,
    says,
    isStream,
  });
  const blocks = Array.from({ length: layers }, (_, i) => [
    row("attn", i, `+ attention ${i + 1}`),
    row("resid_mid", i, "= the stream", true),
    row("ffn", i, `+ feed-forward ${i + 1}`),
    row("resid_post", i, "= the stream", true),
  ]);
  return [
    row("e", 0, "the token"),
    row("P", 0, "+ its place"),
    row("resid_pre", 0, "= the stream", true),
    ...blocks.flat(),
    row("norm_f", 0, "normalised"),
  ];
}

type Go = (spot: Spot, term?: number | null) => void;

/** All of it: the stream after each addition, one row each. */
function Stack({ model, place, onGo }: { model: PathModel; place: number; onGo: Go }) {
  const { sizes } = model;
  const rows = rowsOf(sizes);
  const width = sizes.d_model;
  const sheet = new Float32Array(rows.length * width);
  for (const [i, { quantity, layer }] of rows.entries()) {
    const numbers = rowAt(model, { quantity, layer, head: 0, place });
    if (numbers.length === width) sheet.set(numbers, i * width);
  }
  const open = (row: number, index: number) => {
    const { quantity, layer } = rows[row] as Row;
    onGo({ quantity, layer, head: 0, place, index });
  };
  return (
    <div className="token-way-stack" style={{ "--rows": rows.length } as Record<string, number>}>
      <ol className="token-way-rows">
        {rows.map(({ quantity, layer, says, isStream }, row) => (
          <li key={`${quantity} ${layer}`} data-stream={isStream || undefined}>
            <button type="button" onClick={() => open(row, largestOf(sheet, row, width))}>
              {says}
            </button>
          </li>
        ))}
      </ol>
      <NumberGrid
        values={{ shape: [rows.length, width], data: sheet }}
        reach={reachOf(sheet)}
        label={`${width} numbers a row`}
        nameOf={(row, column) => {
          const { quantity, layer } = rows[row] as Row;
          return spotName({ quantity, layer, head: 0, place, index: column });
        }}
        onPick={open}
      />
      <Says model={model} place={place} onGo={onGo} />
    </div>
  );
}

function largestOf(sheet: Float32Array, row: number, width: number): number {
  const numbers = sheet.subarray(row * width, (row + 1) * width);
  return numbers.reduce(
    (best, value, i) => (Math.abs(value) > Math.abs(numbers[best] as number) ? i : best),
    0,
  );
}

/** Full colour at three times the root of the mean square: a few large numbers do not make the others pale. */
function reachOf(numbers: Float32Array): number {
  const square =
    numbers.reduce((sum, value) => sum + value * value, 0) / Math.max(1, numbers.length);
  return 3 * Math.sqrt(square) || 1;
}

const shown = 5;

/** What the logits come to: the likeliest tokens. */
function Says({ model, place, onGo }: { model: PathModel; place: number; onGo: Go }) {
  const logits = rowAt(model, { quantity: "logits", layer: 0, head: 0, place });
  const best = mostOf(logits, shown);
  return (
    <div className="token-way-says">
      <p>Largest logits</p>
      <ul>
        {best.map((token) => (
          <li key={token}>
            <button
              type="button"
              onClick={() => onGo({ quantity: "logits", layer: 0, head: 0, place, index: token })}
            >
              {model.nameOf(token)} {numberText(logits[token])}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PartProps extends Pick<TokenWayProps, "model" | "onGate"> {
  readonly spot: Spot;
  readonly onGo: Go;
}

/** One part of the model: everything that it makes at this place. */
function Part({ model, spot, onGo, onGate }: PartProps) {
  const quantities = quantitiesOf(partOf(spot.quantity)).filter((name) => name !== "logits");
  return (
    <div className="token-way-grids">
      {quantities.map((quantity) => (
        <PartGrid
          key={quantity}
          model={model}
          spot={{ ...spot, quantity }}
          chosen={spot}
          onGo={onGo}
        />
      ))}
      {partOf(spot.quantity) === "attention" && onGate && (
        <Gates model={model} layer={spot.layer} onGate={onGate} />
      )}
      {partOf(spot.quantity) === "end" && <Says model={model} place={spot.place} onGo={onGo} />}
    </div>
  );
}

/** A button for each head of the block: pressed while it is in. */
function Gates({
  model,
  layer,
  onGate,
}: {
  model: PathModel;
  layer: number;
  onGate: NonNullable<TokenWayProps["onGate"]>;
}) {
  const gates = model.values[gateOf(layer)];
  return (
    <p className="lab-buttons token-way-gates">
      {Array.from({ length: model.sizes.heads }, (_, head) => {
        const isIn = gates?.data[head] !== 0;
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a head is its place
            key={head}
            type="button"
            aria-pressed={!isIn}
            onClick={() => onGate(layer, head, !isIn)}
          >
            {isIn ? `Take head ${head + 1} out` : `Put head ${head + 1} back`}
          </button>
        );
      })}
    </p>
  );
}

/** The tap that scales each head of a block. */
export const gateOf = (layer: number) => `blocks.${layer}.attn.gate`;

interface PartGridProps {
  readonly model: PathModel;
  /** The quantity of this grid. */
  readonly spot: Spot;
  readonly chosen: Spot;
  readonly onGo: Go;
}

function PartGrid({ model, spot, chosen, onGo }: PartGridProps) {
  const { quantity, place } = spot;
  const isOfHeads = "QKVSAZ".includes(quantity) && quantity.length === 1;
  const isShare = quantity === "S" || quantity === "A";
  const heads = isOfHeads ? model.sizes.heads : 1;
  const rows = Array.from({ length: heads }, (_, head) => {
    const row = rowAt(model, { ...spot, head });
    return isShare ? row.subarray(0, place + 1) : row;
  });
  const width = rows[0]?.length ?? 0;
  if (width === 0) return <p className="figure-note">Reading {quantityTitles[quantity]} …</p>;
  const data = new Float32Array(heads * width);
  for (const [head, row] of rows.entries()) data.set(row, head * width);
  const isHere = chosen.quantity === quantity;
  return (
    <NumberGrid
      values={{ shape: [heads, width], data }}
      label={quantityTitles[quantity]}
      scale={quantity === "A" ? "sequential" : undefined}
      reach={quantity === "A" ? 1 : undefined}
      nameOf={(head, index) => {
        const of = isOfHeads ? `head ${head + 1}, ` : "";
        const key = isShare ? ` for “${model.nameOf(model.tokens[index] ?? 0)}”` : "";
        return `${of}${spotName({ ...spot, index })}${key}`;
      }}
      chosen={isHere ? [isOfHeads ? chosen.head : 0, chosen.index] : null}
      onPick={(head, index) => onGo({ ...spot, head, index })}
    />
  );
}

/** The zoom of a figure, as page state. */
export function useZoom() {
  return useState<Zoom>(null);
}
