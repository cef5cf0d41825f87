import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Capsule,
  CapsuleError,
  decodeCapsule,
  encodeCapsule,
} from "../../src/training/capsule.ts";
import { capsules } from "./arbitraryCapsule.ts";

const example: Capsule = {
  lab: "perceptron-line",
  version: 2,
  config: { optimiser: "adam", learningRate: 0.1, bias: true },
  seed: 7,
  step: 12,
  parameters: {
    w: { shape: [2], data: Float32Array.of(0.5, -1.25) },
    b: { shape: [], data: Float32Array.of(3) },
  },
  slots: { "m/w": { shape: [2], data: Float32Array.of(1, 2) } },
  held: { y_hat: { shape: [2], data: Float32Array.of(0, 1) } },
  locked: { w: { shape: [2], data: Float32Array.of(0, 1) } },
  written: ["w"],
  input: { x: { shape: [1, 2], data: Float32Array.of(1, 0) } },
  data: null,
};

/** The header and the numbers of a file, found without the book's reader. */
function parts(bytes: Uint8Array): { header: Record<string, unknown>; numbers: Uint8Array } {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  return { header, numbers: bytes.slice(8 + length) };
}

function assembled(header: string, numbers: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(numbers, 8 + text.length);
  return bytes;
}

/** The example's file with something else in its header. */
function withHeader(change: (header: Record<string, unknown>) => unknown): Uint8Array<ArrayBuffer> {
  const { header, numbers } = parts(encodeCapsule(example));
  return assembled(JSON.stringify(change(header) ?? header), numbers);
}

const withMetadata = (change: Record<string, unknown>) =>
  withHeader((header) => {
    header.__metadata__ = { ...(header.__metadata__ as object), ...change };
  });

const withEntry = (name: string, change: Record<string, unknown>) =>
  withHeader((header) => {
    header[name] = { ...(header[name] as object), ...change };
  });

const renamed = (from: string, to: string) =>
  withHeader((header) =>
    Object.fromEntries(
      Object.entries(header).map(([key, value]) => [key === from ? to : key, value]),
    ),
  );

/** The example's file, "adam" spelt with a byte that occurs in no UTF-8. */
function withBrokenText(): Uint8Array<ArrayBuffer> {
  const bytes = encodeCapsule(example);
  bytes[Buffer.from(bytes).indexOf("adam")] = 0xff;
  return bytes;
}

/** Decodes, and lets nothing pass but a capsule that can be saved again, or a CapsuleError. */
function decodedOrRefused(bytes: Uint8Array): Capsule | null {
  try {
    const capsule = decodeCapsule(bytes);
    encodeCapsule(capsule);
    return capsule;
  } catch (error) {
    expect(error).toBeInstanceOf(CapsuleError);
    expect((error as Error).message).toMatch(/^Expected .*\.$/s);
    return null;
  }
}

describe("a capsule's file", () => {
  test("opens as the capsule it was made of", () => {
    expect(decodeCapsule(encodeCapsule(example))).toEqual(example);
    fc.assert(
      fc.property(capsules, (capsule) => {
        expect(decodeCapsule(encodeCapsule(capsule))).toEqual(capsule);
      }),
    );
  });

  test("opens wherever it lies in memory", () => {
    const bytes = encodeCapsule(example);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(decodeCapsule(shifted)).toEqual(example);
  });

  test("holds the parameters under their own names and everything else under kind@name", () => {
    const { header } = parts(encodeCapsule(example));
    expect(Object.keys(header)).toEqual([
      "__metadata__",
      "w",
      "b",
      "slot@m/w",
      "held@y_hat",
      "locked@w",
      "input@x",
    ]);
    expect(header.__metadata__).toEqual({
      format: "unrolled-capsule-1",
      lab: "perceptron-line",
      version: "2",
      config: '{"optimiser":"adam","learningRate":0.1,"bias":true}',
      seed: "7",
      step: "12",
      written: '["w"]',
      input: "own",
      data: "lab",
    });
  });
});

describe("what is not well formed is not saved", () => {
  const array = (...numbers: number[]) => ({
    shape: [numbers.length],
    data: Float32Array.from(numbers),
  });
  test.each<[string, Partial<Capsule>, string]>([
    ["a number that is NaN", { parameters: { w: array(1, Number.NaN) } }, "entry 1 is NaN"],
    ["a name with @", { parameters: { "w@x": array(1) }, slots: {} }, '"w@x"'],
    ["a name of every object", { held: { constructor: array(1) } }, '"constructor"'],
    ["a slot without its parameter", { slots: { "m/v": array(1) } }, '"m/v"'],
    [
      "a shape that is not filled",
      { data: { x: { shape: [2], data: new Float32Array(3) } } },
      "[2]",
    ],
    ["half a lock", { locked: { w: array(0, 0.5) } }, "entry 1 is 0.5"],
    ["a step below 0", { step: -1 }, "got -1"],
    ["a setting that is NaN", { config: { a: Number.NaN } }, "got NaN"],
  ])("%s", (_what, change, message) => {
    expect(() => encodeCapsule({ ...example, ...change })).toThrow(CapsuleError);
    expect(() => encodeCapsule({ ...example, ...change })).toThrow(message);
  });
});

