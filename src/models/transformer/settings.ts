import type { BlockSettings, NormPlace } from "./block.ts";
import type { FeedForwardActivation } from "./feedForward.ts";
import type { PositionName } from "./positions.ts";

/** What a stack of blocks is made of. What has a default need not be said. */
export interface StackSettings {
  /** Numbers in the stream at each place. */
  readonly d_model: number;
  readonly heads: number;
  /** Numbers in a query, a key and a value. Default: d_model / heads, so that the heads together fill the stream. */
  readonly d_head?: number;
  readonly layers: number;
  /** Units of the feed-forward layers. 0: there are none. */
  readonly d_ff: number;
  /** Default: `relu`. */
  readonly activation?: FeedForwardActivation;
  /** Default: `pre`. */
  readonly norm?: NormPlace;
  /** Default: `learned`. */
  readonly positions?: PositionName;
  /** Residual connections. Default: yes. */
  readonly residual?: boolean;
  /** Default: yes. */
  readonly biases?: boolean;
  /** Division by √d_k. Default: yes. */
  readonly scaled?: boolean;
  /** Whether each attention taps a `gate`, by which a head can be taken out. Default: no. */
  readonly gated?: boolean;
  /** The deviation of embeddings and learned positions at the start. Default: 1, as PyTorch's `nn.Embedding`; 0.02 where the embedding is the unembedding too. */
  readonly deviation?: number;
}

/**
 * The settings of each block of the stack.
 *
 * @throws RangeError when a size is not a whole number from 1, or heads do not divide the stream
 */
export function blockSettings(settings: StackSettings): BlockSettings {
  const { d_model, heads, layers, d_ff } = settings;
  const { d_head = d_model / heads } = settings;
  for (const [name, size] of Object.entries({ d_model, heads, layers })) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`Expected a whole number from 1 for ${name}, got ${size}.`);
    }
  }
  if (!Number.isInteger(d_ff) || d_ff < 0) {
    throw new RangeError(`Expected a whole number from 0 for d_ff, got ${d_ff}.`);
  }
  if (!Number.isInteger(d_head) || d_head < 1) {
    throw new RangeError(
      `Expected heads that share the ${d_model} numbers of the stream evenly, got ${heads}. Choose a divisor of ${d_model}, or give d_head.`,
    );
  }
  const { activation = "relu", norm = "pre", residual = true, biases = true } = settings;
  const { scaled = true, gated = false } = settings;
  return { d_model, heads, d_head, d_ff, activation, norm, residual, biases, scaled, gated };
}
