import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { beliefOf, shiftText } from "./shiftLab.ts";
import { layerOf } from "./shiftNets.ts";

const placeOf = ({ config }: Frame) => config as { right: number; down: number };

/** Whether a net says the same of the shifted picture. */
const stays = (frame: Frame, net: string): boolean =>
  beliefOf(frame, net, 0).digit === beliefOf(frame, net, 1).digit;

function checkParted(frame: Frame): Verdict {
  const { right, down } = placeOf(frame);
  const [mlp, pooled] = [stays(frame, "mlp"), stays(frame, "pooled")];
  const word = (stays: boolean) => (stays ? "stays with its answer" : "changes its mind");
  return {
    done: !mlp && pooled,
    says: `Shifted ${shiftText(right, down)}, the MLP ${word(mlp)}, and the CNN with pooling ${word(pooled)}.`,
  };
}

/** The greatest difference, away from the border, between stage B moved by a cell a stride and stage B of the moved picture. */
function misfit(frame: Frame, stride: number): number {
  const { right, down } = placeOf(frame);
  const p = frame.values[layerOf("pooled1").tap];
  const [, size = 0, , maps = 0] = p?.shape ?? [];
  const [across, along] = [right / stride, down / stride];
  const isInner = (at: number) => at >= 1 && at < size - 1;
  let most = 0;
  for (let i = 0; i < size * size; i++) {
    const [row, column] = [Math.floor(i / size), i % size];
    const [toRow, toColumn] = [row + along, column + across];
    if (![row, column, toRow, toColumn].every(isInner)) continue;
    for (let map = 0; map < maps; map++) {
      const before = entry(p, i * maps + map);
      const after = entry(p, (size * size + toRow * size + toColumn) * maps + map);
      most = Math.max(most, Math.abs(after - before));
    }
  }
  return most;
}

function checkCell(frame: Frame): Verdict {
  const layer = layerOf(frame.config.layer);
  const { right, down } = placeOf(frame);
  const stride = layer.stride ?? 1;
  if (layer.value !== "pooled1") {
    return { done: false, says: "Look at stage B of the net with pooling." };
  }
  if (right === 0 && down === 0) return { done: false, says: "Now shift the digit." };
  const isWhole = right % stride === 0 && down % stride === 0;
  if (!isWhole)
    return { done: false, says: `Shifted ${shiftText(right, down)}: no moved map fits.` };
  const most = misfit(frame, stride);
  return {
    done: most < 1e-3,
    says: `Shifted ${shiftText(right, down)}: away from the border the moved map fits.`,
  };
}

/** The exercises on shifting. */
export const shiftExercises = {
  parted: {
    lab: "conv-shift",
    check: checkParted,
    solution: [{ config: { right: 2, down: 0 } }],
  },
  cell: {
    lab: "conv-shift",
    check: checkCell,
    solution: [{ config: { layer: "pooled1", right: 4, down: 0 } }],
  },
} satisfies Exercises;
