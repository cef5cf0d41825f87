import { entry } from "../../../src/data/ndarray.ts";
import {
  type PathModel,
  type PathSizes,
  type Quantity,
  rowAt,
  type Spot,
  spotName,
  sub,
  valueAt,
} from "./tokenPath.ts";

/** How each number of a GPT was made of others, with the numbers that went into it. */

/** Where a number came from: another number of the model, or a parameter. */
export type Source =
  | { readonly from: "spot"; readonly spot: Spot }
  | {
      readonly from: "parameter";
      readonly name: string;
      readonly index: number;
      readonly where: string;
    };

export interface Factor {
  /** As it stands in the sentence: `y₁₇`. */
  readonly label: string;
  readonly value: number;
  readonly source?: Source;
}

/** One summand: a number, or the product of two. */
export interface Term {
  readonly factors: readonly Factor[];
  readonly value: number;
  /** What it belongs to, where that has a name: the token of a key. */
  readonly of?: string;
}

/** How a number was made. */
export interface Making {
  /** As an equation, in letters. */
  readonly equation: string;
  /** The line of the model that does it. */
  readonly code: string;
  readonly terms: readonly Term[];
  /** What was done to the sum, in words and numbers: `÷ √12`. */
  readonly after: readonly string[];
  /** What the terms come to, by the page's own arithmetic. */
  readonly value: number;
}

/** The parameters that the making of a number takes, by name. */
export function parametersOf({ quantity, layer }: Spot): string[] {
  const own = (name: string) => `blocks.${layer}.${name}`;
  switch (quantity) {
    case "e":
    case "logits":
      return ["W_E"];
    case "P":
      return ["W_P"];
    case "norm_1":
    case "norm_2":
      return ["gamma", "beta"].map((name) => own(`${quantity}.${name}`));
    case "norm_f":
      return ["norm_f.gamma", "norm_f.beta"];
    case "Q":
    case "K":
    case "V":
      return [own(`attn.W_${quantity}`), own(`attn.b_${quantity}`)];
    case "attn":
      return [own("attn.W_O"), own("attn.b_O")];
    case "z":
      return [own("ffn.W_1"), own("ffn.b_1")];
    case "ffn":
      return [own("ffn.W_2"), own("ffn.b_2")];
    default:
      return [];
  }
}

/** The taps that the making of a number takes besides those of its own part. */
export function tapsFor({ quantity, layer }: Spot): string[] {
  const norm = (name: string) => [`${name}.mu`, `${name}.sigma2`];
  if (quantity === "norm_f") return norm("norm_f");
  if (quantity === "norm_1" || quantity === "norm_2") return norm(`blocks.${layer}.${quantity}`);
  return [];
}

/** How a number was made of others; null where what it takes is not there. */
export function makingOf(model: PathModel, spot: Spot): Making | null {
  const missing = [...parametersOf(spot), ...tapsFor(spot)].some((name) => !model.values[name]);
  return missing ? null : makers[spot.quantity](model, spot);
}

const numberAt = (model: PathModel, spot: Spot): Factor => ({
  label: spotName(spot),
  value: valueAt(model, spot),
  source: { from: "spot", spot },
});

function parameterAt(
  model: PathModel,
  name: string,
  index: number,
  label: string,
  where: string,
): Factor {
  return {
    label,
    value: entry(model.values[name], index),
    source: { from: "parameter", name, index, where },
  };
}

const product = (left: Factor, right: Factor, of?: string): Term => ({
  factors: [left, right],
  value: left.value * right.value,
  ...(of !== undefined && { of }),
});
const alone = (factor: Factor, of?: string): Term => ({
  factors: [factor],
  value: factor.value,
  ...(of !== undefined && { of }),
});
const sumOf = (terms: readonly Term[]) => terms.reduce((sum, { value }) => sum + value, 0);

type Maker = (model: PathModel, spot: Spot) => Making;

/** Σ x_k W_kj + b_j. `at` says where in the parameters' data the column begins and how far apart its rows are. */
function linear(
  from: Quantity,
  [W, b]: readonly [string, string],
  equation: string,
  code: string,
  column: (model: PathModel, spot: Spot) => { first: number; stride: number; bias: number },
): Maker {
  return (model, spot) => {
    const [weights = "", biases = ""] = parametersOf(spot);
    const { first, stride, bias } = column(model, spot);
    const inputs = rowAt(model, { ...spot, quantity: from });
    const terms = Array.from(inputs, (_, k) =>
      product(
        numberAt(model, { ...spot, quantity: from, index: k }),
        parameterAt(
          model,
          weights,
          first + k * stride,
          `${W}${sub(k)},${sub(spot.index)}`,
          weights,
        ),
      ),
    );
    const own = alone(
      parameterAt(model, biases, bias, `${b}${sub(spot.index)}`, biases),
      "the bias",
    );
    const all = [...terms, own];
    return { equation, code, terms: all, after: [], value: sumOf(all) };
  };
}

