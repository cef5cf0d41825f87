import { beforeAll, describe, expect, test } from "vitest";
import { Runtime } from "../../src/engine/backends.ts";
import { patchKernels } from "../../src/models/patches.ts";
import * as tf from "../../src/models/tf.ts";
import "../models/allclose.ts";
import { arrays, gradientsOf, runOf, valuesOf } from "../models/evaluate.ts";
import { imageCases } from "../models/golden.ts";
import { imageLaws } from "../models/imageLaws.ts";

describe("the book's own kernels for windows, on the CPU", () => {
  beforeAll(async () => {
    await Runtime.start("cpu");
  });

  test("are there", () => {
    for (const name of Object.values(patchKernels)) {
      expect(tf.getKernel(name, "cpu")).toBeDefined();
    }
  });

  test.each(imageCases.map((golden) => [`${golden.group}, ${golden.title}`, golden] as const))(
    "%s: as in PyTorch",
    async (_name, golden) => {
      const values = await valuesOf(runOf(golden));
      expect(values.output).toBeAllclose(golden.output);
      const gradients = await gradientsOf(runOf(golden), arrays(golden.gradients));
      for (const [at, gradient] of Object.entries(golden.gradients)) {
        expect(gradients[at], at).toBeAllclose(gradient);
      }
    },
  );

  imageLaws();
});
