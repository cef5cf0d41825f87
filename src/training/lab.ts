import type { Arrays, NDArray, Nested } from "../data/ndarray.ts";
import type { Program } from "../models/program.ts";

/**
 * One thing of a lab that the reader sets. `restarts` marks a field whose change starts training
 * over; any other change keeps the parameters as long as their shapes stay the same. `place` is where
 * its control stands: in the row under the picture (the default), under "More", or in the picture
 * itself, which then draws it.
 */
export type Field = {
  readonly label: string;
  readonly restarts?: boolean;
  readonly place?: "row" | "more" | "figure";
} & (
  | {
      readonly kind: "number";
      readonly initial: number;
      readonly min: number;
      readonly max: number;
      readonly scale?: "linear" | "log";
      readonly integer?: boolean;
    }
  | {
      readonly kind: "choice";
      readonly initial: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
    }
  | { readonly kind: "switch"; readonly initial: boolean }
  | {
      readonly kind: "text";
      readonly initial: string;
      /** The most characters that it may have. */
      readonly longest: number;
    }
);

export type Fields = Readonly<Record<string, Field>>;
export type ConfigValue = number | string | boolean;
export type Config = Readonly<Record<string, ConfigValue>>;

/** The configuration that `fields` describe. */
export type ConfigOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends { kind: "number" }
    ? number
    : F[K] extends { kind: "choice"; options: readonly { value: infer V }[] }
      ? V
      : F[K] extends { kind: "switch" }
        ? boolean
        : F[K] extends { kind: "text" }
          ? string
          : ConfigValue;
};

/**
 * A quantity to watch, in words: `"w"` (a parameter or a tap on the current input), `"y_hat@grid"`
 * (the tap when the model is run on the probe `grid`; the probe `batch`, what the next
 * training step is given, its noise included, is always there), `"grad w"` (the gradient of the current loss
 * with respect to it; a tap is differentiated too). A `*` stands for a number: `"steps.*.h"` is
 * `steps.1.h`, `steps.2.h` and so on, stacked in the order of the number, `[T, …]`.
 */
export type Watch = string;

/** What a reader can do to a lab in one go: a preset, a solution, a shared starting point. */
export interface Edit {
  readonly config?: Partial<Config>;
  readonly write?: Readonly<Record<string, Nested>>;
  readonly input?: Readonly<Record<string, Nested>>;
  readonly data?: Readonly<Record<string, Nested>>;
  /** Lets held taps go before anything is written: these, or all of them. */
  readonly release?: readonly string[] | true;
  /** Which entries training leaves as they are: see `LabMethods.lock`. */
  readonly lock?: Readonly<Record<string, Nested | boolean>>;
}

export interface Preset {
  readonly label: string;
  readonly edit: Edit;
}

/** A sentence for the reader about something that happened: a recovery, a fallback, a refusal. */
export interface Notice {
  readonly tone: "information" | "warning" | "failure";
  readonly text: string;
}

/** All that the page knows of a running lab at one moment. Sent at most once a screen refresh. */
export interface Frame {
  readonly config: Config;
  readonly seed: number;
  readonly step: number;
  /** Mean loss over the current data; NaN in a lab without a loss. */
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** What is being watched, by its `Watch` text. A watch that does not exist is absent. */
  readonly values: Readonly<Record<Watch, NDArray>>;
  /** The current input (`x`, `y`, …), and the data. */
  readonly input: Arrays;
  readonly data: Arrays;
  /** The rows of the data that training leaves out; ascending. */
  readonly heldOut: readonly number[];
  /** The rows of the data that the next training step will use. */
  readonly batch: readonly number[];
  /** Training curve so far: steps ascending, and the loss of each. */
  readonly curve: {
    readonly steps: readonly number[];
    readonly losses: readonly number[];
    /** What the lab records besides, by its `Watch` text: a number for each of the steps. */
    readonly others?: Readonly<Record<Watch, readonly number[]>>;
  };
  /** The time line can return to every step from `firstStep` to `lastStep`. */
  readonly firstStep: number;
  readonly lastStep: number;
  readonly playing: boolean;
  /** Training steps a second, measured; 0 when not training. */
  readonly speed: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Parameters changed by hand since the last reset, and taps now held at a value. */
  readonly written: readonly string[];
  readonly held: readonly string[];
  /** Which entries of parameters training leaves as they are: masks of the parameters' shapes, 1 where locked. */
  readonly locked: Arrays;
  /** Whether the parameters can be saved under PyTorch's names. */
  readonly hasTorchNames?: boolean;
  /** How much of a file of weights has been read, while one is. */
  readonly reading?: { readonly bytes: number; readonly total: number } | undefined;
  readonly backend: string;
  readonly notice: Notice | null;
}

