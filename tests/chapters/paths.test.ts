import { afterAll, beforeAll, expect, test } from "vitest";
import { pathsLab } from "../../chapters/09-mechanistic-interpretability/pathsLab.ts";
import {
  askedOf,
  headNames,
  originsOf,
  pathsInto,
  ranked,
  saidBy,
  scoreTap,
} from "../../chapters/09-mechanistic-interpretability/pathsNumbers.ts";
import { repeatSizes } from "../../chapters/09-mechanistic-interpretability/repeats.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { LabSession } from "../../src/engine/session.ts";
import { runningLab } from "../contract/runningLab.ts";

const seeds = [1, 2, 3, 4, 5];
const { heads, V } = repeatSizes;

let lab: LabSession;
beforeAll(async () => {
  lab = await runningLab("09-mechanistic-interpretability", pathsLab, "wasm");
});
afterAll(() => lab.close());

/** What is in float32 of numbers of this size, after some thousand additions. */
const roundOff = (size: number) => 2e-5 * Math.max(1, size);

const largest = (data: ArrayLike<number>) =>
  Array.from(data).reduce((most, one) => Math.max(most, Math.abs(one)), 0);

/** Opens the lab as it was declared: trained, nothing taken out. */
async function trained(): Promise<void> {
  await lab.close();
  lab = await runningLab("09-mechanistic-interpretability", pathsLab, "wasm");
}

test.each(seeds)(
  "from seed %i the paths sum to the model's logits, trained or not",
  async (seed) => {
    await lab.reset(seed);
    for (const apart of [false, true]) {
      await lab.configure({ apart });
      const { values } = await lab.frame();
      expect(values["paths.terms"]?.shape[0]).toBe(apart ? 18 : 9);
      const size = largest(values.logits?.data ?? []);
      expect(entry(values["paths.error"])).toBeLessThan(roundOff(size));
    }
  },
);

test.each(seeds)(
  "from seed %i what starts at a letter and at its place sum to what starts at both",
  async (seed) => {
    await lab.reset(seed);
    const terms = async (apart: boolean) => {
      await lab.configure({ apart });
      const frame = await lab.frame();
      const { place } = askedOf(frame);
      return pathsInto(2, { apart }).map((path, i) => ({ path, said: saidBy(frame, i, place) }));
    };
    const [together, apart] = [await terms(false), await terms(true)];
    for (const { path, said } of together) {
      const own = apart.filter((one) => one.path.heads.join() === path.heads.join());
      expect(own).toHaveLength(2);
      for (const [v, logit] of said.entries()) {
        const sum = own.reduce((total, one) => total + (one.said[v] ?? 0), 0);
        expect(Math.abs(sum - logit)).toBeLessThan(roundOff(largest(said)));
      }
    }
  },
);

test.each(seeds)(
  "from seed %i what comes from each place sums to what the path says",
  async (seed) => {
    await lab.reset(seed);
    await lab.configure({ apart: false });
    const frame = await lab.frame();
    for (const { index, value } of ranked(frame)) {
      const origins = originsOf(frame, index);
      const sum = origins.reduce((total, one) => total + one.value, 0);
      expect(Math.abs(sum - value)).toBeLessThan(
        roundOff(largest(origins.map((one) => one.value))),
      );
      expect(origins.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 4);
    }
  },
);

test.each(headNames.flat())(
  "to cut all that passes head %s is to take the head out of the model",
  async (name) => {
    await trained();
    const [layer, head] = name.split(".").map((one) => Number(one) - 1) as [number, number];
    const paths = pathsInto(2, {}).map((path) => Number(!path.heads.includes(name)));
    const before = pathsInto(1, {}).map((path) => Number(!path.heads.includes(name)));
    const scores = before.map((q) => before.map((k) => q * k));
    const gates = Array.from({ length: heads }, (_, h) => [[Number(h !== head)]]);
    await lab.edit({
      write: {
        [`blocks.${layer}.attn.gate`]: gates,
        "paths.kept": paths,
        ...Object.fromEntries(
          Array.from({ length: heads }, (_, h) => [scoreTap(h, "kept"), scores]),
        ),
      },
    });
    const frame = await lab.frame();
    expect(entry(frame.values["paths.error"])).toBeLessThan(
      roundOff(largest(frame.values.logits?.data ?? [])),
    );
    // And it was not nothing that was cut.
    await lab.edit({ release: true });
    const whole = await lab.frame();
    const [cut, all] = [frame, whole].map(({ values }) => entry(values.logits, 13 * V));
    expect(cut).not.toBe(all);
  },
);

/** What a guess among all letters costs. */
const guess = Math.log(V);

test.each([0, 2])(
  "what is carried by the second layer's heads alone is enough, if they look where the first says: seed %i",
  async (seed) => {
    await trained();
    if (seed > 0) {
      await lab.reset(seed);
      await lab.train(150);
    }
    const lossWith = async (label: string) => {
      const preset = pathsLab.presets?.find((one) => one.label === label);
      if (!preset) throw new Error(`There is no preset "${label}".`);
      await lab.edit(preset.edit);
      return entry((await lab.frame()).values["paths.L@held"]);
    };
    const whole = await lossWith("All paths");
    expect(whole).toBeLessThan(guess / 8);
    // From seeds 2 to 6 after 400 steps: 0.03 to 0.06, then 0.05 to 0.16, then 5.1 to 6.9.
    expect(await lossWith("Only the second layer’s heads")).toBeLessThan(whole + 0.3);
    expect(await lossWith("Blind to the first layer")).toBeGreaterThan(guess);
  },
);
