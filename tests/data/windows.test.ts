import { describe, expect, test } from "vitest";
import {
  cellsSeen,
  convolutionCount,
  outputSize,
  receptiveField,
  regionSeen,
  type SlidingWindow,
  samePadding,
} from "../../src/data/windows.ts";

const windows: SlidingWindow[] = [];
for (const kernel of [1, 2, 3, 5]) {
  for (const stride of [1, 2, 3]) {
    for (const padding of [0, 1, 2]) {
      for (const dilation of [1, 2]) windows.push({ kernel, stride, padding, dilation });
    }
  }
}

/** Counts the places one by one. */
function placesCounted(size: number, window: SlidingWindow): number {
  let places = 0;
  for (;;) {
    const last = cellsSeen([places, 0], window).at(-1)![0];
    if (last >= size + (window.padding ?? 0)) return places;
    places += 1;
  }
}

describe("the sliding window", () => {
  test("fits as often as it can be put down within the padded picture", () => {
    for (const window of windows) {
      for (const size of [1, 4, 5, 8]) {
        expect(outputSize(size, window), JSON.stringify({ size, window })).toBe(
          placesCounted(size, window),
        );
      }
    }
  });

  test("sizes are those of torch.nn.Conv2d 1.13 on 16 × 16", () => {
    // [kernel, stride, padding, dilation] → Conv2d(1, 1, …)(torch.zeros(1, 1, 16, 16)).shape[2]
    const sizes = [
      [3, 1, 1, 1, 16],
      [3, 1, 0, 1, 14],
      [5, 2, 2, 1, 8],
      [3, 2, 0, 2, 6],
      [2, 3, 1, 1, 6],
    ] as const;
    for (const [kernel, stride, padding, dilation, size] of sizes) {
      expect(outputSize(16, { kernel, stride, padding, dilation })).toBe(size);
    }
  });

  test("the same padding lets as much out as goes in", () => {
    for (const [kernel, dilation] of [
      [1, 1],
      [3, 1],
      [5, 1],
      [3, 2],
      [7, 3],
    ] as const) {
      const padding = samePadding(kernel, dilation);
      expect(outputSize(16, { kernel, padding, dilation })).toBe(16);
    }
  });

  test("looks at k · k cells, row by row, set apart by the dilation", () => {
    expect(cellsSeen([1, 0], { kernel: 2, stride: 3, padding: 1, dilation: 2 })).toEqual([
      [2, -1],
      [2, 1],
      [4, -1],
      [4, 1],
    ]);
  });

  test("a convolution learns k · k · c_in weights and a bias for each channel out", () => {
    expect(convolutionCount(3, 1, 8)).toBe(80);
    expect(convolutionCount(3, 8, 16)).toBe(1168);
  });
});

describe("the receptive field", () => {
  test("of three 3 × 3 layers is that of one 7 × 7", () => {
    const small = { kernel: 3, padding: 1 };
    expect(receptiveField([small, small, small])).toEqual(
      receptiveField([{ kernel: 7, padding: 3 }]),
    );
  });

  test("holds the cells that are reached through the layers one after the other, and no more", () => {
    const stacks = [
      [
        { kernel: 3, padding: 1 },
        { kernel: 2, stride: 2 },
        { kernel: 3, padding: 1 },
      ],
      [
        { kernel: 5, stride: 2, padding: 2 },
        { kernel: 3, dilation: 2 },
      ],
      [
        { kernel: 2, stride: 3 },
        { kernel: 2, stride: 2, padding: 1 },
      ],
    ];
    for (const layers of stacks) {
      const rows = new Set<number>();
      let reached = [[2, 1] as const] as (readonly [number, number])[];
      for (const layer of [...layers].reverse()) {
        reached = reached.flatMap((cell) => cellsSeen(cell, layer));
      }
      for (const [row] of reached) rows.add(row);
      const { size, jump, start } = receptiveField(layers);
      const first = start + 2 * jump;
      expect([Math.min(...rows), Math.max(...rows)]).toEqual([first, first + size - 1]);
      const within = regionSeen([2, 1], layers, 9);
      expect([within.top, within.bottom]).toEqual([Math.max(0, first), Math.min(9, first + size)]);
    }
  });
});
