import type { Exercises } from "../../src/book/exercise.ts";
import { entry, type NDArray } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { pathsInto, scoreTap } from "./pathsNumbers.ts";

const lossOf = ({ values }: Frame) => entry(values["paths.L@held"]);
const countOut = (gates: NDArray | undefined) =>
  gates?.data.reduce((count, gate) => count + Number(gate === 0), 0) ?? 0;
/** The parts of the second layer's scores, head by head. */
const scores = [scoreTap(0, "kept"), scoreTap(1, "kept")];

/** No more paths than these. */
const few = 2;
/** With so few the loss shall stay below this. */
const fewLoss = 0.1;
/** No more parts of scores than these are taken out. */
const cuts = 2;
/** What a model says that has forgotten how to look back. */
const blindLoss = 1;

export const pathsExercises = {
  pathsFew: {
    lab: "mi-paths",
    check(frame) {
      const kept = frame.values["paths.kept"];
      const left = (kept?.data.length ?? 0) - countOut(kept);
      const loss = lossOf(frame);
      const scoresOut = frame.held.length - Number(frame.held.includes("paths.kept"));
      return {
        done: left <= few && loss < fewLoss && scoresOut === 0,
        says: `${left} paths are in; the loss is ${numberText(loss, 2)}.`,
      };
    },
    solution: [
      {
        config: { apart: false },
        release: true,
        write: {
          "paths.kept": pathsInto(2, {}).map(({ heads }) =>
            Number(heads.length === 1 && heads[0]?.startsWith("2.")),
          ),
        },
      },
    ],
  },
  pathsBlind: {
    lab: "mi-paths",
    watch: scores,
    check(frame) {
      const out = scores.reduce((count, name) => count + countOut(frame.values[name]), 0);
      const pathsOut = countOut(frame.values["paths.kept"]);
      const loss = lossOf(frame);
      return {
        done: pathsOut === 0 && out > 0 && out <= cuts && loss > blindLoss,
        says:
          pathsOut > 0
            ? "Some paths are out; put them back."
            : `${out} parts of scores are out; the loss is ${numberText(loss, 2)}.`,
      };
    },
    solution: [
      {
        config: { apart: false },
        release: true,
        write: Object.fromEntries(
          scores.map((name) => [
            name,
            [0, 1, 2].map((q) => [0, 1, 2].map((k) => Number(!(q === 0 && k === 1)))),
          ]),
        ),
      },
    ],
  },
} satisfies Exercises;
