import type { Config, Fields } from "./lab.ts";

const schedules = [
  { value: "constant", label: "Constant" },
  { value: "step", label: "By halves" },
  { value: "cosine", label: "Cosine" },
  { value: "warmup", label: "Warm-up" },
] as const;

export type ScheduleName = (typeof schedules)[number]["value"];

/**
 * The fields of a lab whose learning rate may follow a schedule of about `steps` steps. The engine looks
 * for them by these names.
 */
export function scheduleFields(steps: number) {
  return {
    schedule: {
      kind: "choice",
      label: "Learning rate over time",
      initial: "constant",
      options: schedules,
      place: "more",
    },
    scheduleSteps: {
      kind: "number",
      label: "Steps of its schedule",
      initial: steps,
      min: 1,
      max: 1_000_000,
      integer: true,
      scale: "log",
      place: "more",
    },
  } as const satisfies Fields;
}

/** The steps that a warm-up takes of a schedule of `length`: a tenth. */
const warmupSteps = (length: number): number => Math.max(1, Math.round(length / 10));

/** By what the learning rate is multiplied for the step after `t` steps, in a schedule of `T` steps: 0 to 1. */
const factors = {
  constant: () => 1,
  /** Halved after every T steps: 2^(−⌊t/T⌋). PyTorch's StepLR, gamma 0.5. */
  step: (t, T) => 0.5 ** Math.floor(t / T),
  /** (1 + cos(π t/T)) / 2, then 0. Loshchilov & Hutter 2017, eq. 5, without restarts. PyTorch's CosineAnnealingLR. */
  cosine: (t, T) => (1 + Math.cos((Math.PI * Math.min(t, T)) / T)) / 2,
  /** Up to 1 in equal steps over the first tenth, W steps, then in equal steps down to 0 at T. PyTorch's two LinearLR in a row. */
  warmup: (t, T) => {
    const W = warmupSteps(T);
    return t < W ? (t + 1) / W : Math.max(0, (T - t) / (T - W + 1));
  },
} satisfies Record<ScheduleName, (t: number, T: number) => number>;

/** The factor of a lab's learning rate for the step after `step` steps; 1 in a lab without a schedule. */
export function scheduledFactor({ schedule, scheduleSteps }: Config, step: number): number {
  const factor = factors[(schedule ?? "constant") as ScheduleName];
  return factor(step, Number(scheduleSteps));
}

/** The learning rate that a lab takes its next step with, after `step` steps. */
export function scheduledRate(config: Config, step: number): number {
  return Number(config.learningRate) * scheduledFactor(config, step);
}

/** What a schedule does, in a few words; null where the rate stays. */
export function scheduleWords({ schedule, scheduleSteps }: Config): string | null {
  const T = Number(scheduleSteps);
  switch (schedule as ScheduleName | undefined) {
    case "step":
      return `halved every ${T} steps`;
    case "cosine":
      return `down to 0 in ${T} steps`;
    case "warmup":
      return `up for ${warmupSteps(T)} steps, 0 at ${T}`;
    default:
      return null;
  }
}
