import type { Frame } from "../training/lab.ts";

/** What of a frame seldom changes: it is large, or the page does not draw anew what hangs on it alone. */
const lasting = ["config", "data", "heldOut", "input"] as const;
type Lasting = (typeof lasting)[number];

/** A frame on its way to the page: what is still that of the frame before is left out. */
export type SpareFrame = Omit<Frame, Lasting> & Partial<Pick<Frame, Lasting>>;

/** The engine's end: leaves out what the page has. */
export class FrameSender {
  #sent: Partial<Pick<Frame, Lasting>> = {};

  spare(frame: Frame): SpareFrame {
    const spare: { -readonly [K in keyof SpareFrame]: SpareFrame[K] } = { ...frame };
    for (const name of lasting) if (this.#sent[name] === frame[name]) delete spare[name];
    this.#sent = lastingOf(frame);
    return spare;
  }
}

/** The page's end: puts back what was left out. */
export class FrameReceiver {
  #known: Partial<Pick<Frame, Lasting>> = {};

  whole(spare: SpareFrame): Frame {
    const frame = { ...this.#known, ...spare } as Frame;
    this.#known = lastingOf(frame);
    return frame;
  }
}

function lastingOf({ config, data, heldOut, input }: Frame): Pick<Frame, Lasting> {
  return { config, data, heldOut, input };
}
