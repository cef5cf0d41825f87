import type { Config } from "../../src/training/lab.ts";
import { repeatSizes } from "./repeats.ts";

/** The models that can be intervened in: all learn the same task. */
export const patients = {
  two: { label: "Two layers", layers: 2, d_ff: 0 },
  one: { label: "One layer", layers: 1, d_ff: 0 },
  ffn: { label: "Two layers, feed-forward", layers: 2, d_ff: 64 },
} as const;

export type PatientName = keyof typeof patients;

const { heads } = repeatSizes;

export const patientOf = ({ model }: Config) => patients[model as PatientName] ?? patients.two;

/** A quantity of the model that can be replaced: the stream, what one head has gathered, what a feed-forward layer writes. */
export interface Site {
  readonly kind: "stream" | "head" | "ffn";
  /** As it is named to the reader; layers and heads from 1. */
  readonly label: string;
  readonly tap: string;
  /** For a head: which of its layer, from 0. */
  readonly head: number;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

function streamAt(layers: number, after: number): Site {
  const place = `after layer ${after}`;
  return {
    kind: "stream",
    label: after === 0 ? "at the start" : place,
    tap: after === layers ? `blocks.${layers - 1}.resid_post` : `blocks.${after}.resid_pre`,
    head: 0,
  };
}

/** What writes into the stream: the heads and feed-forward layers, in the order in which they work. */
export function partsOf(config: Config): readonly Site[] {
  const { layers, d_ff } = patientOf(config);
  return numbers(layers).flatMap((layer): Site[] => [
    ...numbers(heads).map((head) => ({
      kind: "head" as const,
      label: `head ${layer + 1}.${head + 1}`,
      tap: `blocks.${layer}.attn.Z`,
      head,
    })),
    ...(d_ff > 0
      ? [
          {
            kind: "ffn" as const,
            label: `feed-forward ${layer + 1}`,
            tap: `blocks.${layer}.ffn.out`,
            head: 0,
          },
        ]
      : []),
  ]);
}

/** The stream before the first layer, between layers, and after the last. */
export function streamsOf(config: Config): readonly Site[] {
  const { layers } = patientOf(config);
  return numbers(layers + 1).map((after) => streamAt(layers, after));
}

/** All sites, in the order of the model: the stream, what works on it, the stream again. */
export function sitesOf(config: Config): readonly Site[] {
  const inLayer = (layer: number) =>
    partsOf(config).filter(({ tap }) => tap.startsWith(`blocks.${layer}.`));
  return streamsOf(config).flatMap((stream, layer) => [stream, ...inLayer(layer)]);
}

/** The strengths at which steering is shown. */
export const strengths: readonly number[] = numbers(25).map((i) => -1 + i / 8);
