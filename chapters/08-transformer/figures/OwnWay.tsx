import { useEffect, useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { sizesOf } from "../ownLab.ts";
import { gateOf, TokenWay, wayWatches, type Zoom } from "./TokenWay.tsx";
import type { PathModel, Spot } from "./tokenPath.ts";

/** An embedding of more numbers than this is fetched once, when somebody asks for it, and cannot be edited. */
const mostWatched = 4e6;

type Config = FigureProps["frame"]["config"];

const isLarge = ({ V, d_model }: Config) => Number(V) * Number(d_model) > mostWatched;

/** What the figure must see at this zoom; the embedding of a large model not in every frame. */
export function ownWayWatches(config: Config, zoom: Zoom): string[] {
  const all = wayWatches(zoom, sizesOf(config));
  return isLarge(config) ? all.filter((name) => name !== "W_E") : all;
}

interface OwnWayProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly model: PathModel;
  readonly place: number;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
}

/** The way of one token through a model of any size, down to one multiplication. */
export function OwnWay({ frame, lab, model, place, zoom, onZoom }: OwnWayProps) {
  const { config } = frame;
  const needsEmbedding = isLarge(config) && isOfEmbedding(zoom?.spot);
  const W_E = useEmbedding({ frame, lab }, needsEmbedding);
  const values = W_E && needsEmbedding ? { ...model.values, W_E } : model.values;
  const onGate = (layer: number, head: number, isIn: boolean) => {
    const name = gateOf(layer);
    const { heads } = model.sizes;
    const gates = Array.from({ length: heads }, (_, i) =>
      i === head ? Number(isIn) : (values[name]?.data[i] ?? 1),
    );
    if (gates.every((gate) => gate === 1)) return lab.release(name);
    return lab.write(name, { shape: [heads, 1, 1], data: Float32Array.from(gates) });
  };
  return (
    <TokenWay
      model={{ ...model, values }}
      place={place}
      zoom={zoom}
      onZoom={onZoom}
      onWrite={needsEmbedding ? undefined : lab.write}
      onGate={onGate}
    />
  );
}

const isOfEmbedding = (spot: Spot | undefined) =>
  spot?.quantity === "e" || spot?.quantity === "logits";

/** The embedding of this model, once it is needed; null until it is there. */
function useEmbedding(
  { frame, lab }: Pick<FigureProps, "frame" | "lab">,
  isNeeded: boolean,
): NDArray | null {
  const { model, V, d_model } = frame.config;
  const name = `${model} ${V} ${d_model}`;
  const [held, hold] = useState<{ name: string; W_E: NDArray } | null>(null);
  const isThere = held?.name === name;
  useEffect(() => {
    if (!isNeeded || isThere) return;
    lab.read("W_E").then(
      (W_E) => hold({ name, W_E }),
      () => {},
    );
  }, [isNeeded, isThere, name, lab]);
  return isThere ? held.W_E : null;
}
