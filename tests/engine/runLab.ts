import { filled, type NDArray } from "../../src/data/ndarray.ts";
import { disposeAll, gradients, metricsOf, taps, tidy, upload } from "../../src/engine/passes.ts";
import { Stepper } from "../../src/engine/stepper.ts";
import { parseWatch } from "../../src/engine/watch.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { exampleCount } from "../../src/training/batches.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { optimisers } from "../../src/training/optimisers.ts";
import { type Case, fewRows } from "./everyLab.ts";

/** A setting that only makes sense together with others (a data set with more classes) is refused. */
export type RunLab = "ran" | "makes no sense";

/** Does all that the engine does with a lab's program: taps, their gradients where they are watched, two training steps, metrics. */
export function runLab(one: Case): RunLab {
  const prepared = prepare(one);
  if (!prepared) return "makes no sense";
  const { program, data } = prepared;
  const { lab, config } = one;
  const batch = upload(data);
  const parameters = upload(initialParameters(program.parameters, 3));
  try {
    tidy(() => {
      const seen = taps(program, parameters, batch, {}, program.loss !== undefined);
      metricsOf(program, parameters, batch);
      if (!program.loss) return;
      const watched = lab.watch(config).map(parseWatch);
      const sought = watched.filter(({ gradient, name }) => gradient && name in seen);
      if (sought.length > 0)
        gradients(
          program,
          parameters,
          batch,
          {},
          sought.map(({ name }) => name),
        );
    });
    if (lab.trains && program.loss) trainTwice(program, parameters, batch);
    return "ran";
  } finally {
    disposeAll(parameters);
    disposeAll(batch);
  }
}

function prepare({ lab, config, programOf }: Case) {
  try {
    const data: Record<string, NDArray> = { ...fewRows(lab, config) };
    const program = programOf(config);
    for (const [input, { shape }] of Object.entries(program.noise ?? {})) {
      data[input] = filled(shape(exampleCount(data)), 0.3);
    }
    return { program, data };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function trainTwice(program: Program, parameters: Tensors, batch: Tensors): void {
  const stepper = new Stepper();
  const settings = { learningRate: 0.1, clipNorm: 1 };
  const first = stepper.step(
    program,
    optimisers.adam,
    { parameters, slots: {}, batch, held: {} },
    { ...settings, step: 1 },
  );
  const state = { ...first, batch, held: {} };
  const second = stepper.step(program, optimisers.adam, state, { ...settings, step: 2 });
  for (const { parameters, slots } of [first, second]) {
    disposeAll(parameters);
    disposeAll(slots);
  }
  stepper.forget();
}
