import { type Arrays, type NDArray, shapeText, sizeOf } from "../data/ndarray.ts";
import type { Config, ConfigValue } from "./lab.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { SafetensorsError, shown } from "./safetensorsHeader.ts";

/** A lab's whole state as one value: what undo, save, load and share are about. */
export interface Capsule {
  /** Id of the lab, and the version of it that wrote the capsule. */
  readonly lab: string;
  readonly version: number;
  readonly config: Config;
  readonly seed: number;
  readonly step: number;
  readonly parameters: Arrays;
  /** What the optimiser remembers, keyed `slot/parameter` (`m/w`), of the parameter's shape. */
  readonly slots: Arrays;
  /** Taps that the reader holds at a value. */
  readonly held: Arrays;
  /** Entries of parameters that training may not move: a mask of the parameter's shape, 1 where locked. */
  readonly locked: Arrays;
  /** Parameters that the reader changed by hand. */
  readonly written: readonly string[];
  /** The reader's own input and data; null where they are the lab's. */
  readonly input: Arrays | null;
  readonly data: Arrays | null;
}

/** A capsule cannot be used; the message is one sentence for the reader. */
export class CapsuleError extends Error {
  override readonly name = "CapsuleError";
}

/** The largest capsule that is opened. */
export const maxCapsuleBytes = 64 * 2 ** 20;

const format = "unrolled-capsule-1";
const metadataKeys = [
  "format",
  "lab",
  "version",
  "config",
  "seed",
  "step",
  "written",
  "input",
  "data",
] as const;
type Metadata = Record<(typeof metadataKeys)[number], string>;

/**
 * Parameters stand in the file under their own names, so that PyTorch reads them as a state dict. What
 * else there is stands under `kind@name`. No parameter has an `@` in its name: a watch (`y_hat@grid`)
 * uses it in the same way.
 */
const kinds = ["slot", "held", "locked", "input", "data"] as const;
type Kind = (typeof kinds)[number];

/** ASCII letters, digits and `_`, in parts divided by dots: `blocks.0.attn.W_Q`. */
const namePattern = /^[A-Za-z]\w*(\.\w+)*$/;
const maxNameLength = 200;

/**
 * The capsule as a `.safetensors` file.
 *
 * @throws CapsuleError when something in it is not well formed, as when a number is NaN
 */
export function encodeCapsule(capsule: Capsule): Uint8Array<ArrayBuffer> {
  const numbers = Object.values(capsule.parameters).reduce((sum, { data }) => sum + data.length, 0);
  if (4 * numbers > maxCapsuleBytes) {
    throw new CapsuleError(
      `This model’s ${numbers.toLocaleString("en")} numbers are more than a saved lab may hold (${maxCapsuleBytes} bytes). “Save for PyTorch” writes the weights alone.`,
    );
  }
  checkCapsule(capsule);
  const tensors = new Map<string, NDArray>(Object.entries(capsule.parameters));
  const { slots, held, locked, input, data } = capsule;
  const others = { slot: slots, held, locked, input: input ?? {}, data: data ?? {} };
  for (const [kind, arrays] of Object.entries(others satisfies Record<Kind, Arrays>)) {
    for (const [name, array] of Object.entries(arrays)) tensors.set(`${kind}@${name}`, array);
  }
  return writeSafetensors(tensors, {
    format,
    lab: capsule.lab,
    version: String(capsule.version),
    config: JSON.stringify(capsule.config),
    seed: String(capsule.seed),
    step: String(capsule.step),
    written: JSON.stringify(capsule.written),
    input: capsule.input === null ? "lab" : "own",
    data: capsule.data === null ? "lab" : "own",
  } satisfies Metadata);
}

/**
 * The capsule in a `.safetensors` file, every part of it checked: it may come from anywhere.
 *
 * It does not know the lab; whether configuration and shapes fit that is for the caller to check.
 *
 * @throws CapsuleError, and nothing else, saying what was expected and what arrived
 */