/**
 * A lab, without its tensors: what the page may know before any model has loaded. The model itself is
 * the program of the same id in the chapter's `programs.ts`.
 */
export interface Lab {
  /** `chapter-lab`, unique in the book. */
  readonly id: string;
  /** Raised when saved states of an older version no longer fit. */
  readonly version: number;
  readonly title: string;
  /** One sentence that says what to do first. */
  readonly invitation: string;
  readonly fields: Fields;
  /** Whether training makes sense here; without it the shell shows no transport. */
  readonly trains: boolean;
  /** The data set for a configuration. `random` is uniform on [0, 1), seeded. */
  data(config: Config, random: () => number): Arrays;
  /**
   * The loss, the metrics and the curve are taken over so many rows of the data, the first ones
   * (default: all). Training takes its batches from all of them.
   */
  scored?(config: Config): number;
  /**
   * The rows of the data that training leaves out, be the data the lab's or the reader's own; never all.
   * Steps, loss and metrics are of the others; the probe `test` holds these.
   */
  heldOut?(config: Config, data: Arrays): readonly number[];
  /** The input that the lab opens with (default: all data that train). */
  input?(config: Config): Arrays;
  /** More inputs on which taps are watched: a grid for a surface, a range for a curve. */
  probes?(config: Config): Readonly<Record<string, Arrays>>;
  /** What the figure shows. */
  watch(config: Config): readonly Watch[];
  /**
   * What the figure watches besides, by itself and not in every frame, because it is costly: the frame in
   * which the lab opens holds it, in the build's still picture and in the reader's page.
   */
  closely?(config: Config): readonly Watch[];
  /**
   * Single numbers (no gradients) that the training curve records beside the loss, such as the loss on
   * examples kept apart: `"L_data@held"`.
   */
  readonly records?: readonly Watch[];
  /** One sentence, in words and numbers, that says what is the case now. */
  describe(frame: Frame): string;
  /** Numbered from 1 for the keyboard. */
  readonly presets?: readonly Preset[];
  /** How many steps to train before the reader first sees it. */
  readonly openingSteps?: number;
  /**
   * The lab opens trained beforehand, at step 0: `npm run train` trains it, as it is declared, for so many
   * steps and writes its state to public/checkpoints/ID.safetensors. To start over is to train from nothing.
   * With `of` it opens with the parameters of another lab's checkpoint, which must be of the same names and shapes.
   */
  readonly checkpoint?: { readonly steps: number } | { readonly of: string };
  /** How the lab takes weights from a file that its settings do not know, fetched when a reader gives one. */
  readonly weights?: () => Promise<WeightsReader>;
}

/** Weights in a file whose header has been read: enough to know what lab they make. */
export interface OpenedWeights {
  /** The settings of the lab with these weights. */
  readonly config: Partial<Config>;
  /** Settings of a smaller model, random, that costs as much in its parts: backends are compared on it. */
  readonly sample: Partial<Config>;
  /** What there is to read. */
  readonly bytes: number;
  /**
   * The parameters of the lab's program with these settings; `tell` is called with the bytes of each piece.
   *
   * @throws Error in words for the reader, saying what is wrong with the file
   */
  read(reading: {
    readonly program: Program;
    readonly tell: (bytes: number) => void;
    readonly signal: AbortSignal;
  }): Promise<Arrays>;
}

/**
 * Opens a file of weights from elsewhere. `settings` are what the reader says of it besides.
 *
 * @throws Error in words for the reader, saying why the lab cannot take it
 */
export type WeightsReader = (file: Blob, settings: Partial<Config>) => Promise<OpenedWeights>;

/** A lab whose functions know the type of their configuration. */
export type TypedLab<F extends Fields> = Omit<
  Lab,
  "fields" | "data" | "heldOut" | "scored" | "input" | "probes" | "watch" | "closely"
