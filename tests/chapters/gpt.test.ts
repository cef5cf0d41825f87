import { describe, expect, test } from "vitest";
import { makingOf } from "../../chapters/08-transformer/figures/makings.ts";
import {
  type PathModel,
  partOf,
  quantities,
  rowAt,
  type Spot,
  valueAt,
} from "../../chapters/08-transformer/figures/tokenPath.ts";
import { drawOf, inputOf, promptTokens, readIn } from "../../chapters/08-transformer/gptData.ts";
import { gptLab, gptSizes } from "../../chapters/08-transformer/gptLab.ts";
import { gptLab as program } from "../../chapters/08-transformer/gptProgram.ts";
import * as tf from "../../src/models/tf.ts";
import { initialConfig } from "../../src/training/lab.ts";
import { runningLab } from "../contract/runningLab.ts";

const folder = "08-transformer";
const config = initialConfig(gptLab.fields);

describe("the GPT", () => {
  test("has the sizes that its figure says", () => {
    const { parameters } = program(config);
    const { d_model, d_head, d_ff, heads, layers } = gptSizes;
    expect(parameters["blocks.0.attn.W_Q"]?.shape).toEqual([heads, d_model, d_head]);
    expect(parameters["blocks.0.ffn.W_1"]?.shape).toEqual([d_model, d_ff]);
    expect(Object.keys(parameters).filter((name) => name.endsWith("attn.W_Q"))).toHaveLength(
      layers,
    );
    const entries = Object.values(parameters).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
    expect(entries.reduce((a, b) => a + b, 0)).toBe(112_560);
  });

  test("every number on the way of a token is made as the figure says", async () => {
    const lab = await runningLab(folder, gptLab, "wasm");
    const { params, taps } = await lab.names();
    await lab.watch([...params, ...taps].map(({ name }) => name));
    const { values } = await lab.frame();
    const { tokens } = readIn(config);
    const model: PathModel = { sizes: gptSizes, tokens, nameOf: String, values };
    const place = tokens.length - 2;
    for (const quantity of quantities) {
      for (const layer of partOf(quantity) === "start" ? [0] : [0, 2]) {
        const head = layer === 0 ? 0 : 3;
        const width = rowAt(model, { quantity, layer, head, place }).length;
        expect(width, quantity).toBeGreaterThan(0);
        const isShare = quantity === "S" || quantity === "A";
        for (const index of isShare ? [0, place] : [0, width - 1]) {
          const spot: Spot = { quantity, layer, head, place, index };
          const making = makingOf(model, spot);
          expect(making?.value, JSON.stringify(spot)).toBeCloseTo(valueAt(model, spot), 4);
        }
      }
    }
    await lab.close();
  });

  test("writes the same with its cache and without, and stays as it was", {
    timeout: 60_000,
  }, async () => {
    const lab = await runningLab(folder, gptLab, "wasm");
    const before = await lab.save();
    const begun = promptTokens(config);
    const carry = { K: "cache.K", V: "cache.V" };
    const written = async (cached: boolean) => {
      const tokens = [...begun];
      for (let i = 0; i < 6; i++) {
        const t = tokens.length - 1;
        const u = [drawOf(1, tokens.length)];
        const { y_next } =
          cached && i > 0
            ? await lab.ask({ token: [tokens[t] as number], t, u }, ["y_next"], carry)
            : await lab.ask({ ...inputOf(tokens, t), u }, ["y_next"], cached ? carry : {});
        tokens.push(y_next?.data[0] as number);
      }
      return tokens;
    };
    const read = await written(false);
    expect(read).toHaveLength(begun.length + 6);
    expect(await written(true)).toEqual(read);
    expect(await lab.save()).toEqual(before);
    const count = tf.memory().numTensors;
    await written(true);
    expect(tf.memory().numTensors).toBe(count);
    await expect(lab.ask({ x: [[1, 2]], t: 0 }, ["nothing"])).rejects.toThrow('"nothing"');
    await lab.close();
  });
});