export function decodeCapsule(bytes: Uint8Array): Capsule {
  if (bytes.length > maxCapsuleBytes) {
    throw new CapsuleError(
      `Expected a saved lab of at most ${maxCapsuleBytes} bytes, got ${bytes.length}.`,
    );
  }
  const { metadata, tensors } = readFile(bytes);
  const text = checkedMetadata(metadata);
  const arrays: Record<Kind | "parameter", [string, NDArray][]> = {
    parameter: [],
    slot: [],
    held: [],
    locked: [],
    input: [],
    data: [],
  };
  for (const [key, { dtype, shape, data }] of tensors) {
    if (dtype !== "F32") {
      throw new CapsuleError(`Expected F32 numbers in ${shown(key)}, got ${dtype}.`);
    }
    const [kind, name] = kindAndName(key);
    arrays[kind].push([name, { shape, data }]);
  }
  const capsule: Capsule = {
    lab: text.lab,
    version: wholeNumber("version", text.version),
    config: json("config", text.config) as Config,
    seed: wholeNumber("seed", text.seed),
    step: wholeNumber("step", text.step),
    parameters: Object.fromEntries(arrays.parameter),
    slots: Object.fromEntries(arrays.slot),
    held: Object.fromEntries(arrays.held),
    locked: Object.fromEntries(arrays.locked),
    written: json("written", text.written) as string[],
    input: ownArrays("input", text.input, arrays.input),
    data: ownArrays("data", text.data, arrays.data),
  };
  checkCapsule(capsule);
  return capsule;
}

/** Whether the bytes are marked as a capsule; another `.safetensors` file may hold PyTorch's tensors. */
export function isCapsule(bytes: Uint8Array): boolean {
  return bytes.length > maxCapsuleBytes || readFile(bytes).metadata.get("format") === format;
}

function readFile(bytes: Uint8Array) {
  try {
    return readSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new CapsuleError(error.message, { cause: error });
    throw error;
  }
}

function checkedMetadata(metadata: ReadonlyMap<string, string>): Metadata {
  const arrived = metadata.get("format");
  if (arrived !== format) {
    throw new CapsuleError(
      `Expected a lab saved by this book (format ${shown(format)}), got ${arrived === undefined ? "a file without that mark" : shown(arrived)}.`,
    );
  }
  const missing = metadataKeys.find((key) => !metadata.has(key));
  if (missing !== undefined) {
    throw new CapsuleError(`Expected the saved lab to say its ${missing}, but it does not.`);
  }
  const known: readonly string[] = metadataKeys;
  const unknown = [...metadata.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new CapsuleError(
      `Expected only ${metadataKeys.join(", ")} to be said of a saved lab, got ${shown(unknown)} too.`,
    );
  }
  return Object.fromEntries(metadata) as Metadata;
}

function kindAndName(key: string): [Kind | "parameter", string] {
  const at = key.indexOf("@");
  if (at < 0) return ["parameter", key];
  const kind = kinds.find((candidate) => candidate === key.slice(0, at));
  if (kind === undefined) {
    throw new CapsuleError(
      `Expected ${kinds.join(", ")} before the @ in a name, got ${shown(key)}.`,
    );
  }
  return [kind, key.slice(at + 1)];
}

function wholeNumber(what: string, text: string): number {
  if (!/^-?\d{1,16}$/.test(text)) {
    throw new CapsuleError(`Expected a whole number as ${what}, got ${shown(text)}.`);
  }
  return Number(text);
}

function json(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CapsuleError(`Expected JSON as ${what}, got ${shown(text)}.`);
  }
}

function ownArrays(what: Kind, whose: string, arrays: [string, NDArray][]): Arrays | null {
  if (whose === "own") return Object.fromEntries(arrays);
  if (whose !== "lab") {
    throw new CapsuleError(`Expected ${what} to be "own" or "lab", got ${shown(whose)}.`);
  }
  if (arrays.length > 0) {
    throw new CapsuleError(
      `Expected no ${what} in a saved lab that uses the lab's, got ${arrays.length} arrays.`,
    );
  }
  return null;
}

