import type { Arrays } from "../data/ndarray.ts";
import type { Frame } from "../training/lab.ts";

/** What of a frame is large and seldom changes. */
const lasting = ["data", "input"] as const;
type Lasting = (typeof lasting)[number];

/** A frame on its way to the page: what is still that of the frame before is left out. */
export type SpareFrame = Omit<Frame, Lasting> & Partial<Pick<Frame, Lasting>>;

/** The engine's end: leaves out what the page has. */
export class FrameSender {
  #sent: Partial<Record<Lasting, Arrays>> = {};

  spare(frame: Frame): SpareFrame {
    const spare: { -readonly [K in keyof SpareFrame]: SpareFrame[K] } = { ...frame };
    for (const name of lasting) {
      if (this.#sent[name] === frame[name]) delete spare[name];
      this.#sent[name] = frame[name];
    }
    return spare;
  }
}

/** The page's end: puts back what was left out. */
export class FrameReceiver {
  #known: Partial<Record<Lasting, Arrays>> = {};

  whole(spare: SpareFrame): Frame {
    const frame = { ...this.#known, ...spare } as Frame;
    this.#known = { data: frame.data, input: frame.input };
    return frame;
  }
}
