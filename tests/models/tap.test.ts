import "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import { type Tap, untapped, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";

test("a part's taps carry the part's name", () => {
  const names: string[] = [];
  const listen: Tap = (name, value) => {
    names.push(name);
    return value;
  };
  within("attn", within("blocks.0", listen))("A", tf.scalar(1));
  expect(names).toEqual(["blocks.0.attn.A"]);
});

test("without a listener a tap is the identity", () => {
  const x = tf.tensor1d([1, 2]);
  expect(untapped("x", x)).toBe(x);
  expect(x.mul(2).arraySync()).toEqual([2, 4]);
});
