import { type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { type Config, defineLab, type Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { largestStretch } from "./stretch.ts";

/** I: the numbers of an input. */
export const gradientInputs = 4;

export const gradientLab = defineLab({
  id: "lstm-gradient",
  version: 1,
  title: "Where the gradient goes",
  invitation: "Turn the forget bias, and watch how far back the last step still feels the others.",
  fields: {
    forgetBias: {
      kind: "number",
      label: "Forget bias",
      initial: 1,
      min: -3,
      max: 8,
      restarts: true,
      place: "figure",
    },
    gain: {
      kind: "number",
      label: "Recurrent weights ×",
      initial: 1,
      min: 0.1,
      max: 4,
      scale: "log",
      restarts: true,
      place: "figure",
    },
    length: {
      kind: "number",
      label: "Steps T",
      initial: 40,
      min: 5,
      max: 150,
      integer: true,
      restarts: true,
      place: "figure",
    },
    bias: {
      kind: "choice",
      label: "Forget bias of the units",
      initial: "same",
      options: [
        { value: "same", label: "the same" },
        { value: "chrono", label: "spread (chrono)" },
      ],
      restarts: true,
      place: "figure",
    },
    gru: { kind: "switch", label: "GRU too", initial: false, restarts: true, place: "figure" },
    strength: {
      kind: "number",
      label: "Inputs ×",
      initial: 1,
      min: 0,
      max: 3,
    },
    units: {
      kind: "number",
      label: "Units",
      initial: 8,
      min: 2,
      max: 16,
      integer: true,
      restarts: true,
    },
    step: {
      kind: "number",
      label: "Step on show",
      initial: 20,
      min: 1,
      max: 150,
      integer: true,
      place: "figure",
    },
  },
  trains: false,
  data: ({ length, strength }, random) => ({
    x: ndarray([
      Array.from({ length }, () =>
        Array.from({ length: gradientInputs }, () => strength * (2 * random() - 1)),
      ),
    ]),
  }),
  watch: ({ gru }) => [
    "grad rnn.steps.*.h",
    "grad lstm.steps.*.c",
    "lstm.steps.*.f",
    ...(gru ? ["grad gru.steps.*.h", "gru.steps.*.z"] : []),
  ],
  describe: describeGradient,
  presets: [
    { label: "Forget bias 0", edit: settings({ forgetBias: 0 }) },
    { label: "Forget bias 1", edit: settings({ forgetBias: 1 }) },
    { label: "Forget bias 5", edit: settings({ forgetBias: 5 }) },
    { label: "Spread (chrono), 100 steps", edit: settings({ bias: "chrono", length: 100 }) },
    { label: "RNN explodes", edit: settings({ gain: 2.5 }) },
  ],
});

function settings(config: Partial<Config>) {
  const usual = { forgetBias: 1, gain: 1, length: 40, bias: "same", strength: 1 };
  return { config: { ...usual, ...config } };
}

/** For every step t, from 1: how strongly the last state of a cell feels its state at t. */
export interface Flow {
  /** The spectral norm of ∂h_T/∂h_t. */
  readonly rnn: readonly number[];
  /** That of ∂c_T/∂c_t. */
  readonly lstm: readonly number[];
  /** The straight path alone: the largest, over the units, of the product of the forget gates after t. */
  readonly direct: readonly number[];
  readonly gru: readonly number[];
  /** The product of the GRU's update gates. */
  readonly directGru: readonly number[];
}

/** One matrix `[H, H]` of a stack `[T, H, H]`; t from 1. */
export function jacobianAt(stack: NDArray | undefined, t: number): NDArray | undefined {
  const [T = 0, H = 0] = stack?.shape ?? [];
  if (!stack || t < 1 || t > T) return undefined;
  return { shape: [H, H], data: stack.data.slice((t - 1) * H * H, t * H * H) };
}

function stretches(stack: NDArray | undefined): number[] {
  const T = stack?.shape[0] ?? 0;
  return Array.from({ length: T }, (_, i) => largestStretch(jacobianAt(stack, i + 1) as NDArray));
}

/** For each t the largest, over the units, of the product of a gate's values after t; `[T, H, H]`, all copies alike. */
function products(gates: NDArray | undefined): number[] {
  const [T = 0, H = 0] = gates?.shape ?? [];
  const kept = new Array<number>(H).fill(1);
  const largest = new Array<number>(T).fill(1);
  for (let t = T; t >= 1; t--) {
    largest[t - 1] = Math.max(...kept);
    for (let k = 0; k < H; k++)
      kept[k] = (kept[k] as number) * (gates?.data[(t - 1) * H * H + k] ?? 0);
  }
  return largest;
}

const flows = new WeakMap<Frame, Flow>();

/** The flow of a frame; it is asked for by the picture, by the sentence and by exercises. */
export function flowOf(frame: Frame): Flow {
  const known = flows.get(frame);
  if (known) return known;
  const flow = computedFlow(frame);
  flows.set(frame, flow);
  return flow;
}

function computedFlow({ values }: Frame): Flow {
  return {
    rnn: stretches(values["grad rnn.steps.*.h"]),
    lstm: stretches(values["grad lstm.steps.*.c"]),
    direct: products(values["lstm.steps.*.f"]),
    gru: stretches(values["grad gru.steps.*.h"]),
    directGru: products(values["gru.steps.*.z"]),
  };
}

function describeGradient(frame: Frame): string {
  const { rnn, lstm, direct, gru } = flowOf(frame);
  const also = gru.length > 0 ? `; in the GRU by ${numberText(gru[0], 2)}` : "";
  return `A nudge of the first state moves the last one, ${rnn.length} steps on, by at most so many times its size: in the RNN by ${numberText(rnn[0], 2)}; in the LSTM by ${numberText(lstm[0], 2)}, by the straight path alone ${numberText(direct[0], 2)}${also}.`;
}