function added(
  x: (spot: Spot) => Spot,
  y: (spot: Spot) => Spot,
  equation: string,
  code: string,
): Maker {
  return (model, spot) => {
    const terms = [alone(numberAt(model, x(spot))), alone(numberAt(model, y(spot)))];
    return { equation, code, terms, after: [], value: sumOf(terms) };
  };
}

const epsilon = 1e-5;

function normed(from: (model: PathModel, spot: Spot) => Spot, taps: (spot: Spot) => string): Maker {
  return (model, spot) => {
    const x = numberAt(model, from(model, spot));
    const name = taps(spot);
    const [mu, sigma2] = ["mu", "sigma2"].map((of) =>
      entry(model.values[`${name}.${of}`], spot.place),
    ) as [number, number];
    const [gamma, beta] = ["gamma", "beta"].map((of) =>
      entry(model.values[`${name}.${of}`], spot.index),
    ) as [number, number];
    const hat = (x.value - mu) / Math.sqrt(sigma2 + epsilon);
    const factor: Factor = { label: "x̂", value: hat };
    const scale = parameterAt(
      model,
      `${name}.gamma`,
      spot.index,
      `γ${sub(spot.index)}`,
      `${name}.gamma`,
    );
    const shift = parameterAt(
      model,
      `${name}.beta`,
      spot.index,
      `β${sub(spot.index)}`,
      `${name}.beta`,
    );
    return {
      equation: "y = γ (x − μ) / √(σ² + ε) + β",
      code: "gamma.mul(X.sub(mu).div(sigma2.add(epsilon).sqrt())).add(beta)",
      terms: [product(factor, scale), alone(shift)],
      after: [
        `x̂ = (${x.label} − μ) / √(σ² + ε), with`,
        `${x.label} = ${short(x.value)}, μ = ${short(mu)}, σ² = ${short(sigma2)}`,
      ],
      value: gamma * hat + beta,
    };
  };
}

const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");

/** GELU by its tanh approximation, as the model computes it. */
export function gelu(z: number): number {
  return (z / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)));
}

const here =
  (quantity: Quantity) =>
  (spot: Spot): Spot => ({ ...spot, quantity });

/** Weights [h, d_model, d_head], biases [h, d_head]. */
const ofHead = ({ sizes: { d_model, d_head } }: PathModel, { head, index }: Spot) => ({
  first: head * d_model * d_head + index,
  stride: d_head,
  bias: head * d_head + index,
});
const ofMatrix =
  (width: (sizes: PathSizes) => number) =>
  ({ sizes }: PathModel, { index }: Spot) => ({
    first: index,
    stride: width(sizes),
    bias: index,
  });
const projected = (letter: "Q" | "K" | "V") =>
  linear(
    "norm_1",
    [`W`, `b`],
    `${letter.toLowerCase()}ⱼ = Σₖ yₖ Wₖⱼ + bⱼ`,
    `${letter} = x.matMul(W_${letter}).add(b_${letter})`,
    ofHead,
  );

