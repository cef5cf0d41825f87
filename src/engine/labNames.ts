import { shapeText } from "../data/ndarray.ts";
import type { LabState } from "./labState.ts";
import type { NamedShape, Names } from "./methods.ts";
import { namesMeant, type ParsedWatch } from "./watch.ts";

/** All that can be read of a lab. */
export function namesOf(state: LabState): Names {
  return {
    params: named(state.parameterShapes, ({ shape }) => shape),
    taps: named(state.tapShapes(), (shape) => shape),
  };
}

function named<T>(
  record: Readonly<Record<string, T>>,
  shapeOf: (value: T) => readonly number[],
): NamedShape[] {
  return Object.entries(record).map(([name, value]) => ({ name, shape: shapeOf(value) }));
}

function list(names: readonly string[]): string {
  return names.join(", ") || "none";
}

/** @throws RangeError naming what there is, when the lab has no parameter or tap of this name */
export function checkName(state: LabState, name: string): void {
  const { params, taps } = namesOf(state);
  if ([...params, ...taps].some((one) => one.name === name)) return;
  const [parameters, tapped] = [params, taps].map((all) => list(all.map((one) => one.name)));
  throw new RangeError(
    `There is no "${name}" in this lab. Parameters: ${parameters}. Taps: ${tapped}.`,
  );
}

/** @throws RangeError naming what there is, when no name fits, or the shapes of what a `*` stands for differ */
function checkMeant(state: LabState, name: string): void {
  const { params, taps } = namesOf(state);
  const all = [...params, ...taps];
  const meant = namesMeant(
    name,
    all.map((one) => one.name),
  );
  if (!name.includes("*") || meant.length === 0) {
    checkName(state, name);
    return;
  }
  const shapes = meant.map((one) => all.find((known) => known.name === one)?.shape ?? []);
  const odd = shapes.findIndex((shape) => shape.join() !== shapes[0]?.join());
  if (odd === -1) return;
  throw new RangeError(
    `"${name}" takes quantities of one shape: ${meant[0]} is ${shapeText(shapes[0] ?? [])}, ${meant[odd]} is ${shapeText(shapes[odd] ?? [])}.`,
  );
}

/** @throws RangeError saying what is missing, when the watch has no value in the lab as it is now */
export function checkWatch(state: LabState, { name, probe, gradient }: ParsedWatch): void {
  checkMeant(state, name);
  if (probe !== undefined && !state.probeNames.includes(probe)) {
    throw new RangeError(
      `There is no probe "${probe}" in this lab. Probes: ${list(state.probeNames)}.`,
    );
  }
  if (gradient && probe === undefined && !state.isScorable()) {
    const needed = Object.keys(state.data).join(" and ");
    throw new RangeError(
      `A gradient needs a loss, and the loss needs ${needed} in the current input, which holds ${list(Object.keys(state.input))}.`,
    );
  }
}
