import { beforeAll, describe, expect, test } from "vitest";
import { labs } from "../../chapters/01-perceptron/labs.ts";
import { programs } from "../../chapters/01-perceptron/programs.ts";
import type { NDArray } from "../../src/data/ndarray.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { dataOf } from "../../src/engine/labState.ts";
import { disposeAll, trainingStep, upload } from "../../src/engine/passes.ts";
import { Stepper } from "../../src/engine/stepper.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import {
  type Config,
  initialConfig,
  type Lab,
  type OptimiserName,
} from "../../src/training/lab.ts";
import { optimisers } from "../../src/training/optimisers.ts";

interface Book {
  readonly labs: readonly Lab[];
  readonly programs: Readonly<Record<string, (config: Config) => Program>>;
}

const chapters: readonly Book[] = [{ labs, programs }];
const trained = chapters.flatMap((chapter) =>
  chapter.labs.flatMap((lab) => {
    const programOf = chapter.programs[lab.id];
    return lab.trains && programOf ? [{ id: lab.id, lab, programOf }] : [];
  }),
);

beforeAll(() => Runtime.start("cpu"));

const bitsOf = (tensors: Tensors) =>
  Object.entries(tensors).map(([name, tensor]) => [name, [...tensor.dataSync()]]);

function run(
  { lab, programOf }: (typeof trained)[number],
  name: OptimiserName,
  steps: number,
  replayed: boolean,
) {
  const config = initialConfig(lab.fields);
  const program = programOf(config);
  const data: Record<string, NDArray> = dataOf(lab, config);
  const batch = upload(data);
  const stepper = new Stepper();
  let parameters: Tensors = upload(initialParameters(program.parameters, 3));
  let slots: Tensors = {};
  const optimiser = optimisers[name];
  for (let step = 1; step <= steps; step++) {
    // A rate that changes at each step would show a number that was recorded as a constant.
    const settings = { learningRate: 0.1 / step, step };
    const result = replayed
      ? stepper.step(program, optimiser, { parameters, slots, batch, held: {} }, settings)
      : trainingStep(program, parameters, slots, batch, {}, optimiser, optimiser.numbers(settings));
    disposeAll(parameters);
    disposeAll(slots);
    ({ parameters, slots } = result);
  }
  const bits = [bitsOf(parameters), bitsOf(slots)];
  disposeAll(parameters);
  disposeAll(slots);
  disposeAll(batch);
  stepper.forget();
  return bits;
}

describe.each(trained)("$id", (lab) => {
  test.each(["sgd", "momentum", "rmsprop", "adam"] as const)(
    "a recorded and replayed step with %s is the plain step, to the bit",
    (optimiser) => {
      expect(run(lab, optimiser, 12, true)).toEqual(run(lab, optimiser, 12, false));
    },
  );

  test("replaying leaves no tensor and no data behind", () => {
    run(lab, "adam", 4, true);
    const before = [tf.memory().numTensors, tf.backend().numDataIds()];
    run(lab, "adam", 40, true);
    expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual(before);
  });
});

test("most steps are replays", () => {
  let plain = 0;
  const lab = trained[0] as (typeof trained)[number];
  const counted = (config: Config): Program => {
    const program = lab.programOf(config);
    return {
      ...program,
      loss: (...args) => {
        plain += 1;
        return program.loss?.(...args) as tf.Scalar;
      },
    };
  };
  run({ ...lab, programOf: counted }, "adam", 30, true);
  // The first has no slots yet, the second is the first of its kind, the third is recorded.
  expect(plain).toBe(3);
});