describe("refused with what was expected and what arrived", () => {
  const refused: [string, () => Uint8Array, string][] = [
    ["nothing", () => new Uint8Array(0), "got 0 bytes"],
    ["a length beyond the file", () => new Uint8Array(16).fill(255), "18446744073709551615"],
    ["a header that is no JSON", () => assembled("{", new Uint8Array(0)), "JSON"],
    ["a text in the header that is no UTF-8", withBrokenText, "UTF-8"],
    ["a header that is a list", () => assembled("[]", new Uint8Array(0)), "got a list of 0"],
    ["a header of nested lists", () => assembled("[".repeat(1e6), new Uint8Array(0)), "JSON"],
    ["no metadata", () => assembled("{}", new Uint8Array(0)), "a file without that mark"],
    ["another format", () => withMetadata({ format: "pt" }), 'got "pt"'],
    ["metadata that is a number", () => withMetadata({ step: 3 }), 'metadata "step", got 3'],
    [
      "metadata that is a list",
      () => withHeader((h) => ({ ...h, __metadata__: [] })),
      "a list of 0",
    ],
    ["no seed", () => withMetadata({ seed: undefined }), "its seed"],
    ["metadata nobody knows", () => withMetadata({ author: "x" }), '"author" too'],
    ["metadata __proto__", () => withMetadata(JSON.parse('{"__proto__":"x"}')), '"__proto__" too'],
    ["half a step", () => withMetadata({ step: "1.5" }), 'whole number as step, got "1.5"'],
    ["a step below 0", () => withMetadata({ step: "-1" }), "from 0 as step, got -1"],
    ["a step beyond 2⁵³", () => withMetadata({ step: "9007199254740993" }), "as step"],
    ["no id of a lab", () => withMetadata({ lab: "<b>" }), 'got "<b>"'],
    ["settings that are a list", () => withMetadata({ config: "[]" }), "config, got a list of 0"],
    ["settings that are no JSON", () => withMetadata({ config: "{" }), "JSON as config"],
    ["an infinite setting", () => withMetadata({ config: '{"a":1e999}' }), "a, got Infinity"],
    ["a setting in a setting", () => withMetadata({ config: '{"a":{}}' }), "a, got an object"],
    ["a setting __proto__", () => withMetadata({ config: '{"__proto__":1}' }), '"__proto__"'],
    ["written that is no list", () => withMetadata({ written: "{}" }), "by hand, got an object"],
    ["written twice", () => withMetadata({ written: '["w","w"]' }), "different names"],
    ["written that is no name", () => withMetadata({ written: "[1]" }), "by hand, got 1"],
    ["input of the lab, but given", () => withMetadata({ input: "lab" }), "got 1 arrays"],
    ["input of nobody", () => withMetadata({ input: "x" }), '"own" or "lab", got "x"'],
    ["a tensor that is no entry", () => withHeader((h) => ({ ...h, w: 3 })), '"w", got 3'],
    ["an entry with more in it", () => withEntry("w", { more: 1 }), '"more" too'],
    ["a dtype nobody knows", () => withEntry("w", { dtype: "C64" }), 'got "C64"'],
    ["a dtype of every object", () => withEntry("w", { dtype: "toString" }), '"toString"'],
    ["a dtype that capsules have not", () => withEntry("w", { dtype: "I32" }), "F32 numbers"],
    ["a shape below 0", () => withEntry("w", { shape: [-2] }), "whole numbers from 0"],
    ["a shape of half", () => withEntry("w", { shape: [0.5] }), "whole numbers from 0"],
    ["a shape of nine", () => withEntry("w", { shape: new Array(9).fill(1) }), "a list of 9"],
    ["a shape that is not filled", () => withEntry("w", { shape: [3] }), "Expected 12 bytes"],
    ["a shape beyond all memory", () => withEntry("w", { shape: [2 ** 52, 2 ** 52] }), "span 8"],
    ["offsets below 0", () => withEntry("w", { data_offsets: [-8, 0] }), "data_offsets"],
    ["three offsets", () => withEntry("w", { data_offsets: [0, 8, 8] }), "a list of 3"],
    ["offsets backwards", () => withEntry("w", { data_offsets: [8, 0] }), "span -8"],
    ["overlapping tensors", () => withEntry("b", { data_offsets: [4, 8] }), "side by side"],
    ["a gap", () => withEntry("input@x", { data_offsets: [48, 56] }), "side by side"],
    ["tensors beyond the end", () => encodeCapsule(example).slice(0, -4), "cut short"],
    [
      "something after the end",
      () => new Uint8Array([...encodeCapsule(example), 0]),
      "something added",
    ],
    ["a parameter constructor", () => renamed("b", "constructor"), '"constructor"'],
    ["a parameter __proto__", () => renamed("b", "__proto__"), '"__proto__"'],
    ["a parameter with a space", () => renamed("b", "a b"), '"a b"'],
    ["a kind nobody knows", () => renamed("held@y_hat", "kept@y_hat"), '"kept@y_hat"'],
    ["a kind of every object", () => renamed("held@y_hat", "toString@y"), '"toString@y"'],
    ["a slot of no parameter", () => renamed("slot@m/w", "slot@m/v"), '"m/v"'],
    ["a slot of every object", () => renamed("slot@m/w", "slot@m/valueOf"), '"m/valueOf"'],
    ["locks of no parameter", () => renamed("locked@w", "locked@v"), 'parameters, got "v"'],
    ["locks of another shape", () => withEntry("locked@w", { shape: [1, 2] }), "got [1, 2]"],
    ["a slot in a slot", () => renamed("slot@m/w", "slot@m/w/w"), '"m/w/w"'],
    [
      "a slot of another shape",
      () => withEntry("slot@m/w", { shape: [1, 2] }),
      "to be [2] as its parameter is, got [1, 2]",
    ],
    [
      "a number that is NaN",
      () => new Uint8Array([...encodeCapsule(example).slice(0, -4), 0, 0, 0xc0, 0x7f]),
      "finite numbers in input x, but entry 1 is NaN",
    ],
  ];
  test.each(refused)("%s", (_what, make, message) => {
    const bytes = make();
    expect(() => decodeCapsule(bytes)).toThrow(message);
    expect(decodedOrRefused(bytes)).toBeNull();
  });

  test("a file of more than 64 MiB, before it is looked at", () => {
    expect(() => decodeCapsule(new Uint8Array(64 * 2 ** 20 + 1))).toThrow("at most 67108864 bytes");
  });
});

