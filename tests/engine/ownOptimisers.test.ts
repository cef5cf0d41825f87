import { expect, test } from "vitest";
import { filled, ndarray } from "../../src/data/ndarray.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { LabSession } from "../../src/engine/session.ts";
import { named } from "../../src/models/named.ts";
import type { Program } from "../../src/models/program.ts";
import { defineLab, trainingFields } from "../../src/training/lab.ts";

const rules = ["sgd", "momentum", "rmsprop", "adam"] as const;
const start = [2, -1];

/** Points on the surface (x² + 10 y²)/2, one for each name, moved by nothing but their own slope. */
function points(names: readonly string[], optimisers?: Program["optimisers"]): Program {
  const initial = { kind: "values", values: start } as const;
  return {
    parameters: Object.fromEntries(names.map((name) => [name, { shape: [2], initial }])),
    ...(optimisers && { optimisers }),
    forward: (parameters) => named(parameters, names[0] as string),
    loss: (parameters, { steep }) =>
      names
        .map((name) =>
          named(parameters, name)
            .square()
            .mul(steep as never)
            .sum()
            .div(2),
        )
        .reduce((sum, height) => sum.add(height)) as never,
  };
}

const lab = defineLab({
  id: "points",
  version: 1,
  title: "Points",
  invitation: "Go down.",
  fields: trainingFields({ optimiser: "sgd", learningRate: 0.05, batchSize: 0 }),
  trains: true,
  data: () => ({ steep: ndarray([[1, 10]]) }),
  watch: () => [],
  describe: () => "",
});

async function open(program: Program): Promise<LabSession> {
  const session = await LabSession.open(lab, () => program, await Runtime.start("cpu"));
  session.onWork = async () => {
    while (session.waits() === 0) await session.slice(5);
  };
  return session;
}

const own = Object.fromEntries(rules.map((rule) => [rule, { rule }]));

test("a parameter with its own optimiser goes where it goes alone under that optimiser, to the bit", async () => {
  const together = await open(points(rules, own));
  await together.train(20);
  for (const rule of rules) {
    const alone = await open(points([rule]));
    await alone.configure({ optimiser: rule });
    await alone.train(20);
    expect(await together.read(rule), rule).toEqual(await alone.read(rule));
    expect(await alone.read(rule)).not.toEqual({ ...filled([2]), data: Float32Array.from(start) });
  }
});

test("a parameter's own learning rate stands above the lab's", async () => {
  const program = points(["slow", "fast"], {
    slow: { rule: "sgd", learningRate: 0 },
    fast: { rule: "sgd" },
  });
  const session = await open(program);
  await session.train(1);
  expect([...(await session.read("slow")).data]).toEqual(start);
  // θ − 0.05 · (1 · 2, 10 · −1)
  expect((await session.read("fast")).data[0]).toBeCloseTo(1.9, 6);
  expect((await session.read("fast")).data[1]).toBeCloseTo(-0.5, 6);
});

test("a saved state keeps what each parameter's own optimiser remembers", async () => {
  const first = await open(points(rules, own));
  await first.train(10);
  const bytes = await first.save();
  await first.train(10);
  const second = await open(points(rules, own));
  await second.load(bytes);
  await second.train(10);
  for (const rule of rules) expect(await second.read(rule)).toEqual(await first.read(rule));
});
