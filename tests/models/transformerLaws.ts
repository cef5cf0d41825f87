import { describe, expect, test } from "vitest";
import { listening } from "../../src/engine/listen.ts";
import { upload } from "../../src/engine/passes.ts";
import { oneHot } from "../../src/models/embedding.ts";
import { named } from "../../src/models/named.ts";
import type { Tensors } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import { attention, rowsTimes } from "../../src/models/transformer/attention.ts";
import { encoderDecoderOf } from "../../src/models/transformer/encoderDecoder.ts";
import { type GptSettings, gptOf } from "../../src/models/transformer/gpt.ts";
import { causalMask, maskedSoftmax } from "../../src/models/transformer/masks.ts";
import { sinusoids } from "../../src/models/transformer/positions.ts";
import { largeVocabulary, tokenEmbedding } from "../../src/models/transformer/tokens.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { tokenAccuracy, tokenCrossEntropy } from "../../src/training/loss.ts";
import { randomStream } from "../../src/training/random.ts";
import "./allclose.ts";
import { numbers, numbersOf } from "./evaluate.ts";

const [B, T, V] = [2, 5, 7];

function normals(name: string, shape: readonly number[], scale = 1): tf.Tensor {
  const { normal } = randomStream(5, name);
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => scale * normal()),
    [...shape],
  );
}

const small = { V, T, d_model: 6, heads: 2, layers: 2, d_ff: 8, deviation: 0.5 } as const;

const tokens = (): tf.Tensor =>
  tf.tensor2d([
    [1, 4, 2, 6, 0],
    [3, 3, 5, 1, 2],
  ]);

/** What a model with these settings says, and taps, of these tokens. */
function run(more: Partial<GptSettings>, x: tf.Tensor, held: Tensors = {}) {
  const gpt = gptOf({ ...small, ...more });
  const parameters = upload(initialParameters(gpt.parameters, 2));
  const { tap, seen } = listening({ replace: held });
  return { logits: gpt.logits(parameters, x, tap), taps: seen, parameters, gpt };
}

const logitsOf = (more: Partial<GptSettings>, x: () => tf.Tensor, held?: () => Tensors) =>
  numbersOf(() => run(more, x(), held?.()).logits);

/** Every sequence backwards. */
const reversed = () => tokens().reverse(1);

const translator = () =>
  encoderDecoderOf({
    ...small,
    source: { V, T: 4 },
    target: { V: 6, T: 5 },
    norm: "post",
    positions: "sinusoidal",
  });

