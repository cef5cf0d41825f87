import { beforeAll, describe, expect, test } from "vitest";
import { filled, type NDArray } from "../../src/data/ndarray.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { disposeAll, upload } from "../../src/engine/passes.ts";
import { Stepper } from "../../src/engine/stepper.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import { exampleCount } from "../../src/training/batches.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { type Config, initialConfig, type OptimiserName } from "../../src/training/lab.ts";
import { optimisers } from "../../src/training/optimisers.ts";
import { type Case, everyLab, fewRows } from "./everyLab.ts";

/** Every lab of the book that trains. The optimiser is chosen by the tests. */
const cases = everyLab.filter(({ lab, config }) => {
  return lab.trains && config.optimiser === initialConfig(lab.fields).optimiser;
});
const first = cases[0] as Case;

beforeAll(() => Runtime.start("cpu"));

const bitsOf = (tensors: Tensors) =>
  Object.entries(tensors).map(([name, tensor]) => [name, [...tensor.dataSync()]]);

/** Masks that lock each so-manieth entry of every parameter; none for 0. */
function masks(parameters: Tensors, every: number): Record<string, tf.Tensor> {
  if (every === 0) return {};
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, size }]) => [
      name,
      tf.tensor(
        Array.from({ length: size }, (_, i) => i % every === 0),
        shape,
        "bool",
      ),
    ]),
  );
}

function run(
  { lab, config, programOf }: Case,
  name: OptimiserName,
  steps: number,
  replayed: boolean,
  lockedEvery = 0,
) {
  const program = programOf(config);
  const data: Record<string, NDArray> = { ...fewRows(lab, config) };
  for (const [input, { shape }] of Object.entries(program.noise ?? {})) {
    data[input] = filled(shape(exampleCount(data)), 0.3);
  }
  const batch = upload(data);
  const stepper = new Stepper();
  let parameters: Tensors = upload(initialParameters(program.parameters, 3));
  let slots: Tensors = {};
  const optimiser = optimisers[name];
  const locked = masks(parameters, lockedEvery);
  for (let step = 1; step <= steps; step++) {
    // A rate that changes at each step would show a number that was recorded as a constant.
    const settings = { learningRate: 0.1 / step, step };
    // The first step of a stepper is a plain one.
    if (!replayed) stepper.forget();
    const inputs = { parameters, slots, batch, held: {}, locked };
    const result = stepper.step(program, optimiser, inputs, settings);
    disposeAll(parameters);
    disposeAll(slots);
    ({ parameters, slots } = result);
  }
  const bits = [bitsOf(parameters), bitsOf(slots)];
  disposeAll(parameters);
  disposeAll(slots);
  disposeAll(batch);
  disposeAll(locked);
  stepper.forget();
  return bits;
}

/** The bits of plain steps; null for settings that only make sense together with others (a data set with more classes). */
function plainly(one: Case, steps: number): unknown {
  try {
    return run(one, "adam", steps, false);
  } catch {
    return null;
  }
}

test.each(cases)("most steps of $name are replays, and the plain steps to the bit", (one) => {
  const plain = plainly(one, 5);
  if (plain === null) return;
  let losses = 0;
  const counted = (config: Config): Program => {
    const program = one.programOf(config);
    return {
      ...program,
      loss: (...args) => {
        losses += 1;
        return program.loss?.(...args) as tf.Scalar;
      },
    };
  };
  expect(run({ ...one, programOf: counted }, "adam", 5, true)).toEqual(plain);
  // The first has no slots yet, the second is the first of its kind, the third is recorded.
  expect(losses).toBeLessThanOrEqual(3);
});

describe.each(["sgd", "momentum", "rmsprop", "adam"] as const)("with %s", (optimiser) => {
  test("a replayed step is the plain step, to the bit, while the learning rate changes", () => {
    expect(run(first, optimiser, 12, true)).toEqual(run(first, optimiser, 12, false));
  });

  test("a replayed step is the plain step, to the bit, while some entries are locked", () => {
    expect(run(first, optimiser, 6, true, 2)).toEqual(run(first, optimiser, 6, false, 2));
  });

  test("replaying leaves no tensor and no data behind", () => {
    for (const one of cases.slice(0, 4)) {
      run(one, optimiser, 4, true);
      const before = [tf.memory().numTensors, tf.backend().numDataIds()];
      run(one, optimiser, 40, true);
      expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual(before);
    }
  });
});
