import { describe, expect, test } from "vitest";
import { convolution } from "../../src/models/convolution.ts";
import { patchesOf, type Windowing } from "../../src/models/patches.ts";
import { averagePool, flatten, maxPool } from "../../src/models/pooling.ts";
import { stopGradient } from "../../src/models/stopGradient.ts";
import { untapped } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { plainSample, reparameterise, scoreFunction } from "../../src/models/vae.ts";
import { gaussianKl, gaussianKlBetween, negativeElbo, warmUp } from "../../src/training/elbo.ts";
import { klSparsity } from "../../src/training/sparsity.ts";
import "./allclose.ts";
import { numbersOf } from "./evaluate.ts";

/** Numbers of both signs, the same everywhere. */
function waves(shape: number[], phase: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + phase)),
    shape,
  );
}

/** Patches found one number at a time. */
function patchesByHand(x: number[][][][], window: Required<Windowing>): number[][][][] {
  const { kernel, stride, padding, dilation } = window;
  const [h, w, c] = [x[0]!.length, x[0]![0]!.length, x[0]![0]![0]!.length];
  const places = (size: number) =>
    Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return x.map((picture) =>
    range(places(h)).map((i) =>
      range(places(w)).map((j) =>
        range(c).flatMap((channel) =>
          range(kernel).flatMap((u) =>
            range(kernel).map((v) => {
              const row = i * stride - padding + u * dilation;
              return picture[row]?.[j * stride - padding + v * dilation]?.[channel] ?? 0;
            }),
          ),
        ),
      ),
    ),
  );
}

const windows: Required<Windowing>[] = [
  { kernel: 3, stride: 1, padding: 1, dilation: 1 },
  { kernel: 2, stride: 2, padding: 0, dilation: 1 },
  { kernel: 3, stride: 2, padding: 2, dilation: 2 },
  { kernel: 1, stride: 3, padding: 1, dilation: 1 },
];