/** What must hold of attention and of the models made of it, on the current backend. */
export function transformerLaws(): void {
  describe("transformers", () => {
    test("rows of A sum to 1 over the keys, however large the scores", async () => {
      const sums = await numbersOf(() => {
        const S = normals("S", [B, 2, T, T], 100);
        return tf.stack([maskedSoftmax(S), maskedSoftmax(S, causalMask(T))]).sum(-1);
      });
      expect(sums).toBeAllclose({
        shape: [2, B, 2, T],
        data: new Float32Array(2 * B * 2 * T).fill(1),
      });
    });

    test("what a mask hides gets no attention, to the bit, and no gradient", async () => {
      const { A, slope } = await numbers(
        tf.tidy(() => {
          const S = normals("S", [T, T], 10);
          const M = causalMask(T);
          const f = (scores: tf.Tensor) => maskedSoftmax(scores, M).square().sum();
          const ahead = tf.sub(1, M);
          return { A: maskedSoftmax(S, M).mul(ahead), slope: tf.grad(f)(S).mul(ahead) };
        }),
      );
      for (const hidden of [A!, slope!]) {
        expect(hidden.data.every((entry) => entry === 0)).toBe(true);
      }
    });

    test("a mask that hides every key hides none", async () => {
      const A = await numbersOf(() => maskedSoftmax(tf.tensor2d([[3, 3]]), tf.zeros([1, 2])));
      expect(A).toBeAllclose([[0.5, 0.5]]);
    });

    test("attention to equal keys is the mean of the values; to one key far above, its value", async () => {
      const V_values = [
        [1, 2],
        [3, 6],
        [5, 1],
      ];
      const [mean, one] = await Promise.all(
        [
          tf.zeros([3, 2]),
          tf.tensor2d([
            [0, 0],
            [90, 0],
            [0, 0],
          ]),
        ].map((K) =>
          numbersOf(() => attention(tf.tensor2d([[1, 0]]), { K, V: tf.tensor2d(V_values) })),
        ),
      );
      expect(mean).toBeAllclose([[3, 3]]);
      expect(one).toBeAllclose([[3, 6]]);
    });

    test("products of d_k independent normal numbers have variance d_k, scaled ones 1", async () => {
      const d_k = 64;
      const variances = await numbersOf(() => {
        const [Q, K] = [normals("Q", [64, d_k]), normals("K", [64, d_k])];
        const { tap, seen } = listening({});
        attention(Q, { K, V: K }, {}, tap);
        return tf.stack([named(seen, "QK"), named(seen, "S")].map((x) => x.square().mean()));
      });
      // 4,096 products, of which 127 rows and columns are independent: within a tenth or so.
      expect(variances.data[0]! / d_k).toBeCloseTo(1, 0);
      expect(variances.data[1]).toBeCloseTo(1, 0);
    });

    test("tokens of the future change nothing that was said before", async () => {
      const other = () => tf.concat([tokens().slice([0, 0], [B, 3]), tf.zeros([B, 2])], 1);
      const early = (x: () => tf.Tensor) =>
        numbersOf(() => run({}, x()).logits.slice([0, 0, 0], [B, 3, V]));
      expect(await early(other)).toBeAllclose(await early(tokens));
    });

    test("a shorter text says the same as the beginning of a longer one", async () => {
      const whole = await numbersOf(() => run({}, tokens()).logits.slice([0, 0, 0], [B, 3, V]));
      const part = await logitsOf({}, () => tokens().slice([0, 0], [B, 3]));
      expect(part).toBeAllclose(whole);
    });

    test("without positions and mask, tokens in another order give the same in that order", async () => {
      const blind = { positions: "none", causal: false } as const;
      const straight = await numbersOf(() => run(blind, tokens()).logits.reverse(1));
      expect(await logitsOf(blind, reversed)).toBeAllclose(straight);
      const seeing = await numbersOf(() => run({ causal: false }, tokens()).logits.reverse(1));
      const turned = await logitsOf({ causal: false }, reversed);
      const differences = turned.data.map((entry, i) => Math.abs(entry - seeing.data[i]!));
      expect(Math.max(...differences)).toBeGreaterThan(0.1);
    });

    test("what a layer adds to the stream is the sum of what each head adds by itself", async () => {
      const { sum, out } = await numbers(
        tf.tidy(() => {
          const { taps, parameters } = run({ biases: false }, tokens());
          const Z = named(taps, "blocks.0.attn.Z").unstack(1); // [B, T, d_v] each
          const W_O = named(parameters, "blocks.0.attn.W_O").unstack(0); // [d_v, d_model] each
          const each = Z.map((z, i) => rowsTimes(z, W_O[i]!));
          return { sum: tf.addN(each), out: named(taps, "blocks.0.attn.out").clone() };
        }),
      );
      expect(sum).toBeAllclose(out!, { absolute: 1e-5 });
    });

    test("a gate of 0 takes its head out, and leaves the other as it was", async () => {
      const gate = () => ({ "blocks.0.attn.gate": tf.tensor3d([0, 1], [2, 1, 1]) });
      const { concat, whole } = await numbers(
        tf.tidy(() => {
          const of = (held: Tensors) =>
            named(run({ gated: true }, tokens(), held).taps, "blocks.0.attn.concat");
          return { concat: of(gate()).clone(), whole: of({}).clone() };
        }),
      );
      const expected = whole!.data.map((entry, i) => (i % 6 < 3 ? 0 : entry));
      expect([...concat!.data]).toBeAllclose([...expected], { absolute: 0, relative: 0 });
    });

    test("without residual connections, norms and feed-forward layers the stream is the last head's word", async () => {
      const bare = { residual: false, norm: "none", d_ff: 0 } as const;
      const { post, out } = await numbers(
        tf.tidy(() => {
          const { taps } = run(bare, tokens());
          const of = (name: string) => named(taps, `blocks.1.${name}`).clone();
          return { post: of("resid_post"), out: of("attn.out") };
        }),
      );
      expect(post).toEqual(out);
    });

    test("a model of all these parts can do without each of them", async () => {
      const without: Partial<GptSettings>[] = [
        { residual: false },
        { norm: "none" },
        { norm: "post" },
        { d_ff: 0 },
        { positions: "none" },
        { causal: false },
        { scaled: false },
        { biases: false },
      ];
      const whole = await logitsOf({}, tokens);
      for (const more of without) {
        const less = await logitsOf(more, tokens);
        expect(less.shape).toEqual([B, T, V]);
        expect(less.data, JSON.stringify(more)).not.toEqual(whole.data);
      }
    });

    test("one token at a time, with keys and values kept, says what the whole text says", async () => {
      for (const positions of ["learned", "sinusoidal", "none"] as const) {
        const { whole, pieces, going } = await numbers(
          tf.tidy(() => {
            const { logits, gpt, parameters } = run({ positions }, tokens());
            const words = tokens().unstack(1);
            const said: tf.Tensor[] = [];
            let cache = gpt.empty(B);
            for (const [t, word] of words.entries()) {
              const now = gpt.step(parameters, word, tf.scalar(t, "int32"), cache);
              said.push(now.logits);
              cache = now.cache;
            }
            // The beginning at once, the rest one by one.
            const begun = gpt.begin(parameters, tokens().slice([0, 0], [B, 3]));
            const third = gpt.step(parameters, words[3]!, 3, begun.cache);
            const last = gpt.step(parameters, words[4]!, 4, third.cache);
            const two = tf.stack([third.logits, last.logits], 1);
            return {
              whole: logits.clone(),
              pieces: tf.stack(said, 1),
              going: tf.concat([begun.logits, two], 1),
            };
          }),
        );
        expect(pieces, positions).toBeAllclose(whole!, { absolute: 1e-5 });
        expect(going, positions).toBeAllclose(whole!, { absolute: 1e-5 });
      }
    });

    test("a decoder that keeps keys and values says what the whole sentence says", async () => {
      const { whole, pieces } = await numbers(
        tf.tidy(() => {
          const model = translator();
          const parameters = upload(initialParameters(model.parameters, 2));
          const source = tf.tensor2d([
            [1, 2, 3, 0],
            [4, 2, 0, 0],
          ]);
          const target = tf.tensor2d([
            [1, 2, 3, 4, 5],
            [1, 5, 4, 3, 2],
          ]);
          const encoded = model.encode(parameters, source);
          let cache = model.empty(2);
          const said = target.unstack(1).map((word, t) => {
            const now = model.step(parameters, word, t, cache, encoded);
            cache = now.cache;
            return now.logits;
          });
          return { whole: model.decode(parameters, target, encoded), pieces: tf.stack(said, 1) };
        }),
      );
      expect(pieces).toBeAllclose(whole!, { absolute: 1e-5 });
    });

    test("what fills a source up changes nothing", async () => {
      const say = (source: number[][]) =>
        numbersOf(() => {
          const model = translator();
          const parameters = upload(initialParameters(model.parameters, 2));
          const target = tf.tensor2d([[1, 2, 3]]);
          return model.logits(parameters, { source: tf.tensor2d(source), target });
        });
      expect(await say([[1, 2, 0, 0]])).toBeAllclose(await say([[1, 2]]));
    });

    test("a row looked up is the one-hot row's product with the table, and so is its gradient", async () => {
      const many = largeVocabulary + 4;
      const indices = () =>
        tf.tensor2d([
          [7, 0, many - 1],
          [7, 258, 7],
        ]);
      const { found, product, slope, expected } = await numbers(
        tf.tidy(() => {
          const W_E = normals("W_E", [many, 3]);
          const dy = normals("dy", [2, 3, 3]);
          const looked = (table: tf.Tensor) => tokenEmbedding(table, indices());
          const multiplied = (table: tf.Tensor) => rowsTimes(oneHot(indices(), many), table);
          return {
            found: looked(W_E),
            product: multiplied(W_E),
            slope: tf.grad(looked)(W_E, dy),
            expected: tf.grad(multiplied)(W_E, dy),
          };
        }),
      );
      expect(found).toBeAllclose(product!);
      expect(slope).toBeAllclose(expected!);
    });

    test("places where nothing is asked count neither in the loss nor in the accuracy", async () => {
      const asked = [
        [2, -1, 5],
        [-1, -1, 0],
      ];
      const { L, accuracy, alone, none } = await numbers(
        tf.tidy(() => {
          const logits = normals("logits", [2, 3, V]);
          const y = tf.tensor2d(asked);
          const picked = tf.stack(
            [0, 2, 5].map((place) => logits.reshape([6, V]).slice([place, 0], [1, V]).squeeze([0])),
          );
          const likeliest = picked.argMax(-1).toFloat();
          return {
            L: tokenCrossEntropy(logits, y),
            alone: tokenCrossEntropy(picked.expandDims(0), tf.tensor2d([[2, 5, 0]])),
            accuracy: tf.stack([
              tokenAccuracy(logits, y),
              likeliest
                .equal(tf.tensor1d([2, 5, 0]))
                .toFloat()
                .mean(),
            ]),
            none: tokenCrossEntropy(logits, tf.fill([2, 3], -1)),
          };
        }),
      );
      expect(L).toBeAllclose(alone!);
      expect(accuracy!.data[0]).toBeCloseTo(accuracy!.data[1]!, 6);
      expect(none!.data[0]).toBeCloseTo(0, 9);
    });
  });
}

