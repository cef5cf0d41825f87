import { expect, test } from "vitest";
import type { Arrays } from "../../src/data/ndarray.ts";
import { listening } from "../../src/engine/listen.ts";
import { disposeAll, upload } from "../../src/engine/passes.ts";
import { activations } from "../../src/models/activations.ts";
import type { Cell, State } from "../../src/models/cell.ts";
import { cellNames, cellOf, cellParameters } from "../../src/models/cells.ts";
import { embedding, oneHot } from "../../src/models/embedding.ts";
import { generate } from "../../src/models/generate.ts";
import { rnnCell } from "../../src/models/rnn.ts";
import { sample } from "../../src/models/sampling.ts";
import { freeRun, readSteps, stackSteps, unroll } from "../../src/models/sequence.ts";
import { stopGradient } from "../../src/models/stopGradient.ts";
import * as tf from "../../src/models/tf.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { randomStream } from "../../src/training/random.ts";
import "./allclose.ts";
import { numbers, numbersOf } from "./evaluate.ts";

const [B, T, I, H, V] = [2, 5, 3, 4, 6];

function normals(name: string, shape: readonly number[], scale = 1): tf.Tensor {
  const { normal } = randomStream(3, name);
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => scale * normal()),
    [...shape],
  );
}

/** The weights of a cell of this kind, `scale` times as large as they start. */
function weights(kind: (typeof cellNames)[number], scale = 1): Arrays {
  const arrays = initialParameters(cellParameters(kind, "", I, H), 1);
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [
      name,
      { shape, data: data.map((entry) => scale * entry) },
    ]),
  );
}

const cell = (kind: (typeof cellNames)[number], scale = 1): Cell =>
  cellOf(kind, upload(weights(kind, scale)), "");
const x = () => normals("x", [B, T, I]);
const hidden = (states: readonly State[]) => stackSteps(states.map(({ h }) => h)); // [B, T, H]
/** What every cell's step may be given. */
const begin = (): State => ({ h: normals("h", [B, H], 0.5), c: normals("c", [B, H]) });

