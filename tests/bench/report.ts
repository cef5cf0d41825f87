/** Training steps a second of one contender, one number a round; none, and why, where it would not run. */
export interface Measurement {
  readonly name: string;
  /** Empty where the contender has no choice of backend. */
  readonly backend: string;
  /** Examples a step; 0 means all. */
  readonly batchSize: number;
  readonly speeds: readonly number[];
  readonly why?: string;
}

export interface Circumstances {
  readonly rounds: number;
  readonly examples: number;
  readonly chromium: string;
}

/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

const count = (speed: number) => Math.round(speed).toLocaleString("en");

function ratio(speed: number, other: Measurement | undefined): string {
  if (!other || other.speeds.length === 0) return "";
  const times = speed / median(other.speeds);
  return times < 0.1 ? `1/${count(1 / times)}` : times.toFixed(times < 10 ? 2 : 0);
}

/**
 * The measurements as text: for each batch size a table, each speed beside plain TensorFlow.js on the
 * same backend and beside brain.js, as ratios of medians within the run.
 */
export function report(all: readonly Measurement[], circumstances: Circumstances): string {
  const { rounds, examples, chromium } = circumstances;
  const sizes = [...new Set(all.map(({ batchSize }) => batchSize))];
  const tables = sizes.map((size) => {
    const here = all.filter(({ batchSize }) => batchSize === size);
    const rows = here.map((measurement) => row(measurement, here));
    const title = size === 0 ? `all ${examples} examples` : `${size} example${size > 1 ? "s" : ""}`;
    return [`${title} a step`, ...lined([heading, ...rows])].join("\n");
  });
  return `
One neuron with two inputs, ${examples} points, gradient descent: training steps a second.
Medians of ${rounds} rounds in which all took turns, in one ${chromium}.

${tables.join("\n\n")}

WebGL and WebGPU run in software here: their numbers say nothing about a real GPU.
brain.js descends the squared error, one example at a time; the others the cross-entropy.
`;
}

const heading = ["", "backend", "steps/s", "slowest–fastest", "× plain tfjs", "× brain.js"];

function row(measurement: Measurement, here: readonly Measurement[]): readonly string[] {
  const { name, backend, speeds, why } = measurement;
  if (speeds.length === 0) return [name, backend, `none: ${why ?? "it did not run"}`];
  const speed = median(speeds);
  const plain = here.find((other) => other.name === "plain tfjs" && other.backend === backend);
  const brain = here.find((other) => other.name === "brain.js");
  const spread = `${count(Math.min(...speeds))}–${count(Math.max(...speeds))}`;
  return [name, backend, count(speed), spread, ratio(speed, plain), ratio(speed, brain)];
}

/** Rows with their cells under one another: names to the left, numbers to the right. */
function lined(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = heading.map((_, column) =>
    Math.max(...rows.filter((r) => r.length > 3).map((r) => r[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 || cells.length <= 3 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
}
