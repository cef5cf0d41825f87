import * as tf from "../models/tf.ts";
import type { Storage } from "./boxKernels.ts";

type KernelFunc = tf.KernelConfig["kernelFunc"];

/**
 * The sum of rows by the number that each one bears: the gradient of looking rows up in a table.
 * TensorFlow.js has it not at all for WebAssembly, and for the CPU compares every row with every number.
 * A row whose number is none of 0 to numSegments − 1 counts nowhere.
 */
export function segmentKernels(
  storageOf: (backend: unknown) => Storage,
): Record<string, KernelFunc> {
  return {
    UnsortedSegmentSum: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as unknown as { numSegments: number };
      const inner = x.shape.slice(segmentIds.shape.length);
      const storage = storageOf(backend);
      const made = storage.make([numSegments, ...inner], x.dtype);
      const [rows, numbers, sums] = [x, segmentIds, made].map((info) =>
        storage.numbersOf(info),
      ) as [Float32Array, Int32Array, Float32Array];
      const size = tf.util.sizeFromShape(inner);
      sums.fill(0);
      for (const [i, segment] of numbers.entries()) {
        if (segment < 0 || segment >= numSegments) continue;
        const [from, to] = [i * size, segment * size];
        for (let k = 0; k < size; k++) sums[to + k] = sums[to + k]! + rows[from + k]!;
      }
      return made;
    },
  };
}
