import { beforeAll, expect, test } from "vitest";
import type { Arrays, NDArray } from "../../src/data/ndarray.ts";
import { repeatedBlocks } from "../../src/data/repeatedBlocks.ts";
import {
  encodedPairs,
  englishWords,
  sentencePairs,
  spanishWords,
} from "../../src/data/translation.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { disposeAll, upload } from "../../src/engine/passes.ts";
import { Stepper } from "../../src/engine/stepper.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { optimisers } from "../../src/training/optimisers.ts";
import { randomStream } from "../../src/training/random.ts";
import { gptProgram, translationProgram } from "../models/transformerProgram.ts";

const sizes = { d_model: 8, heads: 2, layers: 1, d_ff: 12 } as const;
const blocks = (V: number): Arrays => {
  const made = repeatedBlocks({ count: 4, T: 8, V }, randomStream(1, "blocks").uniform);
  return { x: made.x as NDArray, y: made.y as NDArray };
};
const pairs = sentencePairs({ training: 4, heldOut: 0 }, randomStream(1, "pairs").uniform);

const cases: readonly (readonly [string, Program, Arrays])[] = [
  ["a GPT", gptProgram({ ...sizes, V: 6, T: 8, activation: "geluTanh" }), blocks(6)],
  [
    "an attention-only model of two layers, with gates",
    gptProgram({
      ...sizes,
      V: 6,
      T: 8,
      layers: 2,
      d_ff: 0,
      norm: "none",
      biases: false,
      gated: true,
    }),
    blocks(6),
  ],
  [
    "a model that looks its tokens up, and has one embedding",
    gptProgram({ ...sizes, V: 300, T: 8, tied: true, positions: "sinusoidal" }),
    blocks(300),
  ],
  [
    "an encoder–decoder",
    translationProgram({
      ...sizes,
      source: { V: englishWords.length, T: 7 },
      target: { V: spanishWords.length, T: 8 },
      norm: "post",
      positions: "sinusoidal",
    }),
    { ...encodedPairs(pairs.training) },
  ],
];

beforeAll(() => Runtime.start("cpu"));

function run(program: Program, data: Arrays, replayed: boolean, steps = 5) {
  const batch = upload(data);
  const stepper = new Stepper();
  let parameters: Tensors = upload(initialParameters(program.parameters, 3));
  let slots: Tensors = {};
  let plain = 0;
  const counted: Program = {
    ...program,
    loss: (...args) => {
      plain += 1;
      return program.loss!(...args);
    },
  };
  for (let step = 1; step <= steps; step++) {
    if (!replayed) stepper.forget();
    const settings = { learningRate: 0.02 / step, step, clipNorm: 1 };
    const inputs = { parameters, slots, batch, held: {} };
    const next = stepper.step(counted, optimisers.adam, inputs, settings);
    disposeAll(parameters);
    disposeAll(slots);
    ({ parameters, slots } = next);
  }
  const bits = Object.entries(parameters).map(([name, value]) => [name, [...value.dataSync()]]);
  for (const held of [parameters, slots, batch]) disposeAll(held);
  stepper.forget();
  return { bits, plain };
}

test.each(cases)("%s: a replayed step is the plain step, to the bit", (_name, program, data) => {
  const replayed = run(program, data, true);
  expect(replayed.bits).toEqual(run(program, data, false).bits);
  // The first has no slots yet, the second is the first of its kind, the third is recorded.
  expect(replayed.plain).toBe(3);
});