/** What recurrent cells, sequences and generation must fulfil, on the current backend. */
export function recurrentLaws(): void {
  for (const kind of cellNames) {
    test(`${kind}: hidden states stay between −1 and 1, however large the weights`, async () => {
      const h = await numbersOf(() => hidden(unroll(cell(kind, 50), x()).states));
      expect(h.data.every((entry) => Math.abs(entry) <= 1)).toBe(true);
    });

    test(`${kind}: what comes later changes no earlier state`, async () => {
      const whole = () => hidden(unroll(cell(kind), x()).states).slice([0, 0, 0], [B, 3, H]);
      const changed = () => {
        const other = tf.concat([x().slice([0, 0, 0], [B, 3, I]), normals("z", [B, 2, I])], 1);
        return hidden(unroll(cell(kind), other).states).slice([0, 0, 0], [B, 3, H]);
      };
      expect(await numbersOf(changed)).toEqual(await numbersOf(whole));
    });

    test(`${kind}: a sequence in two pieces, the state handed on, is the sequence`, async () => {
      const initial = begin();
      const whole = await numbersOf(() => hidden(unroll(cell(kind), x(), { initial }).states));
      const pieces = await numbersOf(() => {
        const [first, second] = x().split([2, 3], 1) as [tf.Tensor, tf.Tensor];
        const before = unroll(cell(kind), first, { initial });
        const after = unroll(cell(kind), second, { initial: before.last });
        return hidden([...before.states, ...after.states]);
      });
      disposeAll({ ...initial });
      expect(pieces).toBeAllclose(whole);
    });

    test(`${kind}: a sequence that ends early ends as it would alone, whatever fills it up`, async () => {
      const padded = await numbersOf(() => {
        const mask = tf.tensor2d([
          [1, 1, 1, 0, 0],
          [1, 1, 1, 1, 1],
        ]);
        return unroll(cell(kind), x(), { mask }).last.h.slice([0, 0], [1, H]);
      });
      const alone = await numbersOf(
        () => unroll(cell(kind), x().slice([0, 0, 0], [1, 3, I])).last.h,
      );
      expect(padded).toBeAllclose(alone);
    });

    test(`${kind}: truncation changes no value, and lets no gradient across`, async () => {
      const slopeOf = (truncate: number) => (h: tf.Tensor) => {
        const initial = { h, c: tf.zeros([B, H]) };
        return unroll(cell(kind), x(), { initial, truncate }).last.h;
      };
      const start = normals("h", [B, H], 0.5);
      const value = (truncate: number) => numbersOf(() => slopeOf(truncate)(start));
      const slope = (truncate: number) => numbersOf(() => tf.grad(slopeOf(truncate))(start));
      expect(await value(4)).toEqual(await value(0));
      expect((await slope(4)).data.every((entry) => entry === 0)).toBe(true);
      expect(await slope(5)).toEqual(await slope(0));
      expect((await slope(0)).data.some((entry) => Math.abs(entry) > 1e-6)).toBe(true);
      start.dispose();
    });

    test(`${kind}: reading back what it wrote, it says the same of every next word`, async () => {
      const made = tf.tidy(() => {
        const [E, W] = [normals("E", [V, I]), normals("W", [V, H], 3)];
        const u = tf.tensor2d([
          [0.1, 0.9, 0.4],
          [0.7, 0.2, 0.6],
        ]);
        const read = (h: tf.Tensor) => h.matMul(W, false, true);
        const first = tf.tensor1d([0, 4]);
        const embed = (word: tf.Tensor) => embedding({ E }, word);
        const wrote = generate(cell(kind), { first, steps: 3, u, embed, logits: read });
        const given = tf.concat([first.expandDims(1), wrote.y.slice([0, 0], [2, 2])], 1);
        const { states } = unroll(cell(kind), embedding({ E }, given));
        return { wrote: wrote.logits, reading: readSteps(states, read) };
      });
      const { wrote, reading } = await numbers(made);
      expect(wrote).toBeAllclose(reading!);
    });
  }

  test("with f held at 1 and i at 0, an LSTM keeps its cell to the bit", async () => {
    const held = ["f", "i"].flatMap((gate) =>
      Array.from(
        { length: T },
        (_, t) => [`steps.${t + 1}.${gate}`, gate === "f" ? 1 : 0] as const,
      ),
    );
    const made = tf.tidy(() => {
      const replace = Object.fromEntries(held.map(([name, at]) => [name, tf.fill([B, H], at)]));
      const { tap } = listening({ replace });
      const { c } = unroll(cell("lstm"), x(), { initial: begin() }, tap).last;
      return { c: c!, before: begin().c! };
    });
    const { c, before } = await numbers(made);
    expect(c!.data).toEqual(before!.data);
  });

  test("with z held at 1 a GRU hands its state on to the bit, with z at 0 it takes the candidate", async () => {
    for (const [at, source] of [
      [1, "h_0"],
      [0, `steps.${T}.h_tilde`],
    ] as const) {
      const made = tf.tidy(() => {
        const names = Array.from({ length: T }, (_, t) => `steps.${t + 1}.z`);
        const replace = Object.fromEntries(names.map((name) => [name, tf.fill([B, H], at)]));
        const { tap, seen } = listening({ replace });
        const { h } = unroll(cell("gru"), x(), { initial: begin() }, tap).last;
        return { h, expected: seen[source]!.clone() };
      });
      const { h, expected } = await numbers(made);
      expect(h!.data).toEqual(expected!.data);
    }
  });

  test("the gradient through T steps is the product of the steps' Jacobians, W_hᵀ diag(1 − h²)", async () => {
    const made = tf.tidy(() => {
      const { W_h } = upload(weights("rnn")) as { W_h: tf.Tensor };
      const last = (h: tf.Tensor) => unroll(cell("rnn"), x(), { initial: { h } }).last.h;
      const start = begin().h;
      const dy = normals("dy", [B, H]);
      const { states } = unroll(cell("rnn"), x(), { initial: { h: start } });
      let product = dy; // [B, H]
      for (const { h } of states.toReversed()) {
        product = product.mul(tf.sub(1, h.square())).matMul(W_h);
      }
      return { product, slope: tf.grad(last)(start, dy) };
    });
    const { product, slope } = await numbers(made);
    expect(slope).toBeAllclose(product!);
  });

  test("a recurrent cell that is the identity adds up what it reads", async () => {
    const sums = await numbersOf(() => {
      const eye = tf.eye(I);
      const adding = rnnCell({ W_x: eye, W_h: eye, b_h: tf.zeros([I]) }, activations.identity);
      return unroll(adding, x()).last.h;
    });
    expect(sums).toBeAllclose(await numbersOf(() => x().sum(1)));
  });

  test("the look-up of word k is row k, to the bit; of no word, zeros", async () => {
    const E = normals("E", [V, I]);
    const rows = await numbersOf(() =>
      embedding(
        { E },
        tf.tensor2d([
          [5, 0],
          [2, -1],
        ]),
      ),
    );
    const data = await E.data();
    E.dispose();
    const row = (k: number) => [...data.slice(k * I, (k + 1) * I)];
    expect([...rows.data]).toEqual([...row(5), ...row(0), ...row(2), 0, 0, 0]);
    expect(rows.shape).toEqual([2, 2, I]);
  });

  test("a one-hot row holds one 1, at its index", async () => {
    const rows = await numbersOf(() => oneHot(tf.tensor1d([1, 3, -1, 4]), 4));
    expect(rows).toBeAllclose([
      [0, 1, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  test("the gradient at an embedding is, for each word, the sum over the places where it stands", async () => {
    const slope = await numbersOf(() => {
      const indices = tf.tensor2d([[1, 1, 0]]);
      const dy = tf.tensor3d([
        [
          [1, 2],
          [10, 20],
          [0.5, 0.25],
        ],
      ]);
      return tf.grad((E) => embedding({ E }, indices))(tf.zeros([3, 2]), dy);
    });
    expect(slope).toBeAllclose([
      [0.5, 0.25],
      [11, 22],
      [0, 0],
    ]);
  });

  test("a choice by u is the first k whose cumulative probability exceeds u", async () => {
    const p = [0.25, 0.5, 0, 0.25];
    const u = [0, 0.2, 0.25, 0.7, 0.75, 0.99999994];
    const k = await numbersOf(() => sample(tf.tensor2d(u.map(() => p)), tf.tensor1d(u)));
    expect([...k.data]).toEqual([0, 0, 1, 1, 3, 3]);
    const sure = await numbersOf(() => sample(tf.tensor2d([[0, 1, 0]]), tf.tensor1d([0])));
    expect([...sure.data]).toEqual([1]);
  });

  test("many choices have the probabilities' frequencies, to four deviations", async () => {
    const p = [0.1, 0.6, 0.3];
    const n = 4000;
    const { uniform } = randomStream(1, "law of choice");
    const u = Float32Array.from({ length: n }, uniform);
    const k = await numbersOf(() => sample(tf.tensor2d([p]).tile([n, 1]), tf.tensor1d(u)));
    for (const [index, share] of p.entries()) {
      const found = k.data.filter((choice) => choice === index).length / n;
      expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / n));
    }
  });

  test("without draws the likeliest word is written, and at a low temperature too", async () => {
    const write = (how: object) =>
      numbersOf(() => {
        const W = normals("W", [V, H], 3);
        const E = normals("E", [V, I]);
        const first = tf.tensor1d([0, 4]);
        const logits = (h: tf.Tensor) => h.matMul(W, false, true);
        const embed = (word: tf.Tensor) => embedding({ E }, word);
        return generate(cell("gru"), { first, steps: 4, embed, logits, ...how }).y;
      });
    const u = normals("u", [2, 4]).abs().minimum(0.99);
    const bold = await write({ u, temperature: 1e-3 });
    const even = await write({ u, temperature: 1e3 });
    u.dispose();
    expect(bold).toEqual(await write({}));
    expect(even).not.toEqual(bold);
  });

  test("a cell that runs by itself is the cell on what it was fed", async () => {
    const made = tf.tidy(() => {
      const x_1 = normals("x_1", [B, I]);
      const fed = [x_1];
      const next = (h: tf.Tensor) => {
        const x_t = h.slice([0, 0], [B, I]).mul(2);
        fed.push(x_t);
        return x_t;
      };
      const free = freeRun(cell("lstm"), x_1, 4, next);
      const taught = unroll(cell("lstm"), stackSteps(fed.slice(0, 4)));
      return { free: hidden(free.states), taught: hidden(taught.states) };
    });
    const { free, taught } = await numbers(made);
    expect(free).toBeAllclose(taught!);
  });

  test("what gradients are stopped at is a constant", async () => {
    const slope = await numbersOf(() =>
      tf.grad((at) => at.mul(stopGradient(at)))(tf.tensor1d([3, -2])),
    );
    expect(slope).toBeAllclose([3, -2]);
  });
}
