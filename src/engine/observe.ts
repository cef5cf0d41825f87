import type { Arrays, NDArray } from "../data/ndarray.ts";
import { sizeOf } from "../data/ndarray.ts";
import type { Program, Tensors } from "../models/program.ts";
import * as tf from "../models/tf.ts";
import type { Runtime } from "./backends.ts";
import type { DeviceState } from "./deviceState.ts";
import { gradients, lossOf, metricsOf, taps, tidy } from "./passes.ts";
import { namesMeant, type ParsedWatch } from "./watch.ts";

export interface Observation {
  readonly values: Record<string, NDArray>;
  readonly loss: number;
  readonly metrics: Record<string, number>;
}

/** Whether the loss can be taken on these inputs: every array of the data set is among them. */
export function scorable(program: Program, inputs: Tensors, data: Tensors): boolean {
  return program.loss !== undefined && Object.keys(data).every((name) => name in inputs);
}

/**
 * The numbers of many tensors in one read.
 *
 * @throws BackendLost when the device goes first
 */
export async function readAll(runtime: Runtime, make: () => Tensors): Promise<Arrays> {
  const shapes: [name: string, shape: number[]][] = [];
  const flat = tidy(() => {
    const pieces = Object.entries(make()).map(([name, tensor]) => {
      shapes.push([name, tensor.shape]);
      return tensor.toFloat().flatten() as tf.Tensor1D;
    });
    if (pieces.length === 0) return null;
    return pieces.length === 1 ? (pieces[0] as tf.Tensor1D).clone() : tf.concat1d(pieces);
  });
  if (!flat) return {};
  try {
    const numbers = await runtime.numbers(flat);
    let at = 0;
    return Object.fromEntries(
      shapes.map(([name, shape]) => {
        const size = sizeOf(shape);
        at += size;
        return [name, { shape, data: numbers.slice(at - size, at) }];
      }),
    );
  } finally {
    flat.dispose();
  }
}

/** What of a session's tensors is looked at. */
export type Resources = Pick<
  DeviceState,
  "parameters" | "held" | "data" | "scored" | "input" | "probes"
> & {
  /** The probes that the page has given, besides the lab's own. */
  readonly passing: readonly string[];
};

const LOSS = "loss of the data";
const METRIC = "metric ";

/** Everything the page is watching, in one read. A watch for a name that does not exist is left out. */
export async function observe(
  runtime: Runtime,
  program: Program,
  device: Resources,
  watches: readonly ParsedWatch[],
): Promise<Observation> {
  const arrays = await readAll(runtime, () => ({
    ...watched(program, device, watches),
    ...(program.loss && {
      [LOSS]: lossOf(program, device.parameters, device.scored, device.held),
    }),
    ...Object.fromEntries(
      Object.entries(metricsOf(program, device.parameters, device.scored)).map(([name, value]) => [
        METRIC + name,
        value,
      ]),
    ),
  }));
  const values: Record<string, NDArray> = {};
  const metrics: Record<string, number> = {};
  let loss = Number.NaN;
  for (const [name, array] of Object.entries(arrays)) {
    const first = array.data[0] ?? Number.NaN;
    if (name === LOSS) loss = first;
    else if (name.startsWith(METRIC)) metrics[name.slice(METRIC.length)] = first;
    else values[name] = array;
  }
  return { values, loss, metrics };
}

/** The loss over the data that is scored, then the watched numbers, NaN where there is none: `[1 + n]`. Within a tidy. */
export function measured(
  program: Program,
  device: Resources,
  watches: readonly ParsedWatch[],
): tf.Tensor1D {
  const { parameters, scored, held } = device;
  const seen = watched(program, device, watches);
  const others = watches.map(({ text }) => seen[text]?.asScalar() ?? tf.scalar(Number.NaN));
  return tf.stack([lossOf(program, parameters, scored, held), ...others]) as tf.Tensor1D;
}

/** The tensors of the watches, by their text. One run of the model for each input that is watched. */
function watched(program: Program, device: Resources, watches: readonly ParsedWatch[]): Tensors {
  const found: Record<string, tf.Tensor> = {};
  const { parameters, held } = device;
  for (const probe of new Set(watches.map((watch) => watch.probe))) {
    const inputs = probe === undefined ? device.input : device.probes[probe];
    if (!inputs) continue;
    const own = watches.filter((watch) => watch.probe === probe);
    const scored = scorable(program, inputs, device.data);
    let seen: Tensors;
    try {
      seen = taps(program, parameters, inputs, held, scored);
    } catch (error) {
      // One of the page's own may be of a model that has just changed; it has no values until it fits.
      if (probe === undefined || !device.passing.includes(probe)) throw error;
      continue;
    }
    const all: Tensors = { ...seen, ...parameters };
    const known = Object.keys(all);
    for (const { text, name, gradient } of own) {
      const value = gradient ? null : together(all, name, known);
      if (value) found[text] = value;
    }
    const sought = own.filter(({ gradient }) => gradient);
    const names = [...new Set(sought.flatMap(({ name }) => namesMeant(name, known)))];
    if (!scored || names.length === 0) continue;
    const slopes = gradients(program, parameters, inputs, held, names);
    for (const { text, name } of sought) {
      const value = together(slopes, name, names);
      if (value) found[text] = value;
    }
  }
  return found;
}

/** The tensor of a name; of a name with a `*`, those it stands for, stacked; null where there is none, or their shapes differ. */
function together(tensors: Tensors, name: string, known: readonly string[]): tf.Tensor | null {
  const meant = namesMeant(name, known).map((one) => tensors[one] as tf.Tensor);
  const [first, ...others] = meant;
  if (!first || !name.includes("*")) return first ?? null;
  const alike = others.every(({ shape }) => tf.util.arraysEqual(shape, first.shape));
  return alike ? tf.stack(meant) : null;
}
