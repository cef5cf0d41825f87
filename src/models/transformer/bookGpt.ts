import type { GptSettings } from "./gpt.ts";
import { gpt2Settings } from "./gpt2.ts";
import { bookGptLength, bookGptSizes } from "./sizes.ts";

/**
 * The book's own GPT: GPT-2 on a small scale, 3 blocks of 4 heads on a stream of 48 numbers. With 512 tokens
 * it has 112,560 parameters.
 *
 * @param V tokens of its vocabulary
 */
export function bookGpt(V: number): GptSettings {
  const { d_model, heads, layers } = bookGptSizes;
  return gpt2Settings({ V, T: bookGptLength, d_model, heads, layers });
}
