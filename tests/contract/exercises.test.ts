import { expect, test } from "vitest";
import { chapters } from "../../src/book/chapters.ts";
import { exercisesOf } from "../../src/book/ExerciseBlock.tsx";
import { labsOf } from "../../src/book/stills.ts";
import { runningLab } from "./runningLab.ts";

const all = chapters.flatMap(({ folder }) =>
  Object.entries(exercisesOf(folder)).map(([id, exercise]) => [id, folder, exercise] as const),
);

test.for(all)(
  "the exercise %s is not done as its lab opens, and done by its solution",
  { timeout: 120_000 },
  async ([id, folder, exercise]) => {
    const lab = labsOf(folder).find((candidate) => candidate.id === exercise.lab);
    if (!lab) throw new Error(`${id} is done in a lab of another chapter, or none.`);
    const running = await runningLab(folder, lab, "wasm");
    await running.watch(exercise.watch ?? [], exercise.probes);
    expect(exercise.check(await running.frame()).done, "as the lab opens").toBe(false);
    for (const step of exercise.solution) {
      if ("train" in step) await running.train(step.train);
      else await running.edit(step);
    }
    const verdict = exercise.check(await running.frame());
    expect(verdict.done, verdict.says).toBe(true);
    await running.close();
  },
);
