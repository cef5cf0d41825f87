import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CapsuleError, decodeCapsule, encodeCapsule } from "../../src/training/capsule.ts";
import { capsuleFromLink, capsuleLink } from "../../src/training/capsuleLink.ts";
import { capsules } from "./arbitraryCapsule.ts";

const link = (inflated: Uint8Array) => deflateRawSync(inflated, { level: 9 }).toString("base64url");

describe("a link", () => {
  test("unfolds to the capsule it was made of", async () => {
    await fc.assert(
      fc.asyncProperty(capsules, async (capsule) => {
        const text = await capsuleLink(encodeCapsule(capsule));
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCapsule(await capsuleFromLink(text))).toEqual(capsule);
      }),
      { numRuns: 30 },
    );
  });

  test("carries any bytes, as other programs deflate them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        expect(await capsuleFromLink(link(bytes))).toEqual(bytes);
      }),
    );
  });

  test("of a small lab is short enough for a QR code", async () => {
    const text = await capsuleLink(
      encodeCapsule({
        lab: "perceptron-neuron",
        version: 1,
        config: { activation: "sigmoid" },
        seed: 1,
        step: 0,
        parameters: {
          w: { shape: [5], data: Float32Array.of(0.1, 0.2, 0.3, -0.4, 0.5) },
          b: { shape: [], data: Float32Array.of(0.5) },
        },
        slots: {},
        held: {},
        locked: {},
        written: ["w"],
        input: null,
        data: null,
      }),
    );
    // Version 40 at the lowest level of correction holds 2,953 bytes (ISO/IEC 18004).
    expect(text.length).toBeLessThan(600);
  });
});

describe("refused", () => {
  test.each(["", "a b", "ä", "%20", "abc=", "a+/b"])("the text %j", async (text) => {
    await expect(capsuleFromLink(text)).rejects.toThrow(CapsuleError);
    await expect(capsuleFromLink(text)).rejects.toThrow("letters, digits, - and _");
  });

  test("a link that is cut short", async () => {
    const text = link(new Uint8Array(500).map((_, i) => (i * i) % 251));
    for (let length = 0; length < text.length - 1; length += 7) {
      await expect(capsuleFromLink(text.slice(0, length))).rejects.toThrow(CapsuleError);
    }
  });

  test("a link that unfolds to more than 8 MiB, long before it is unfolded", async () => {
    const bomb = link(new Uint8Array(128 * 2 ** 20));
    const before = performance.now();
    await expect(capsuleFromLink(bomb)).rejects.toThrow("at most 8388608 bytes");
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test("random texts, or unfolded to some bytes, but never another error", async () => {
    const text = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/);
    await fc.assert(
      fc.asyncProperty(text, async (random) => {
        const error = await capsuleFromLink(random).catch((thrown: unknown) => thrown);
        if (!(error instanceof Uint8Array)) expect(error).toBeInstanceOf(CapsuleError);
      }),
      { numRuns: 200 },
    );
  });
});
