import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { gpt2Settings, gpt2Torch } from "../../src/models/transformer/gpt2.ts";
import type { Config } from "../../src/training/lab.ts";
import { writingGpt } from "./gptProgram.ts";
import { windowOf } from "./ownTokens.ts";

/**
 * `tf-own`: a GPT-2 of any size, looked at through a window of at most 64 tokens. Inputs and taps are those of
 * `tf-gpt`; its tensors bear the names of GPT-2’s own files.
 */
export function ownGpt(config: Config): Program {
  const [V, T, d_model, heads, layers] = ["V", "T", "d_model", "heads", "layers"].map((name) =>
    Number(config[name]),
  ) as [number, number, number, number, number];
  const window = windowOf(config);
  const settings = gpt2Settings({ V, T: window, d_model, heads, layers });
  const { forward, parameters } = writingGpt({ ...settings, gated: true }, config);
  const W_P = parameters.W_P as Program["parameters"][string];
  // The window begins where the text does: of the model's places it has the first ones.
  const within = (given: Tensors): Tensors => ({
    ...given,
    W_P: named(given, "W_P").slice([0, 0], [window, d_model]),
  });
  return {
    parameters: { ...parameters, W_P: { ...W_P, shape: [T, d_model] } },
    torch: gpt2Torch({ d_model, layers }),
    forward: (given, inputs, tap) => forward(within(given), inputs, tap),
  };
}