describe("random corruption yields a CapsuleError or a capsule that is whole", () => {
  const bytes = encodeCapsule(example);
  const runs = { numRuns: 2000 };

  test("flipped bytes", () => {
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(flips, (changes) => {
        const flipped = bytes.slice();
        for (const [at, mask] of changes) flipped[at] = (flipped[at] as number) ^ mask;
        decodedOrRefused(flipped);
      }),
      runs,
    );
  });

  test("every truncation is refused", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(decodedOrRefused(bytes.slice(0, length))).toBeNull();
    }
  });

  test("inserted and deleted pieces", () => {
    fc.assert(
      fc.property(
        fc.nat(bytes.length),
        fc.nat(12),
        fc.uint8Array({ maxLength: 12 }),
        (at, cut, piece) => {
          decodedOrRefused(
            new Uint8Array([...bytes.slice(0, at), ...piece, ...bytes.slice(at + cut)]),
          );
        },
      ),
      runs,
    );
  });

  test("headers with something else in one place", () => {
    const { header, numbers } = parts(bytes);
    const places = Object.entries(header).flatMap(
      ([name, entry]) =>
        [[name], ...Object.keys(entry as object).map((key) => [name, key])] as string[][],
    );
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("__proto__", "constructor", "", "-0", "1e3", "0x10", "[".repeat(1000)),
      fc.array(fc.oneof(fc.maxSafeInteger(), fc.double()), { maxLength: 4 }),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), hostile, fc.boolean(), (place, value, asKey) => {
        const changed = structuredClone(header) as Record<string, Record<string, unknown>>;
        const [name, key] = place as [string, string?];
        if (key === undefined && asKey) changed[String(value)] = changed[name] ?? {};
        else if (key === undefined) Object.assign(changed, { [name]: value });
        else Object.assign(changed[name] as object, { [key]: value });
        decodedOrRefused(assembled(JSON.stringify(changed), numbers));
      }),
      runs,
    );
  });

  test("texts that are no header, and bytes that are no file", () => {
    fc.assert(
      fc.property(fc.json(), fc.uint8Array(), (text, tail) => {
        decodedOrRefused(assembled(text, tail));
        decodedOrRefused(tail);
      }),
      runs,
    );
  });

  test("nothing of it reaches Object.prototype", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const proto = '{"__proto__":{"polluted":1}}';
    decodedOrRefused(assembled(proto, new Uint8Array(0)));
    decodedOrRefused(withMetadata({ config: proto }));
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect("polluted" in {}).toBe(false);
  });
});