function checkCapsule(capsule: Capsule): void {
  const { lab, version, seed, step, parameters, slots, held, written, input, data } = capsule;
  if (!/^[a-z0-9][a-z0-9-]{0,99}$/.test(lab)) {
    throw new CapsuleError(
      `Expected the id of a lab, such as "perceptron-line", got ${shown(lab)}.`,
    );
  }
  checkCount("version", version);
  checkCount("step", step);
  if (!Number.isSafeInteger(seed)) {
    throw new CapsuleError(`Expected a whole number as seed, got ${seed}.`);
  }
  checkConfig(capsule.config);
  checkWritten(written);
  checkArrays("parameter", parameters);
  checkArrays("held tap", held);
  checkArrays("input", input ?? {});
  checkArrays("data", data ?? {});
  for (const [key, slot] of Object.entries(slots)) checkSlot(key, slot, parameters);
  for (const [name, mask] of Object.entries(capsule.locked)) checkMask(name, mask, parameters);
}

function checkCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new CapsuleError(`Expected a whole number from 0 as ${what}, got ${value}.`);
  }
}

function isConfigValue(value: unknown): value is ConfigValue {
  if (typeof value === "string") return value.length <= 1000;
  return typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

function checkConfig(config: unknown): void {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new CapsuleError(`Expected settings by name as config, got ${shown(config)}.`);
  }
  for (const [name, value] of Object.entries(config)) {
    checkName("setting", name);
    if (!isConfigValue(value)) {
      throw new CapsuleError(
        `Expected a finite number, a short text, true or false as setting ${name}, got ${shown(value)}.`,
      );
    }
  }
}

function checkWritten(written: unknown): void {
  if (!Array.isArray(written) || new Set(written).size !== written.length) {
    throw new CapsuleError(
      `Expected a list of different names of parameters changed by hand, got ${shown(written)}.`,
    );
  }
  for (const name of written) checkName("parameter changed by hand", name);
}

/** Names that every object has (`constructor`, `toString`) would be found in any table. */
function checkName(what: string, name: unknown): void {
  const fits =
    typeof name === "string" &&
    name.length <= maxNameLength &&
    namePattern.test(name) &&
    !(name in Object.prototype);
  if (!fits) {
    throw new CapsuleError(
      `Expected letters, digits, _ and dots as the name of a ${what}, got ${shown(name)}.`,
    );
  }
}

function checkArrays(what: string, arrays: Arrays): void {
  for (const [name, array] of Object.entries(arrays)) {
    checkName(what, name);
    checkNumbers(`${what} ${name}`, array);
  }
}

function checkNumbers(what: string, { shape, data }: NDArray): void {
  if (data.length !== sizeOf(shape)) {
    throw new CapsuleError(
      `Expected ${sizeOf(shape)} numbers in ${what} of shape ${shapeText(shape)}, got ${data.length}.`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new CapsuleError(`Expected finite numbers in ${what}, but entry ${bad} is ${data[bad]}.`);
  }
}

function checkSlot(key: string, slot: NDArray, parameters: Arrays): void {
  const [name, of, ...more] = key.split("/");
  checkName("optimiser slot", name);
  const parameter =
    of !== undefined && more.length === 0 && Object.hasOwn(parameters, of) ? parameters[of] : null;
  if (!parameter) {
    throw new CapsuleError(
      `Expected an optimiser slot to be named SLOT/PARAMETER after one of the parameters, got ${shown(key)}.`,
    );
  }
  if (shapeText(slot.shape) !== shapeText(parameter.shape)) {
    throw new CapsuleError(
      `Expected optimiser slot ${shown(key)} to be ${shapeText(parameter.shape)} as its parameter is, got ${shapeText(slot.shape)}.`,
    );
  }
  checkNumbers(`optimiser slot ${key}`, slot);
}

function checkMask(name: string, mask: NDArray, parameters: Arrays): void {
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (!parameter) {
    throw new CapsuleError(`Expected locks on one of the parameters, got ${shown(name)}.`);
  }
  if (shapeText(mask.shape) !== shapeText(parameter.shape)) {
    throw new CapsuleError(
      `Expected the locks of ${shown(name)} to be ${shapeText(parameter.shape)} as the parameter is, got ${shapeText(mask.shape)}.`,
    );
  }
  checkNumbers(`the locks of ${name}`, mask);
  const bad = mask.data.findIndex((value) => value !== 0 && value !== 1);
  if (bad >= 0) {
    throw new CapsuleError(
      `Expected 1 (locked) or 0 (free) in the locks of ${shown(name)}, but entry ${bad} is ${mask.data[bad]}.`,
    );
  }
}
