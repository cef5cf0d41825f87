import { describe, expect, test } from "vitest";
import { answersOf, cellLab, isRight } from "../../chapters/06-lstm-and-gru/cellLab.ts";
import { flowOf, gradientLab, jacobianAt } from "../../chapters/06-lstm-and-gru/gradientLab.ts";
import {
  latchAnswers,
  latchExample,
  latchSequence,
  latchSteps,
} from "../../chapters/06-lstm-and-gru/latch.ts";
import { largestStretch } from "../../chapters/06-lstm-and-gru/stretch.ts";
import { type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { runningLab } from "../contract/runningLab.ts";

const folder = "06-lstm-and-gru";

describe("the memory cell's task", () => {
  test("a read says the last value written, 0 before the first, and all else is silence", () => {
    expect(latchAnswers(latchSequence("+R +W - -R -W +R +"))).toEqual([0, 0, 0, 1, 0, -1, 0]);
  });

  test("a sequence survives being made an input", () => {
    const steps = latchSequence("- +W -R +");
    expect(latchSteps(latchExample(steps).x.flat())).toEqual(steps);
  });
});

describe("the largest stretch of a matrix", () => {
  test("of a diagonal one is its largest entry in size", () => {
    const diagonal = [
      [0.5, 0, 0],
      [0, -3, 0],
      [0, 0, 1e-9],
    ];
    expect(largestStretch(ndarray(diagonal))).toBeCloseTo(3, 9);
  });

  test("is that of its transpose, and grows with the matrix", () => {
    // Singular values of [[1, 2], [3, 4]]: √(15 ± √221), by its trace and determinant.
    const stretch = Math.sqrt(15 + Math.sqrt(221));
    expect(
      largestStretch(
        ndarray([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toBeCloseTo(stretch, 6);
    expect(
      largestStretch(
        ndarray([
          [1, 3],
          [2, 4],
        ]),
      ),
    ).toBeCloseTo(stretch, 6);
    expect(
      largestStretch(
        ndarray([
          [1e-20, 2e-20],
          [3e-20, 4e-20],
        ]),
      ) * 1e20,
    ).toBeCloseTo(stretch, 5);
  });
});

describe("where the gradient goes", () => {
  test.each([
    ["rnn", "h"],
    ["lstm", "c"],
    ["gru", "h"],
  ] as const)(
    "the Jacobian of %s is what nudging each entry of its %s shows",
    async (kind, state) => {
      const lab = await runningLab(folder, gradientLab);
      await lab.configure({ length: 6, units: 3, gru: true });
      const t = 2;
      const tap = `${kind}.steps.${t}.${state}`;
      const { values } = await lab.frame();
      const J = jacobianAt(values[`grad ${kind}.steps.*.${state}`], t) as NDArray;
      const now = await lab.read(tap);
      const h = 0.01;
      const lastWith = async (j: number, by: number) => {
        const data = now.data.map((value, i) => (i % 3 === j ? value + by : value));
        await lab.write(tap, { shape: [3, 3], data });
        return (await lab.read(`${kind}.steps.6.${state}`)).data;
      };
      for (let j = 0; j < 3; j++) {
        const [more, less] = [await lastWith(j, h), await lastWith(j, -h)];
        for (let k = 0; k < 3; k++) {
          // All copies are alike: row 0 holds every entry of the last state.
          const quotient = ((more[k] as number) - (less[k] as number)) / (2 * h);
          expect(J.data[k * 3 + j]).toBeCloseTo(quotient, 3);
        }
      }
      await lab.close();
    },
  );

  test("without inputs a rotation times g stretches by g a step, and the straight path keeps σ(b) a step", async () => {
    const lab = await runningLab(folder, gradientLab);
    await lab.configure({ strength: 0, gain: 0.9, forgetBias: 2, length: 12 });
    const { rnn, direct } = flowOf(await lab.frame());
    const f = 1 / (1 + Math.exp(-2));
    for (let t = 1; t <= 12; t++) {
      expect(rnn[t - 1]).toBeCloseTo(0.9 ** (12 - t), 5);
      expect(direct[t - 1]).toBeCloseTo(f ** (12 - t), 5);
    }
    await lab.close();
  });
});

describe("inside the cell", () => {
  test("the gates held by each preset do to the answers what the chapter says, and nothing to the training", async () => {
    const lab = await runningLab(folder, cellLab);
    const opened = await lab.frame();
    const preset = async (label: string) => {
      const chosen = cellLab.presets?.find((candidate) => candidate.label === label);
      await lab.edit(chosen?.edit ?? {});
      const frame = await lab.frame();
      expect(frame.loss).toBe(opened.loss);
      const { said, wanted } = answersOf(frame);
      return [4, 8, 11, 14].map((t) => ({
        said: said[t - 1] as number,
        isRight: isRight(said[t - 1], wanted[t - 1]),
      }));
    };
    const right = (answers: readonly { isRight: boolean }[]) => answers.map((one) => one.isRight);
    expect(right(await preset("As it was trained"))).toEqual([true, true, true, true]);
    const shut = await preset("Forget gate shut once");
    expect(right(shut)).toEqual([true, false, true, true]);
    expect(Math.abs(shut[1]?.said ?? 1)).toBeLessThan(0.1);
    const never = await preset("Never forget (1997)");
    expect(right(never)).toEqual([true, true, false, false]);
    expect(Math.abs(never[2]?.said ?? 1)).toBeLessThan(0.2);
    expect(right(await preset("Input gate open"))).toEqual([true, false, true, true]);
    expect(right(await preset("Output gate shut"))).toEqual([false, false, true, true]);
    expect((await preset("GRU")).every(({ said }) => Math.abs(said) < 0.2)).toBe(true);
    await lab.close();
  });
});
