import type { NDArray } from "../../../src/data/ndarray.ts";
import { principalOf } from "../principal.ts";

/** Finding 32 directions in 256 takes long enough to be felt on the page's own thread. */
addEventListener(
  "message",
  ({ data }: MessageEvent<{ x: NDArray; heldOut: readonly number[] }>) => {
    postMessage(principalOf(data.x, data.heldOut));
  },
);
