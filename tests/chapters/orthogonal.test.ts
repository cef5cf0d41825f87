import { describe, expect, test } from "vitest";
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

test("training finds directions that are all within the angle, more than chance, and no more than proved", async () => {
  const lab = await runningLab("09-mechanistic-interpretability", orthogonalLab, "wasm");
  const c = cosineAt(20);
  for (const seed of [1, 2, 3]) {
    await lab.configure({ degrees: 20, d: "8" });
    await lab.reset(seed);
    await lab.train(250);
    const frame = await lab.frame();
    for (const { d, found, sampled, atMost } of countsOf(frame)) {
      expect(found, `${d} dimensions`).toBeLessThanOrEqual(atMost);
      if (d <= 16) expect(found, `${d} dimensions`).toBeGreaterThanOrEqual(sampled);
    }
    const { trained } = bothCosines(frame);
    // Those found fitted when they were counted; since then one more has been pushing.
    expect(Math.max(...trained.map(Math.abs))).toBeLessThan(1.5 * c);
  }
  await lab.close();
});
