import type * as tfjs from "@tensorflow/tfjs";

type Tf = typeof tfjs;
type Tensor = tfjs.Tensor;

interface Sizes {
  readonly V: number;
  readonly T: number;
  readonly d_model: number;
  readonly heads: number;
  readonly layers: number;
}

interface Block {
  readonly norms: readonly [gamma: tfjs.Variable, beta: tfjs.Variable][];
  readonly qkv: Dense;
  readonly out: Dense;
  readonly up: Dense;
  readonly down: Dense;
}
interface Dense {
  readonly W: tfjs.Variable;
  readonly b: tfjs.Variable;
}

/**
 * GPT-2 in eager TensorFlow.js: variables, core operations, tidy; keys and values grow by concatenation. The
 * embedding is a product with one-hot rows, since a look-up has no gradient on WebAssembly.
 */
export class PlainGpt {
  readonly weights: tfjs.Variable[] = [];
  readonly #tf: Tf;
  readonly #sizes: Sizes;
  readonly #W_E: tfjs.Variable;
  readonly #W_P: tfjs.Variable;
  readonly #blocks: Block[];
  readonly #end: readonly [tfjs.Variable, tfjs.Variable];
  #cache: (readonly [K: Tensor, V: Tensor])[] = [];

  constructor(tf: Tf, sizes: Sizes) {
    this.#tf = tf;
    this.#sizes = sizes;
    const { V, T, d_model: d, layers } = sizes;
    this.#W_E = this.#variable([V, d]);
    this.#W_P = this.#variable([T, d]);
    this.#blocks = Array.from({ length: layers }, () => ({
      norms: [this.#norm(), this.#norm()],
      qkv: this.#dense(d, 3 * d),
      out: this.#dense(d, d),
      up: this.#dense(d, 4 * d),
      down: this.#dense(4 * d, d),
    }));
    this.#end = this.#norm();
  }

  #variable(shape: number[], value?: number): tfjs.Variable {
    const tf = this.#tf;
    const initial = value === undefined ? tf.randomNormal(shape, 0, 0.02) : tf.fill(shape, value);
    const made = tf.variable(initial);
    initial.dispose();
    this.weights.push(made);
    return made;
  }
  #norm(): [tfjs.Variable, tfjs.Variable] {
    const { d_model } = this.#sizes;
    return [this.#variable([d_model], 1), this.#variable([d_model], 0)];
  }
  #dense(from: number, to: number): Dense {
    return { W: this.#variable([from, to]), b: this.#variable([to], 0) };
  }

  #times(x: Tensor, { W, b }: Dense): Tensor {
    const [B, n, d] = x.shape as [number, number, number];
    return x
      .reshape([B * n, d])
      .matMul(W as Tensor)
      .add(b)
      .reshape([B, n, -1]);
  }

  #normed(x: Tensor, [gamma, beta]: readonly [tfjs.Variable, tfjs.Variable]): Tensor {
    const { mean, variance } = this.#tf.moments(x, -1, true);
    return x.sub(mean).div(variance.add(1e-5).sqrt()).mul(gamma).add(beta);
  }

  /** The logits of tokens `[B, n]` that stand at the places from `from` on; with `grow`, keys and values are kept. */
  #logits(x: Tensor, from: number, grow: boolean): Tensor {
    const tf = this.#tf;
    const { V, d_model: d, heads } = this.#sizes;
    const [B, n] = x.shape as [number, number];
    const one_hot = tf
      .oneHot(x.toInt(), V)
      .toFloat()
      .reshape([B * n, V]);
    let stream = one_hot.matMul(this.#W_E as Tensor).reshape([B, n, d]);
    stream = stream.add((this.#W_P as Tensor).slice([from, 0], [n, d]));
    const next: (readonly [Tensor, Tensor])[] = [];
    for (const [i, block] of this.#blocks.entries()) {
      const [norm1, norm2] = block.norms as [Block["norms"][number], Block["norms"][number]];
      const [q, k, v] = this.#times(this.#normed(stream, norm1), block.qkv)
        .split(3, -1)
        .map((of) => of.reshape([B, n, heads, d / heads]).transpose([0, 2, 1, 3])) as [
        Tensor,
        Tensor,
        Tensor,
      ];
      const before = grow ? this.#cache[i] : undefined;
      const K = before ? before[0].concat(k, 2) : k;
      const values = before ? before[1].concat(v, 2) : v;
      if (grow) next.push([tf.keep(K), tf.keep(values)]);
      let scores = q.matMul(K, false, true).div(Math.sqrt(d / heads));
      if (n > 1) {
        const ahead = tf.sub(1, tf.linalg.bandPart(tf.ones([n, n]), -1, 0));
        scores = scores.add(ahead.mul(-1e9));
      }
      const gathered = scores.softmax().matMul(values).transpose([0, 2, 1, 3]).reshape([B, n, d]);
      stream = stream.add(this.#times(gathered, block.out));
      const z = this.#times(this.#normed(stream, norm2), block.up);
      const a = z.mul(0.5).mul(
        z
          .add(z.pow(3).mul(0.044715))
          .mul(Math.sqrt(2 / Math.PI))
          .tanh()
          .add(1),
      );
      stream = stream.add(this.#times(a, block.down));
    }
    if (grow) this.#cache = next;
    return this.#normed(stream, this.#end)
      .reshape([B * n, d])
      .matMul(this.#W_E as Tensor, false, true);
  }

  /** The mean cross-entropy of the tokens y that follow x, `[B, T]` both. */
  loss(x: Tensor, y: Tensor): tfjs.Scalar {
    const tf = this.#tf;
    const wanted = tf.oneHot(y.toInt().flatten() as tfjs.Tensor1D, this.#sizes.V);
    return tf.losses.softmaxCrossEntropy(wanted, this.#logits(x, 0, false)) as tfjs.Scalar;
  }

  /** Reads these tokens, after those read before or from the beginning, and draws the next. */
  async next(tokens: readonly number[], fromTheBeginning: boolean): Promise<number> {
    const tf = this.#tf;
    const old = this.#cache.flat();
    if (fromTheBeginning) this.#cache = [];
    const from = this.#cache[0]?.[0].shape[2] ?? 0;
    const drawn = tf.tidy(() => {
      const x = tf.tensor2d([[...tokens]], [1, tokens.length], "int32");
      const logits = this.#logits(x, from, true);
      const last = logits.slice([tokens.length - 1, 0], [1, -1]);
      return last.softmax().cumsum(1).lessEqual(0.5).toFloat().sum();
    });
    tf.dispose(old);
    const [token = 0] = await drawn.data();
    drawn.dispose();
    return Math.min(token, this.#sizes.V - 1);
  }
}
