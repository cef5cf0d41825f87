import { farthest } from "./shiftData.ts";

/** The nets that are shown a shifted picture, in the order in which they stand. */
export const nets = [
  { name: "mlp", label: "MLP", about: "one hidden layer" },
  { name: "plain", label: "CNN, no pooling", about: "two convolutions" },
  { name: "pooled", label: "CNN, pooling 2 × 2", about: "after each convolution" },
  { name: "global", label: "CNN, global pooling", about: "of each map only its greatest number" },
] as const;

export type NetName = (typeof nets)[number]["name"];

/** The shifts to the side, in pixels, at which the share of right answers is taken. */
export const shifts: readonly number[] = Array.from(
  { length: 2 * farthest + 1 },
  (_, i) => i - farthest,
);

/** A layer that is compared with itself under the shift. */
export interface Layer {
  readonly value: string;
  readonly label: string;
  /** The tap. */
  readonly tap: string;
  /** By how many pixels of the picture its neighbouring cells differ; null where it has no places. */
  readonly stride: number | null;
}

export const layers = [
  { value: "mlp", label: "MLP, hidden layer", tap: "mlp.layers.0.a", stride: null },
  { value: "plain0", label: "no pooling, stage A", tap: "plain.convs.0.a", stride: 1 },
  { value: "plain1", label: "no pooling, stage B", tap: "plain.convs.1.a", stride: 1 },
  { value: "pooled0", label: "pooling, stage A", tap: "pooled.convs.0.p", stride: 2 },
  { value: "pooled1", label: "pooling, stage B", tap: "pooled.convs.1.p", stride: 4 },
  { value: "global1", label: "global pooling, stage B", tap: "global.convs.1.p", stride: null },
] as const satisfies readonly Layer[];

export function layerOf(value: unknown): Layer {
  return layers.find((layer) => layer.value === value) ?? layers[1];
}
