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

/** Settings that only make sense together with others (a data set with more classes) are left out. */
function makesSense(one: Case): boolean {
  try {
    run(one, "sgd", 1, false);
    return true;
  } catch {
    return false;
  }
}

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

test.each(cases)("a replayed step of $name is the plain step, to the bit", (one) => {
  if (!makesSense(one)) return;
  expect(run(one, "adam", 6, true)).toEqual(run(one, "adam", 6, false));
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

test.each(cases)("most steps of $name are replays", (one) => {
  if (!makesSense(one)) return;
  let plain = 0;
  const counted = (config: Config): Program => {
    const program = one.programOf(config);
    return {
      ...program,
      loss: (...args) => {
        plain += 1;
        return program.loss?.(...args) as tf.Scalar;
      },
    };
  };
  run({ ...one, programOf: counted }, "adam", 8, true);
  // The first has no slots yet, the second is the first of its kind, the third is recorded.
  expect(plain).toBeLessThanOrEqual(3);
});
