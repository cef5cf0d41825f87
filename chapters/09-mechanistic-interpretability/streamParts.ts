/** Units of the feed-forward layers of the model that shows the stream. */
export const units = 32;

/** Who writes to its stream, in order; heads as "layer.head", both from 1. */
export const parts = ["letter", "place", "1.1", "1.2", "ffn 1", "2.1", "2.2", "ffn 2"] as const;
export type Part = (typeof parts)[number];

/** A part's name in a sentence or a row. */
export function partText(part: Part): string {
  return /^\d/.test(part) ? `head ${part}` : part;
}
