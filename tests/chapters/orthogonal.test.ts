import { describe, expect, onTestFinished, test } from "vitest";
import {
  bothCosines,
  countsOf,
  orthogonalLab,
} from "../../chapters/09-mechanistic-interpretability/orthogonalLab.ts";
import {
  cosineAt,
  cosinesOf,
  drawnDirections,
  keptOf,
  mostThatFit,
  shareBeyond,
  surelyFit,
} from "../../chapters/09-mechanistic-interpretability/orthogonalNumbers.ts";
import { randomStream } from "../../src/training/random.ts";
import { runningLab } from "../contract/runningLab.ts";

describe("how many directions fit", () => {
  test.each([2, 4, 8, 32, 64])("at exactly right angles, %i in as many dimensions", (d) => {
    expect(mostThatFit(d, 0)).toBe(d);
    expect(surelyFit(d, 0)).toBe(d);
  });

  test("in a plane the bound is what fits: lines turned by equal angles", () => {
    for (const degrees of [5, 29, 30, 31, 40, 45]) {
      const fits = Math.floor(180 / (90 - degrees) + 1e-9);
      expect(mostThatFit(2, cosineAt(degrees)), `${degrees}°`).toBe(fits);
    }
  });

  test("six in three dimensions at 63.4°, the diagonals of the icosahedron, and not one more", () => {
    // cos 63.43° = 1 / √5: Welch's bound is reached.
    expect(mostThatFit(3, 1 / Math.sqrt(5))).toBe(6);
  });

  test("what is proved to fit is never more than what is proved to be the most", () => {
    for (const d of [2, 3, 5, 8, 16, 64, 256]) {
      for (let degrees = 1; degrees <= 40; degrees += 3) {
        const c = cosineAt(degrees);
        expect(surelyFit(d, c), `${d}, ${degrees}°`).toBeLessThanOrEqual(mostThatFit(d, c));
      }
    }
  });

  test("the share barred by a direction is that of random directions", () => {
    // In a plane the angle is uniform; in three dimensions the cosine is (Archimedes).
    expect(shareBeyond(2, cosineAt(30))).toBeCloseTo(2 / 3, 6);
    expect(shareBeyond(3, 0.3)).toBeCloseTo(0.7, 6);
    const drawn = cosinesOf(drawnDirections(300, 16, randomStream(2, "share").normal));
    const beyond = drawn.filter((cosine) => Math.abs(cosine) > 0.3).length / drawn.length;
    expect(beyond).toBeCloseTo(shareBeyond(16, 0.3), 1.5);
  });

  test.each([1, 2, 3])(
    "seed %i: of those drawn, all that are kept are within the angle",
    (seed) => {
      const c = cosineAt(20);
      const drawn = drawnDirections(200, 8, randomStream(seed, "kept").normal);
      expect(keptOf(drawn, 1)).toBe(200);
      expect(keptOf(drawn, c)).toBeLessThanOrEqual(mostThatFit(8, c));
      expect(keptOf(drawn, c)).toBeGreaterThan(1);
    },
  );
});

describe("training", () => {
  const open = () =>
    runningLab("09-mechanistic-interpretability", orthogonalLab, "wasm").then((lab) => {
      onTestFinished(() => lab.close());
      return lab;
    });

  test("puts in one more at each step while all fit, and none while they do not", async () => {
    const lab = await open();
    await lab.configure({ degrees: 10, d: "8" });
    const V = Array.from({ length: 64 }, (_, i) =>
      Array.from({ length: 8 }, (_, j) => (j === i % 8 ? 1 : 0)),
    );
    await lab.write("dims.8.V", V);
    await lab.train(3);
    const early = await lab.frame();
    expect(countsOf(early)[2]?.found).toBe(4);
    expect(bothCosines(early).trained).toEqual([0, 0, 0, 0, 0, 0]);
    await lab.train(10);
    expect(countsOf(await lab.frame())[2]?.found).toBe(8);
  });

  test.each([1, 2, 3])(
    "seed %i: finds what chance finds or more, and never more than is proved",
    async (seed) => {
      const lab = await open();
      await lab.configure({ degrees: 30, d: "4" });
      await lab.reset(seed);
      await lab.train(80);
      for (const { d, found, sampled, atMost } of countsOf(await lab.frame())) {
        expect(found, `${d} dimensions`).toBeLessThanOrEqual(atMost);
        if (d <= 4) expect(found, `${d} dimensions`).toBeGreaterThanOrEqual(sampled);
      }
    },
  );
});