/** The product of the codes of two places, d numbers each. */
function positionProduct(codes: Float32Array, d: number, s: number, t: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += codes[s * d + k]! * codes[t * d + k]!;
  return sum;
}

/** Laws that no backend has a part in. */
export function transformerShapes(): void {
  test("the product of two sinusoidal codes depends on the distance alone, and is greatest at 0", () => {
    const d = 32;
    const codes = sinusoids(40, d);
    for (const distance of [0, 1, 5, 12]) {
      const first = positionProduct(codes, d, 0, distance);
      for (const s of [3, 10, 27]) {
        expect(positionProduct(codes, d, s, s + distance)).toBeCloseTo(first, 4);
      }
      // cos² + sin² = 1 for each pair of dimensions.
      if (distance === 0) expect(first).toBeCloseTo(d / 2, 4);
      else expect(first).toBeLessThan(d / 2 - 0.5);
    }
  });

  test("a head that does not divide the stream is refused, and a text longer than the places", async () => {
    expect(() => gptOf({ ...small, heads: 4 })).toThrow(/share the 6 numbers.*got 4/);
    expect(() => gptOf({ ...small, layers: 0 })).toThrow(/whole number from 1 for layers, got 0/);
    const long = () => tf.zeros([1, T + 1]);
    await expect(logitsOf({}, long)).rejects.toThrow(/at most 5 tokens.*got 6/);
  });

  test("parameters are counted as the paper counts them", () => {
    const count = (more: Partial<GptSettings>) => {
      const { parameters } = gptOf({ ...small, ...more });
      return Object.values(parameters).reduce(
        (sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1),
        0,
      );
    };
    const [d, d_ff] = [6, 8];
    const perBlock = 4 * d * d + 4 * d + (2 * d * d_ff + d_ff + d) + 2 * 2 * d;
    expect(count({})).toBe(V * d + T * d + 2 * perBlock + 2 * d + d * V + V);
    expect(count({ biases: false, norm: "none", d_ff: 0, tied: true })).toBe(
      V * d + T * d + 2 * 4 * d * d,
    );
  });
}
