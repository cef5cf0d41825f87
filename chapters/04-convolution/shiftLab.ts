import { entry, filled } from "../../src/data/ndarray.ts";
import { takeRows } from "../../src/training/batches.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { centredDigits, farthest, heldOutRows, rowAsInput } from "./shiftData.ts";
import { layerOf, layers, nets, shifts } from "./shiftNets.ts";

const whole = { kind: "number", integer: true, place: "figure" } as const;

/** So many of the digits held out make the curve. */
export const curveCount = 50;
/** The digit with which the lab opens: a four of those held out. */
const openingRow = 4;

export const shiftLab = defineLab({
  id: "conv-shift",
  version: 1,
  title: "Shift it",
  invitation: "Drag the digit, or press the arrow keys. Which net is the first to lose it?",
  fields: {
    right: { ...whole, label: "To the right", initial: 1, min: -farthest, max: farthest },
    down: { ...whole, label: "Down", initial: 0, min: -farthest, max: farthest },
    layer: {
      kind: "choice",
      label: "Layer",
      initial: "plain0",
      options: layers.map(({ value, label }) => ({ value, label })),
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.005, batchSize: 32 }),
  },
  trains: true,
  data: centredDigits,
  heldOut: () => heldOutRows,
  scored: () => 50,
  input: () => rowAsInput(openingRow),
  probes: () => ({
    every: { ...takeRows(centredDigits(), heldOutRows.slice(0, curveCount)), every: filled([], 1) },
  }),
  watch: ({ layer }) => [
    ...nets.map(({ name }) => `${name}.y_hat`),
    "x_shifted",
    layerOf(layer).tap,
  ],
  closely: () => [shiftCurve],
  describe: describeShift,
  checkpoint: { steps: 400 },
  presets: [
    { label: "In the middle", edit: by(0, 0) },
    { label: "2 to the right", edit: by(2, 0) },
    { label: "4 to the left, 3 up", edit: by(-4, -3) },
  ],
});

function by(right: number, down: number): Edit {
  return { config: { right, down } };
}

/** Each net's share of right answers at every shift, `[shifts, nets]`. */
export const shiftCurve = "curve@every";

/** What a net believes of the picture as it is (0) and shifted (1). */
export function beliefOf({ values }: Frame, net: string, which: 0 | 1) {
  const y_hat = values[`${net}.y_hat`];
  const k = y_hat?.shape.at(-1) ?? 10;
  const own = Array.from(y_hat?.data.subarray(which * k, (which + 1) * k) ?? []);
  const digit = own.indexOf(Math.max(...own));
  return { digit, share: own[digit] ?? Number.NaN };
}

/** How far a digit is shifted, in words. */
export function shiftText(right: number, down: number): string {
  const parts = [
    right === 0 ? "" : `${Math.abs(right)} to the ${right > 0 ? "right" : "left"}`,
    down === 0 ? "" : `${Math.abs(down)} ${down > 0 ? "down" : "up"}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "not at all" : parts.join(", ");
}

/** The share of right answers of a net at a shift to the side. */
export function rightAt(curve: Frame["values"][string] | undefined, net: number, shift: number) {
  return entry(curve, shifts.indexOf(shift) * nets.length + net);
}

function describeShift(frame: Frame): string {
  const { right, down } = frame.config as Record<string, number>;
  const said = nets.map(({ name, label }) => {
    const [before, after] = [beliefOf(frame, name, 0), beliefOf(frame, name, 1)];
    const change =
      before.digit === after.digit
        ? `stays with ${after.digit}`
        : `${before.digit} → ${after.digit}`;
    return `${label}: ${change}`;
  });
  return `Shifted (in pixels): ${shiftText(right ?? 0, down ?? 0)}. ${said.join("; ")}.`;
}