/** What must hold of pictures and codes, on the current backend. */
export function imageLaws(): void {
  describe("convolution and pooling", () => {
    test.each(windows)("patches are what the window sees, cell by cell: %o", async (window) => {
      const x = waves([2, 5, 6, 3], 1);
      const byHand = patchesByHand((await x.array()) as number[][][][], window);
      expect(await numbersOf(() => patchesOf(x, window))).toBeAllclose(byHand, { absolute: 0 });
      x.dispose();
    });

    test.each(windows)(
      "a patch's cell hands its gradient to the pixel it saw: %o",
      async (window) => {
        // ⟨dy, patches(x)⟩ = ⟨gradient, x⟩, since patches are linear in x.
        const sums = await numbersOf(() => {
          const x = waves([2, 5, 6, 3], 2);
          const y = patchesOf(x, window);
          const dy = waves(y.shape, 3);
          const gradient = tf.grad((moved) => patchesOf(moved, window))(x, dy);
          return tf.stack([y.mul(dy).sum(), gradient.mul(x).sum()]);
        });
        expect(sums.data[1]).toBeCloseTo(sums.data[0]!, 3);
      },
    );

    test("a shifted picture gives a shifted map, away from the border", async () => {
      const [before, after] = await Promise.all(
        [0, 1].map((shift) =>
          numbersOf(() => {
            const layer = { W: waves([2, 1, 3, 3], 1), b: waves([2], 2), padding: 1 };
            const picture = waves([1, 6, 6, 1], 3).pad([
              [0, 0],
              [2, 2],
              [2, 2],
              [0, 0],
            ]);
            const x = picture.slice([0, 1 - shift, 0, 0], [1, 9, 10, 1]);
            return convolution(layer, x).slice([0, 1 + shift, 1, 0], [1, 6, 8, 2]);
          }),
        ),
      );
      expect(after).toBeAllclose(before!, { absolute: 1e-5 });
    });

    test("a 1 × 1 convolution is one linear layer at every pixel", async () => {
      const [W, b, x] = [waves([3, 2, 1, 1], 1), waves([3], 2), waves([2, 4, 5, 2], 3)];
      const linear = await numbersOf(() =>
        x
          .reshape([-1, 2])
          .matMul(W.reshape([3, 2]), false, true)
          .add(b)
          .reshape([2, 4, 5, 3]),
      );
      expect(await numbersOf(() => convolution({ W, b }, x))).toBeAllclose(linear);
      tf.dispose([W, b, x]);
    });

    test("on one channel it agrees with TensorFlow.js's own conv2d", async () => {
      const [W, b, x] = [waves([3, 2, 3, 3], 1), waves([3], 2), waves([2, 6, 5, 2], 3)];
      const theirs = await numbersOf(() => {
        const kernel = W.transpose([2, 3, 1, 0]) as tf.Tensor4D;
        return tf.conv2d(x as tf.Tensor4D, kernel, 1, "same").add(b);
      });
      const ours = await numbersOf(() => convolution({ W, b, padding: 1 }, x));
      expect(ours).toBeAllclose(theirs, { absolute: 1e-5 });
      tf.dispose([W, b, x]);
    });

    test.each([maxPool, averagePool])(
      "pooling leaves a constant picture constant (%o)",
      async (pool) => {
        const p = await numbersOf(() => pool(tf.fill([1, 7, 7, 2], 0.75), { size: 3, stride: 2 }));
        expect(p).toBeAllclose({ shape: [1, 3, 3, 2], data: new Float32Array(18).fill(0.75) });
      },
    );

    test("max pooling does not see a shift within its windows", async () => {
      const [here, there] = await Promise.all(
        [0, 1].map((at) =>
          numbersOf(() => {
            const dot = tf.oneHot(tf.tensor1d([2 + at], "int32"), 6).toFloat();
            return maxPool(
              tf
                .outerProduct(dot.flatten() as tf.Tensor1D, dot.flatten() as tf.Tensor1D)
                .reshape([1, 6, 6, 1]),
              { size: 2 },
            );
          }),
        ),
      );
      expect(there).toEqual(here);
    });

    test("the gradient of max pooling goes to the greatest, and adds up where windows overlap", async () => {
      const gradient = await numbersOf(() => {
        const x = tf.tensor4d([1, 2, 3, 4, 9, 5, 6, 7, 8], [1, 3, 3, 1]);
        return tf
          .grad((a) => maxPool(a, { size: 2, stride: 1 }))(x)
          .reshape([3, 3]);
      });
      expect(gradient).toBeAllclose([
        [0, 0, 0],
        [0, 4, 0],
        [0, 0, 0],
      ]);
    });

    test("flattening puts one map after the other", async () => {
      const flat = await numbersOf(() =>
        flatten(tf.tensor4d([1, 10, 2, 20, 3, 30, 4, 40], [1, 2, 2, 2])),
      );
      expect(flat).toBeAllclose([[1, 2, 3, 4, 10, 20, 30, 40]]);
    });

    test("a window larger than the padded picture is refused, with the remedy", () => {
      tf.tidy(() => {
        const x = waves([1, 4, 4, 1], 1);
        expect(() => patchesOf(x, { kernel: 3, dilation: 2 })).toThrow(
          /fits into 4 × 4 cells with 0 of padding.*3 × 3 at dilation 2 spans 5.*pad more/,
        );
      });
    });
  });

  describe("codes", () => {
    const q = () => ({ mu: waves([4, 3], 1), log_var: waves([4, 3], 2) });

    test("KL ≥ 0, and 0 only where the distributions are one", async () => {
      const kl = await numbersOf(() => gaussianKl({ mu: waves([40], 1), log_var: waves([40], 2) }));
      expect(Math.min(...kl.data)).toBeGreaterThan(0);
      const none = await numbersOf(() => gaussianKl({ mu: tf.zeros([3]), log_var: tf.zeros([3]) }));
      expect(none).toBeAllclose([0, 0, 0]);
      expect(await numbersOf(() => gaussianKlBetween(q(), q()))).toBeAllclose({
        shape: [4, 3],
        data: new Float32Array(12),
      });
    });

    // torch.distributions.kl_divergence(Normal(0.5, 0.8), Normal(-1.0, 2.0)), and the other way round, PyTorch 1.13.
    test("the divergence of two normal distributions is PyTorch's, and not symmetric", async () => {
      const both = await numbersOf(() => {
        const normal = (mu: number, sigma: number) => ({
          mu: tf.scalar(mu),
          log_var: tf.scalar(2 * Math.log(sigma)),
        });
        const [a, b] = [normal(0.5, 0.8), normal(-1, 2)];
        return tf.stack([gaussianKlBetween(a, b), gaussianKlBetween(b, a)]);
      });
      expect(both).toBeAllclose([0.777540732, 3.46652177]);
    });

    test("from N(0, 1) it is the closed form of the general one", async () => {
      const general = await numbersOf(() =>
        gaussianKlBetween(q(), { mu: tf.zeros([4, 3]), log_var: tf.zeros([4, 3]) }),
      );
      expect(await numbersOf(() => gaussianKl(q()))).toBeAllclose(general, { absolute: 1e-5 });
    });

    test("ELBO + L = 0, and free bits charge what lies below them in full", async () => {
      const values = await numbersOf(() => {
        const seen: tf.Tensor[] = [];
        const L = negativeElbo(
          { cost: waves([4], 3).abs(), kl: tf.fill([4, 3], 0.1), beta: 2, freeBits: 0.5 },
          (name, value) => {
            if (name === "ELBO" || name === "reconstruction") seen.push(value);
            return value;
          },
        );
        return tf.stack([...seen, L]);
      });
      const [reconstruction = 0, ELBO = 0, L = 0] = values.data;
      expect(ELBO + L).toBe(0);
      expect(L - reconstruction).toBeCloseTo(2 * 3 * 0.5, 5);
    });

    test("z = μ + σ ⊙ ε hands its gradient on: 1 to μ, σ ε / 2 to log σ²; a plain draw none", async () => {
      for (const [draw, passes] of [
        [reparameterise, 1],
        [plainSample, 0],
      ] as const) {
        const [mu, log_var, epsilon] = [waves([4, 3], 1), waves([4, 3], 2), waves([4, 3], 3)];
        const at = (which: 0 | 1) =>
          numbersOf(
            () =>
              tf.grads((m, v) =>
                draw({ mu: m!, log_var: v! }, epsilon)
                  .sum()
                  .add(m!.sum().mul(0))
                  .add(v!.sum().mul(0)),
              )([mu, log_var])[which]!,
          );
        const expected = await numbersOf(() =>
          log_var.div(2).exp().mul(epsilon).div(2).mul(passes),
        );
        expect(await at(0)).toBeAllclose({
          shape: [4, 3],
          data: new Float32Array(12).fill(passes),
        });
        expect(await at(1)).toBeAllclose(expected, { absolute: 1e-5 });
        tf.dispose([mu, log_var, epsilon]);
      }
    });

    test("the score function changes no value, and a constant baseline takes its own share off", async () => {
      const value = await numbersOf(() => {
        const z = reparameterise(q(), waves([4, 3], 3));
        return scoreFunction(waves([4], 4), q(), z, 3);
      });
      expect(value).toBeAllclose(await numbersOf(() => waves([4], 4)), { absolute: 1e-5 });
      const gradient = await numbersOf(() => {
        const { mu, log_var } = q();
        const z = stopGradient(reparameterise({ mu, log_var }, waves([4, 3], 3)));
        // f equal to its baseline: nothing is learnt from the draw.
        return tf.grad((m) => scoreFunction(tf.fill([4], 3), { mu: m, log_var }, z, 3).sum())(mu);
      });
      expect(gradient).toBeAllclose({ shape: [4, 3], data: new Float32Array(12) });
    });

    test("over many draws the score function's gradient is that of the reparameterised", async () => {
      // E[(z − 1)²] for z from N(μ, σ²): the gradient is 2 (μ − 1) at μ and σ² at log σ².
      const both = await numbersOf(() => {
        const draws = 20000;
        const epsilon = tf.randomNormal([draws, 1], 0, 1, "float32", 7);
        const estimate = (sharp: boolean) => (mu: tf.Tensor, log_var: tf.Tensor) => {
          const d = { mu: mu.mul(tf.ones([draws, 1])), log_var: log_var.mul(tf.ones([draws, 1])) };
          const z = (sharp ? reparameterise : plainSample)(d, epsilon, untapped);
          const f = z.sub(1).square().sum(-1);
          return (sharp ? f : scoreFunction(f, d, z, 1)).mean() as tf.Scalar;
        };
        const points = [tf.scalar(0.5), tf.scalar(-0.5)];
        const [a, b] = [true, false].map((sharp) =>
          tf.stack(tf.grads(estimate(sharp) as never)(points)),
        );
        return tf.stack([a!, b!]);
      });
      const [mu_a = 0, v_a = 0, mu_b = 0, v_b = 0] = both.data;
      expect(Math.abs(mu_a + 1)).toBeLessThan(0.05);
      expect(Math.abs(v_a - Math.exp(-0.5))).toBeLessThan(0.05);
      expect(Math.abs(mu_b + 1)).toBeLessThan(0.15);
      expect(Math.abs(v_b - Math.exp(-0.5))).toBeLessThan(0.15);
    });

    test("a warm-up rises from 0 to 1 and stays; without one it is 1", async () => {
      const t = [0, 50, 100, 1000];
      expect(await numbersOf(() => warmUp(tf.tensor1d(t), 100))).toBeAllclose([0, 0.5, 1, 1]);
      expect(await numbersOf(() => warmUp(tf.tensor1d(t), 0))).toBeAllclose([1, 1, 1, 1]);
    });

    test("the penalty on mean activations is 0 at ρ, and more the farther from it", async () => {
      const at = async (rho_hat: number) =>
        (await numbersOf(() => klSparsity(tf.fill([5, 2], rho_hat), 0.1, 1))).data[0]!;
      expect(await at(0.1)).toBeCloseTo(0, 5);
      expect(await at(0.2)).toBeGreaterThan(0.01);
      expect(await at(0.5)).toBeGreaterThan(await at(0.2));
      expect(await at(0)).toBeGreaterThan(await at(0.05));
      expect(Number.isFinite(await at(0))).toBe(true);
    });
  });

  test("convolution, pooling and their gradients leave no tensor behind", () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const loss = (W: tf.Tensor) =>
        maxPool(
          convolution({ W, b: tf.zeros([2]), stride: 2, padding: 1 }, waves([2, 8, 8, 1], 1)),
          { size: 2 },
        ).sum<tf.Scalar>();
      tf.valueAndGrad(loss)(waves([2, 1, 3, 3], 2));
    });
    expect(tf.memory().numTensors).toBe(before);
  });
}
