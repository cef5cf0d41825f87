import type { Tensors } from "./program.ts";
import type * as tf from "./tf.ts";

/**
 * The tensor of this name among parameters or inputs.
 *
 * @throws Error saying what there is, when it is not there: the engine hands a program all that its
 * lab declares, so the lab and the program disagree
 */
export function named(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) {
    const given = Object.keys(tensors).join(", ") || "nothing";
    throw new Error(`The model needs "${name}", but was given ${given}.`);
  }
  return tensor;
}

/** Names within a part: `inPart("encoder")("W_h")` is `encoder.W_h`; the part `""` is the whole model. */
export function inPart(part: string): (name: string) => string {
  return (name) => (part === "" ? name : `${part}.${name}`);
}
