import { afterAll, beforeAll, expect, test } from "vitest";
import {
  decidedAt,
  lensLab,
  mostOf,
  ranked,
  sharesIn,
} from "../../chapters/09-mechanistic-interpretability/lensLab.ts";
import {
  nameOf,
  stages,
  tokensOf,
  writers,
} from "../../chapters/09-mechanistic-interpretability/lensText.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { LabSession } from "../../src/engine/session.ts";
import type { Frame } from "../../src/training/lab.ts";
import { runningLab } from "../contract/runningLab.ts";

let lab: LabSession;
beforeAll(async () => {
  lab = await runningLab("09-mechanistic-interpretability", lensLab, "wasm");
});
afterAll(() => lab.close());

/** The parts sum to the difference of logits, and each head's tokens to the head. */
function expectSums({ values }: Frame): void {
  const { dla, ell, through } = values;
  const parts = Array.from(dla?.data ?? []);
  const size = Math.max(1, ...parts.map(Math.abs));
  expect(parts).toHaveLength(writers.length);
  expect(parts.reduce((sum, one) => sum + one, 0) - entry(ell)).toBeLessThan(1e-5 * size);
  expect(entry(ell) - parts.reduce((sum, one) => sum + one, 0)).toBeLessThan(1e-5 * size);
  const [, heads = 0, T = 0] = through?.shape ?? [];
  for (const [i, { head }] of writers.entries()) {
    if (!head) continue;
    const first = (head.layer * heads + head.head) * T;
    const row = Array.from(through?.data.slice(first, first + T) ?? []);
    const sum = row.reduce((total, one) => total + one, 0);
    expect(Math.abs(sum - (parts[i] as number))).toBeLessThan(1e-5 * size);
  }
}

// Before anything is reset: these are of the model as the book ships it.
test.each([
  ["It was a cold day, and", "␣snow", "2, feed-forward"],
  ["Once a girl named Mia lost", "␣her", "2, feed-forward"],
  ["Tom wanted a red drum. So Mia made him a drum, and the drum was", "␣red", "1, attention"],
])("after “%s” it says “%s”, and has said so since: %s", async (text, answer, since) => {
  await lab.edit({ config: { text, place: 0, against: -2 } });
  const frame = await lab.frame();
  const place = tokensOf(text).length - 1;
  const shares = sharesIn(frame.values.lens_p, stages.length - 1, place);
  expect(nameOf(mostOf(shares, 1)[0] ?? 0)).toBe(answer);
  expect(stages[decidedAt(frame.values.lens_p, place)]?.label).toBe(since);
  expectSums(frame);
});

test("an empty text, which is a single token, is read too", async () => {
  await lab.edit({ config: { text: "", place: 0, against: -1 } });
  const frame = await lab.frame();
  expect(frame.values.lens_p?.shape[1]).toBe(1);
  expectSums(frame);
});

test("of what head 1.2 adds to snow, most is from cold", async () => {
  const text = "It was a cold day, and";
  await lab.edit({ config: { text, place: 0, against: -1 } });
  const { values } = await lab.frame();
  const head = ranked(values.dla).find(({ writer }) => writers[writer]?.label === "head 1.2");
  const [, , T = 0] = values.through?.shape ?? [];
  const row = values.through?.data.slice(T, 2 * T) ?? new Float32Array(0);
  const [most = 0] = mostOf(row, 1);
  expect(nameOf(tokensOf(text)[most] ?? 0)).toBe("␣cold");
  expect(row[most]).toBeGreaterThan(0.9 * (head?.value ?? 0));
});

test("at the start the stream mostly says the token that it has just read", async () => {
  const text = "Ben had four apples and gave one apple to a fox. Now Ben had";
  await lab.edit({ config: { text, place: 0 } });
  const { values } = await lab.frame();
  const tokens = tokensOf(text);
  const own = tokens.filter((token, t) => mostOf(sharesIn(values.lens_p, 0, t), 1)[0] === token);
  expect(own.length / tokens.length).toBeGreaterThan(0.7);
});

test.each([1, 2, 3])(
  "from seed %i the parts sum to the logits' difference, with a head out too, and the last lens is the model's own output",
  async (seed) => {
    await lab.edit({ config: { text: "Tom lost his blue kite.", place: 4, against: -2 } });
    await lab.reset(seed);
    await lab.watch(["lens", "logits"]);
    const frame = await lab.frame();
    expectSums(frame);
    const { lens, logits } = frame.values;
    const last = lens?.data.slice(-(logits?.data.length ?? 0)) ?? [];
    expect(
      Math.max(...Array.from(last, (one, i) => Math.abs(one - entry(logits, i)))),
    ).toBeLessThan(1e-5);
    await lab.write("blocks.1.attn.gate", [[[0]], [[1]], [[1]], [[1]]]);
    const without = await lab.frame();
    expectSums(without);
    expect(
      entry(
        without.values.dla,
        writers.findIndex(({ label }) => label === "head 2.1"),
      ),
    ).toBe(0);
    await lab.edit({ release: true });
  },
);
