import { expect, test } from "vitest";
import { ndarray } from "../../src/data/ndarray.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { LabSession } from "../../src/engine/session.ts";
import { named } from "../../src/models/named.ts";
import type { Program } from "../../src/models/program.ts";
import { within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { clipField, defineLab, trainingFields } from "../../src/training/lab.ts";

const lab = defineLab({
  id: "chain",
  version: 1,
  title: "Chain",
  invitation: "Follow it.",
  fields: {
    ...trainingFields({ optimiser: "sgd", learningRate: 1, batchSize: 0 }),
    ...clipField(0),
  },
  trains: true,
  data: () => ({ x: ndarray([[3], [4], [100]]) }),
  scored: () => 2,
  watch: () => [],
  describe: () => "",
});

/** h_t = w h_{t−1} from h_0 = x, twelve times; the loss adds `left.w · x` and `right.v · x`, each alone. */
const program: Program = {
  parameters: {
    w: { shape: [1], initial: { kind: "constant", value: 1 } },
    "left.w": { shape: [1], initial: { kind: "constant", value: 0 } },
    "right.w": { shape: [1], initial: { kind: "constant", value: 0 } },
  },
  parts: ["left", "right"],
  forward(parameters, inputs, tap) {
    let h = named(inputs, "x");
    for (let t = 1; t <= 12; t++) h = within(`steps.${t}`, tap)("h", h.mul(named(parameters, "w")));
    return tap("pair.1.odd", h.concat(h, 1)) && tap("pair.2.odd", h);
  },
  loss(parameters, batch, tap) {
    const x = named(batch, "x");
    const sides = named(parameters, "left.w").mul(2).add(named(parameters, "right.w").mul(0.5));
    const own = this.forward(parameters, batch, tap).mul(0).mean();
    return tap("L", tf.add(own, x.mul(sides).mean()) as tf.Scalar);
  },
};

async function open(): Promise<LabSession> {
  const session = await LabSession.open(lab, () => program, await Runtime.start("cpu"));
  session.onWork = async () => {
    while (session.waits() === 0) await session.slice(5);
  };
  return session;
}

test("a star stands for every number, in the numbers' order", async () => {
  const session = await open();
  await session.write("steps.10.h", [[7], [7], [7]]);
  const all = await session.read("steps.*.h");
  expect(all.shape).toEqual([12, 3, 1]);
  const first = Array.from({ length: 12 }, (_, t) => all.data[3 * t]);
  expect(first).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 3, 7, 7, 7]);
});

test("a star in a gradient gives the gradient of each", async () => {
  const session = await open();
  const all = await session.read("grad steps.*.h");
  expect(all.shape).toEqual([12, 3, 1]);
  const one = await session.read("grad steps.3.h");
  expect([...all.data.slice(6, 9)]).toEqual([...one.data]);
});

test("a star that stands for nothing, or for quantities of different shapes, is refused in words", async () => {
  const session = await open();
  await expect(session.read("steps.*.c")).rejects.toThrow(/There is no "steps\.\*\.c"/);
  await expect(session.read("pair.*.odd")).rejects.toThrow(/pair\.1\.odd is \[3, 2\].*\[3, 1\]/);
  await expect(session.read("steps.*.*")).rejects.toThrow(/Expected a name such as/);
});

test("the loss is taken over the rows that are scored, training over all", async () => {
  const session = await open();
  await session.write("right.w", [2]);
  // The mean of 3 · ½ · 2 and 4 · ½ · 2; with the third row it would be 35.7.
  expect((await session.frame()).loss).toBeCloseTo(3.5, 5);
  await session.reset();
  await session.train(1);
  // −½ · (3 + 4 + 100) / 3
  expect((await session.read("right.w")).data[0]).toBeCloseTo(-17.8333, 3);
});

test("clipping shortens the gradient of each part to the norm, and not that of a short one", async () => {
  const session = await open();
  await session.configure({ clipNorm: 20 });
  for (const steps of [1, 2, 3]) {
    await session.train(1);
    // ∂L/∂left.w = 2 · 35.667 is cut to 20; ∂L/∂right.w = ½ · 35.667 is not.
    expect((await session.read("left.w")).data[0]).toBeCloseTo(-20 * steps, 3);
    expect((await session.read("right.w")).data[0]).toBeCloseTo(-17.8333 * steps, 3);
  }
  await session.configure({ clipNorm: 0 });
  await session.train(1);
  expect((await session.read("left.w")).data[0]).toBeCloseTo(-60 - 71.3333, 3);
});
