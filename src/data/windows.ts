/** A window that slides over rows and columns alike: of a convolution, or of pooling. */
export interface SlidingWindow {
  /** Cells a side. */
  readonly kernel: number;
  /** Cells that it moves at a time. Default 1. */
  readonly stride?: number;
  /** Cells of zeros around the picture. Default 0. */
  readonly padding?: number;
  /** Distance between the cells that it looks at. Default 1: neighbours. */
  readonly dilation?: number;
}

/** How wide the window stands: d (k − 1) + 1. */
export function windowSpan({ kernel, dilation = 1 }: SlidingWindow): number {
  return dilation * (kernel - 1) + 1;
}

/**
 * How often the window fits along a side: ⌊(n + 2p − d (k − 1) − 1) / s⌋ + 1; 0 where it does not fit at
 * all. As in PyTorch's `Conv2d`; Dumoulin & Visin 2016, relationship 14.
 */
// #region outputSize
export function outputSize(size: number, window: SlidingWindow): number {
  const { kernel, stride = 1, padding = 0, dilation = 1 } = window;
  const span = dilation * (kernel - 1) + 1;
  const free = size + 2 * padding - span;
  return free < 0 ? 0 : Math.floor(free / stride) + 1;
}
// #endregion

/** The padding by which, at stride 1, as much comes out as goes in; whole for an odd kernel: d (k − 1) / 2. */
export function samePadding(kernel: number, dilation = 1): number {
  return (dilation * (kernel - 1)) / 2;
}

/** The numbers that a convolution learns: k · k · c_in · c_out weights, and c_out biases. */
// #region convolutionCount
export function convolutionCount(kernel: number, c_in: number, c_out: number): number {
  return kernel * kernel * c_in * c_out + c_out;
}
// #endregion

/** A cell, by row and column from the top left; outside of the picture where it lies in the padding. */
export type Cell = readonly [row: number, column: number];

/** The cells of the input that the window looks at for the output's cell, row by row: k · k of them. */
export function cellsSeen([row, column]: Cell, window: SlidingWindow): Cell[] {
  const { kernel, stride = 1, padding = 0, dilation = 1 } = window;
  const along = (at: number, i: number) => at * stride - padding + i * dilation;
  return Array.from({ length: kernel * kernel }, (_, i) => [
    along(row, Math.floor(i / kernel)),
    along(column, i % kernel),
  ]);
}

/** What one cell of a deep layer depends on. */
export interface ReceptiveField {
  /** Cells a side. */
  readonly size: number;
  /** By how many cells of the input the fields of neighbours differ. */
  readonly jump: number;
  /** Where, along a side, the field of the first cell begins: below 0 in the padding. */
  readonly start: number;
}

/**
 * The receptive field of a cell after these layers, the first of them first: with jump j and size r,
 * r ← r + d (k − 1) j, start ← start − p j, then j ← s j. Araujo, Norris & Sim 2019, eq. 2.
 */
export function receptiveField(layers: readonly SlidingWindow[]): ReceptiveField {
  let [size, jump, start] = [1, 1, 0];
  for (const window of layers) {
    const { stride = 1, padding = 0 } = window;
    size += (windowSpan(window) - 1) * jump;
    start -= padding * jump;
    jump *= stride;
  }
  return { size, jump, start };
}

/** The part of an input of `size` cells a side that a cell after these layers sees: rows and columns from, and to before. */
export interface Region {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export function regionSeen(
  [row, column]: Cell,
  layers: readonly SlidingWindow[],
  size: number,
): Region {
  const field = receptiveField(layers);
  const within = (at: number) => Math.min(size, Math.max(0, at));
  const [top, left] = [row, column].map((at) => field.start + at * field.jump) as [number, number];
  return {
    top: within(top),
    left: within(left),
    bottom: within(top + field.size),
    right: within(left + field.size),
  };
}
