import type { TorchTensor } from "../program.ts";
import type { GptSettings } from "./gpt.ts";
import { normTorch } from "./normTorch.ts";

/**
 * The settings of a GPT-2 of these sizes: learned positions, norms before the parts, GELU by its tanh
 * approximation, the embedding as unembedding. The smallest that OpenAI published has V = 50,257, T = 1,024,
 * d_model = 768, 12 heads and 12 layers. Radford et al. 2019, § 2.3.
 */
export function gpt2Settings(
  sizes: Pick<GptSettings, "V" | "T" | "d_model" | "heads" | "layers">,
): GptSettings {
  const like = { activation: "geluTanh", norm: "pre", positions: "learned", tied: true } as const;
  return { ...sizes, ...like, d_ff: 4 * sizes.d_model };
}

/**
 * The parameters of such a model under the names of GPT-2's own files: `wte.weight`, `h.0.attn.c_attn.weight`,
 * …, `ln_f.bias`. Its matrices stand on the right as ours do; queries, keys and values of all heads lie
 * beside each other in one.
 */
// #region gpt2Torch
export function gpt2Torch({
  d_model: d,
  layers,
}: Pick<GptSettings, "d_model" | "layers">): TorchTensor[] {
  const blocks = Array.from({ length: layers }, (_, i): TorchTensor[] => {
    const own = (name: string) => `blocks.${i}.${name}`;
    const theirs = (name: string) => `h.${i}.${name}`;
    const each = (kind: string) => ["Q", "K", "V"].map((name) => own(`attn.${kind}_${name}`));
    return [
      ...normTorch(own("norm_1"), theirs("ln_1")),
      {
        name: theirs("attn.c_attn.weight"),
        shape: [d, 3 * d],
        beside: true,
        rows: each("W").map((of) => ({ of, order: [1, 0, 2] })),
      },
      { name: theirs("attn.c_attn.bias"), shape: [3 * d], rows: each("b") },
      { name: theirs("attn.c_proj.weight"), shape: [d, d], rows: [own("attn.W_O")] },
      { name: theirs("attn.c_proj.bias"), rows: [own("attn.b_O")] },
      ...normTorch(own("norm_2"), theirs("ln_2")),
      { name: theirs("mlp.c_fc.weight"), rows: [own("ffn.W_1")] },
      { name: theirs("mlp.c_fc.bias"), rows: [own("ffn.b_1")] },
      { name: theirs("mlp.c_proj.weight"), rows: [own("ffn.W_2")] },
      { name: theirs("mlp.c_proj.bias"), rows: [own("ffn.b_2")] },
    ];
  });
  return [
    { name: "wte.weight", rows: ["W_E"] },
    { name: "wpe.weight", rows: ["W_P"] },
    ...blocks.flat(),
    ...normTorch("norm_f", "ln_f"),
  ];
}
// #endregion
