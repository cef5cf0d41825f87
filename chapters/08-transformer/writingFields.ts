import type { Fields } from "../../src/training/lab.ts";

/** What a lab that writes is set to: the token that is looked at, how the next is chosen, and the draws. */
export const writingFields = {
  place: {
    kind: "number",
    label: "Look after token (0: the last)",
    initial: 0,
    min: 0,
    max: 64,
    integer: true,
    place: "figure",
  },
  tau: { kind: "number", label: "Temperature τ", initial: 1, min: 0.1, max: 3, place: "figure" },
  k: {
    kind: "number",
    label: "Only the k likeliest (0: all)",
    initial: 0,
    min: 0,
    max: 50,
    integer: true,
    place: "figure",
  },
  share: {
    kind: "number",
    label: "Only a share of the probability",
    initial: 1,
    min: 0.05,
    max: 1,
    place: "figure",
  },
  draw: {
    kind: "number",
    label: "Draw",
    initial: 1,
    min: 1,
    max: 9999,
    integer: true,
    place: "figure",
  },
} as const satisfies Fields;