const makers: Readonly<Record<Quantity, Maker>> = {
  e: (model, spot) => {
    const token = model.tokens[spot.place] ?? 0;
    const own = alone(
      parameterAt(
        model,
        "W_E",
        token * model.sizes.d_model + spot.index,
        `W_E[${token}, ${spot.index + 1}]`,
        "W_E",
      ),
    );
    return {
      equation: "e = the row of W_E that belongs to the token",
      code: "e = W_E[token]",
      terms: [own],
      after: [`Token ${token} is “${model.nameOf(token)}”.`],
      value: own.value,
    };
  },
  P: (model, spot) => {
    const own = alone(
      parameterAt(
        model,
        "W_P",
        spot.place * model.sizes.d_model + spot.index,
        `W_P[${spot.place + 1}, ${spot.index + 1}]`,
        "W_P",
      ),
    );
    return {
      equation: "P = the row of W_P that belongs to the place",
      code: "P = W_P.slice([0, 0], [T, d_model])",
      terms: [own],
      after: [`This is place ${spot.place + 1}.`],
      value: own.value,
    };
  },
  resid_pre: (model, spot) =>
    spot.layer === 0
      ? added(here("e"), here("P"), "x = e + P", "e.add(P)")(model, spot)
      : {
          equation: "x = what the block below left in the stream",
          code: 'tap("resid_pre", x)',
          terms: [
            alone(numberAt(model, { ...spot, quantity: "resid_post", layer: spot.layer - 1 })),
          ],
          after: [],
          value: valueAt(model, { ...spot, quantity: "resid_post", layer: spot.layer - 1 }),
        },
  norm_1: normed(
    (_, spot) => here("resid_pre")(spot),
    ({ layer }) => `blocks.${layer}.norm_1`,
  ),
  Q: projected("Q"),
  K: projected("K"),
  V: projected("V"),
  S: (model, spot) => {
    const { place, index: key } = spot;
    const { d_head } = model.sizes;
    const terms = Array.from({ length: d_head }, (_, k) =>
      product(
        numberAt(model, { ...spot, quantity: "Q", index: k }),
        numberAt(model, { ...spot, quantity: "K", place: key, index: k }),
      ),
    );
    return {
      equation: "S = q · k / √dₖ",
      code: "S = Q.matMul(K, false, true).div(Math.sqrt(d_k))",
      terms,
      after: [
        `q of “${tokenAt(model, place)}”, k of “${tokenAt(model, key)}”: ${short(sumOf(terms))}, divided by √${d_head} = ${short(Math.sqrt(d_head))}.`,
      ],
      value: sumOf(terms) / Math.sqrt(d_head),
    };
  },
  A: (model, spot) => {
    const scores = rowAt(model, { ...spot, quantity: "S" }).subarray(0, spot.place + 1);
    const greatest = scores.reduce((most, S) => Math.max(most, S), Number.NEGATIVE_INFINITY);
    const terms = Array.from(scores, (S, key) => ({
      ...alone({
        label: `e^(${short(S)} − ${short(greatest)})`,
        value: Math.exp(S - greatest),
        source: { from: "spot", spot: { ...spot, quantity: "S", index: key } },
      }),
      of: tokenAt(model, key),
    }));
    const own = terms[spot.index]?.value ?? 0;
    return {
      equation: "A = e^S / Σ e^S, over the keys up to this place",
      code: "A = softmax(S, M)",
      terms,
      after: [`“${tokenAt(model, spot.index)}” has ${short(own)} of ${short(sumOf(terms))}.`],
      value: own / sumOf(terms),
    };
  },
  Z: (model, spot) => {
    const shares = rowAt(model, { ...spot, quantity: "A" }).subarray(0, spot.place + 1);
    const terms = Array.from(shares, (_, key) =>
      product(
        numberAt(model, { ...spot, quantity: "A", index: key }),
        numberAt(model, { ...spot, quantity: "V", place: key }),
        tokenAt(model, key),
      ),
    );
    return {
      equation: "Z = Σⱼ Aⱼ vⱼ, over the keys",
      code: "Z = A.matMul(V)",
      terms,
      after: [],
      value: sumOf(terms),
    };
  },
  attn: (model, spot) => {
    const { heads, d_head, d_model } = model.sizes;
    const [W_O = "", b_O = ""] = parametersOf(spot);
    const terms = Array.from({ length: heads * d_head }, (_, i) => {
      const [head, k] = [Math.floor(i / d_head), i % d_head];
      return product(
        numberAt(model, { ...spot, quantity: "Z", head, index: k }),
        parameterAt(model, W_O, i * d_model + spot.index, `W_O${sub(i)},${sub(spot.index)}`, W_O),
        `head ${head + 1}`,
      );
    });
    const all = [
      ...terms,
      alone(parameterAt(model, b_O, spot.index, `b_O${sub(spot.index)}`, b_O), "the bias"),
    ];
    return {
      equation: "out = Σ over heads of Z W_O, + b_O",
      code: "out = concat.matMul(W_O).add(b_O)",
      terms: all,
      after: [],
      value: sumOf(all),
    };
  },
  resid_mid: added(here("resid_pre"), here("attn"), "x′ = x + out", "x.add(attend(LN(x)))"),
  norm_2: normed(
    (_, spot) => here("resid_mid")(spot),
    ({ layer }) => `blocks.${layer}.norm_2`,
  ),
  z: linear(
    "norm_2",
    ["W", "b"],
    "zⱼ = Σₖ yₖ Wₖⱼ + bⱼ",
    "z = x.matMul(W_1).add(b_1)",
    ofMatrix(({ d_ff }) => d_ff),
  ),
  a: (model, spot) => {
    const z = numberAt(model, { ...spot, quantity: "z" });
    return {
      equation: "a = GELU(z)",
      code: "a = geluTanh(z)",
      terms: [alone(z)],
      after: [`GELU lets ${short(z.value)} through as ${short(gelu(z.value))}.`],
      value: gelu(z.value),
    };
  },
  ffn: linear(
    "a",
    ["W", "b"],
    "outⱼ = Σₖ aₖ Wₖⱼ + bⱼ",
    "out = a.matMul(W_2).add(b_2)",
    ofMatrix(({ d_model }) => d_model),
  ),
  resid_post: added(here("resid_mid"), here("ffn"), "x″ = x′ + out′", "x.add(think(LN(x)))"),
  norm_f: normed(
    ({ sizes }, spot) => ({ ...spot, quantity: "resid_post", layer: sizes.layers - 1 }),
    () => "norm_f",
  ),
  logits: (model, spot) => {
    const { d_model } = model.sizes;
    const terms = Array.from({ length: d_model }, (_, k) =>
      product(
        numberAt(model, { ...spot, quantity: "norm_f", index: k }),
        parameterAt(model, "W_E", spot.index * d_model + k, `W_E[${spot.index}, ${k + 1}]`, "W_E"),
      ),
    );
    return {
      equation: "logit = y · (the token’s own row of W_E)",
      code: "logits = x.matMul(W_E.transpose())",
      terms,
      after: [`Token ${spot.index} is “${model.nameOf(spot.index)}”.`],
      value: sumOf(terms),
    };
  },
};

function tokenAt({ tokens, nameOf }: PathModel, place: number): string {
  return nameOf(tokens[place] ?? 0);
}
