import { afterAll, beforeAll, expect, test } from "vitest";
import {
  greatest,
  interventionsLab,
} from "../../chapters/09-mechanistic-interpretability/interventionsLab.ts";
import {
  partsOf,
  sitesOf,
  strengths,
} from "../../chapters/09-mechanistic-interpretability/interventionsNumbers.ts";
import { repeatSizes } from "../../chapters/09-mechanistic-interpretability/repeats.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { LabSession } from "../../src/engine/session.ts";
import type { Config } from "../../src/training/lab.ts";
import { runningLab } from "../contract/runningLab.ts";

const { V } = repeatSizes;
const text = "CFADBHCFA";
const n = text.length;

let lab: LabSession;
beforeAll(async () => {
  lab = await runningLab("09-mechanistic-interpretability", interventionsLab, "wasm");
  const watches = ["r@patching", "cut_loss@cutting", "cut_p@cutting", "steered_p@steering"];
  await lab.watch(watches);
});
afterAll(() => lab.close());

async function frameWith(config: Partial<Config>) {
  await lab.edit({ config: { text, ...config } });
  return lab.frame();
}

/** The share restored at a site and a letter, from 1. */
async function restoredFrom(other: string) {
  const { values, config } = await frameWith({ act: "patch", other });
  const labels = sitesOf(config).map(({ label }) => label);
  return (label: string, letter: number) =>
    entry(values["r@patching"], labels.indexOf(label) * n + letter - 1);
}

/** What the chapter tells of a two-layer model that has learnt to repeat. */
async function expectTheStory(): Promise<void> {
  const earlier = await restoredFrom("CFGDBHCFA");
  expect(earlier("after layer 1", 4)).toBeGreaterThan(0.8);
  expect(earlier("after layer 1", 9)).toBeLessThan(0.1);
  const said = await restoredFrom("CFAGBHCFA");
  expect(said("after layer 1", 4)).toBeGreaterThan(0.9);
  expect(Math.abs(said("head 1.1", 4)) + Math.abs(said("head 1.2", 4))).toBeLessThan(0.1);

  const out = "head 1.1,head 1.2";
  const loss = (await frameWith({ act: "cut", how: "mean", out })).values["cut_loss@cutting"];
  expect(entry(loss, 5)).toBeGreaterThan(Math.log(V));

  const letterPushed = async (stream: number) => {
    const { values } = await frameWith({ act: "steer", stream, to: 1, alpha: 1 });
    return greatest(values["steered_p@steering"]?.data, strengths.length).letter;
  };
  expect(await letterPushed(1)).toBe("H");
  expect(await letterPushed(2)).toBe("D");
}

test("the model that the lab opens with does what the chapter tells, head by head", async () => {
  await expectTheStory();
  const loss = (await frameWith({ act: "cut", how: "mean", out: "" })).values["cut_loss@cutting"];
  expect(entry(loss, 5)).toBe(entry(loss, 0));
  const both = "head 1.1,head 1.2";
  const cut = (await frameWith({ out: both })).values["cut_loss@cutting"];
  for (const row of [1, 2]) expect(entry(cut, row)).toBeLessThan(entry(cut, 5) / 4);
  const alone = partsOf({ model: "two" }).map((_, i) => entry(loss, i + 1));
  expect(alone.indexOf(Math.max(...alone))).toBe(2); // head 2.1
  expect(entry(loss, 3)).toBeGreaterThan(40 * entry(loss, 0));
});

test.each([1, 2, 3])(
  "from seed %i a swap of all that differs brings all back, and of what does not differ nothing",
  async (seed) => {
    await lab.reset(seed);
    const share = await restoredFrom("CFADBHCFB");
    for (let letter = 1; letter < n; letter++) {
      expect(Math.abs(share("at the start", letter))).toBeLessThan(1e-4);
      expect(Math.abs(share("after layer 2", letter))).toBeLessThan(1e-4);
    }
    for (const label of ["at the start", "after layer 1", "after layer 2"]) {
      expect(Math.abs(share(label, n) - 1)).toBeLessThan(1e-4);
    }
  },
);

test.each([1, 2, 3])(
  "from seed %i a head replaced by nothing is a head whose gate is shut",
  async (seed) => {
    await lab.reset(seed);
    const { values } = await frameWith({ act: "cut", how: "zero", out: "" });
    await lab.write("blocks.1.attn.gate", [[[1]], [[0]]]);
    const shut = await lab.read("p");
    await lab.release("blocks.1.attn.gate");
    const row = 4; // after the whole model: heads 1.1, 1.2, 2.1, 2.2
    for (let letter = 0; letter < V; letter++) {
      const wanted = shut.data[(n - 1) * V + letter] as number;
      expect(Math.abs(entry(values["cut_p@cutting"], row * V + letter) - wanted)).toBeLessThan(
        1e-5,
      );
    }
  },
);

test.each([1, 2, 3])("from seed %i a push by nothing changes nothing", async (seed) => {
  await lab.reset(seed);
  const { values } = await frameWith({ act: "steer", stream: 1, to: 1, alpha: 0 });
  const plain = await lab.read("p");
  for (let letter = 0; letter < V; letter++) {
    const wanted = plain.data[(n - 1) * V + letter] as number;
    const at = strengths.length * V + letter;
    expect(Math.abs(entry(values["steered_p@steering"], at) - wanted)).toBeLessThan(1e-5);
  }
});

test.each([1, 2])("from seed %i, after 200 steps, it does what the chapter tells", async (seed) => {
  await lab.reset(seed);
  await lab.train(200);
  await expectTheStory();
});