> & {
  readonly fields: F;
  data(config: ConfigOf<F>, random: () => number): Arrays;
  heldOut?(config: ConfigOf<F>, data: Arrays): readonly number[];
  scored?(config: ConfigOf<F>): number;
  input?(config: ConfigOf<F>): Arrays;
  probes?(config: ConfigOf<F>): Readonly<Record<string, Arrays>>;
  watch(config: ConfigOf<F>): readonly Watch[];
  closely?(config: ConfigOf<F>): readonly Watch[];
};

/** The id of the lab whose checkpoint this one opens with: mostly its own. */
export function checkpointOwner({ id, checkpoint }: Pick<Lab, "id" | "checkpoint">): string {
  return checkpoint && "of" in checkpoint ? checkpoint.of : id;
}

/** Declares a lab, its configuration typed by its fields. The engine checks every configuration against them. */
export function defineLab<const F extends Fields>(lab: TypedLab<F>): Lab {
  return lab as unknown as Lab;
}

/** The initial configuration of these fields. */
export function initialConfig(fields: Fields): Config {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.initial]));
}

/**
 * `config` with `change` put in.
 *
 * @throws RangeError naming the field, what it takes and what arrived, when a value does not fit
 */
export function changedConfig(fields: Fields, config: Config, change: unknown): Config {
  if (typeof change !== "object" || change === null || Array.isArray(change)) {
    throw new RangeError(`Expected settings as { name: value }, got ${JSON.stringify(change)}.`);
  }
  const next: Record<string, ConfigValue> = { ...config };
  for (const [name, value] of Object.entries(change)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      throw new RangeError(
        `There is no setting "${name}" here. Settings: ${Object.keys(fields).join(", ")}.`,
      );
    }
    next[name] = checkedValue(name, field, value);
  }
  return next;
}

function checkedValue(name: string, field: Field, value: unknown): ConfigValue {
  switch (field.kind) {
    case "number": {
      const kind = field.integer ? "a whole number" : "a number";
      const fits =
        typeof value === "number" &&
        value >= field.min &&
        value <= field.max &&
        (!field.integer || Number.isInteger(value));
      if (!fits) {
        throw new RangeError(
          `${field.label} (${name}) takes ${kind} from ${field.min} to ${field.max}, got ${JSON.stringify(value) ?? value}.`,
        );
      }
      return value;
    }
    case "choice": {
      if (typeof value !== "string" || !field.options.some((option) => option.value === value)) {
        const options = field.options.map((option) => `"${option.value}"`).join(", ");
        throw new RangeError(
          `${field.label} (${name}) is one of ${options}, got ${JSON.stringify(value)}.`,
        );
      }
      return value;
    }
    case "switch": {
      if (typeof value !== "boolean") {
        throw new RangeError(
          `${field.label} (${name}) is true or false, got ${JSON.stringify(value)}.`,
        );
      }
      return value;
    }
    case "text": {
      if (typeof value !== "string" || value.length > field.longest) {
        const arrived = typeof value === "string" ? `${value.length}` : JSON.stringify(value);
        throw new RangeError(
          `${field.label} (${name}) is a text of at most ${field.longest} characters, got ${arrived}.`,
        );
      }
      return value;
    }
  }
}

const optimisers = [
  { value: "sgd", label: "SGD" },
  { value: "momentum", label: "Momentum" },
  { value: "rmsprop", label: "RMSProp" },
  { value: "adam", label: "Adam" },
] as const;

export type OptimiserName = (typeof optimisers)[number]["value"];

/** The fields that every lab that trains has: optimiser, learning rate, examples a step (0 means all). */
export function trainingFields(initial: {
  optimiser: OptimiserName;
  learningRate: number;
  batchSize: number;
}) {
  return {
    optimiser: {
      kind: "choice",
      label: "Optimiser",
      initial: initial.optimiser,
      options: optimisers,
    },
    learningRate: {
      kind: "number",
      label: "Learning rate",
      initial: initial.learningRate,
      min: 1e-5,
      max: 10,
      scale: "log",
    },
    batchSize: {
      kind: "number",
      label: "Examples a step (0: all)",
      initial: initial.batchSize,
      min: 0,
      max: 4096,
      integer: true,
    },
  } as const satisfies Fields;
}

/** The field by which the engine keeps the gradient's norm from growing beyond a length (0: off). */
export function clipField(initial: number) {
  return {
    clipNorm: {
      kind: "number",
      label: "Clip the gradient's norm (0: off)",
      initial,
      min: 0,
      max: 1000,
    },
  } as const satisfies Fields;
}
