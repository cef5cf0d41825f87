import { describe, expect, test } from "vitest";
import {
  corpusOf,
  dreamOf,
  lensOf,
  sampleLength,
} from "../../chapters/05-recurrent-networks/charactersData.ts";
import { charactersLab, writtenText } from "../../chapters/05-recurrent-networks/charactersLab.ts";
import {
  bestUnits,
  correlation,
  properties,
} from "../../chapters/05-recurrent-networks/characterUnits.ts";
import {
  readingOf,
  type ShapeName,
  setsOf,
  shapeNames,
  shuffledReviews,
  times,
} from "../../chapters/05-recurrent-networks/sequencesData.ts";
import {
  recordedNow,
  rightShare,
  sequencesLab,
  shapeKinds,
  tagsOf,
  wordByWordShare,
  writtenTime,
} from "../../chapters/05-recurrent-networks/sequencesLab.ts";
import { entry } from "../../src/data/ndarray.ts";
import { runningLab } from "../contract/runningLab.ts";

const folder = "05-recurrent-networks";

/** A lab in one of its shapes, after so many steps. */
async function trained(shape: ShapeName, steps: number) {
  const lab = await runningLab(folder, sequencesLab, "wasm");
  await lab.configure({ shape, ...shapeKinds[shape].recipe });
  await lab.train(steps);
  return lab;
}

describe("what is kept apart", () => {
  test.each(shapeNames)("%s: no input of it is learnt from", (shape) => {
    const { training, held } = setsOf(shape);
    const rows = ({ shape: [count = 0, width = 0], data }: NonNullable<(typeof held)["x"]>) =>
      Array.from({ length: count }, (_, row) => data.slice(row * width, (row + 1) * width).join());
    const learnt = new Set(rows(training.x as NonNullable<typeof training.x>));
    expect(rows(held.x as NonNullable<typeof held.x>).filter((row) => learnt.has(row))).toEqual([]);
  });

  test("a time kept apart is so in every phrase", () => {
    const learnt = new Set(times().training.map(({ figures }) => figures));
    expect(times().heldOut.filter(({ figures }) => learnt.has(figures))).toEqual([]);
  });

  test("shuffled sentences have the words and the answers of those in order", () => {
    const inOrder = setsOf("judge").held;
    const shuffled = shuffledReviews();
    expect(shuffled.target).toEqual(inOrder.target);
    expect(shuffled.x).not.toEqual(inOrder.x);
    expect(Array.from(shuffled.x?.data ?? []).sort()).toEqual(
      Array.from(inOrder.x?.data ?? []).sort(),
    );
  });
});

describe("the reader's words", () => {
  test("are read as far as the model reads, and those that it does not know as the unknown word", () => {
    const { words, left, x } = readingOf("clock", "Half past zork, please, one two three");
    expect(words.map(({ number }) => number > 1)).toEqual([true, true, false, false, true]);
    expect(left).toEqual(["two", "three"]);
    expect(x.shape).toEqual([1, 5]);
  });

  test("may be none at all", async () => {
    const lab = await runningLab(folder, sequencesLab, "wasm");
    for (const shape of ["judge", "tag", "clock"] as const) {
      await lab.configure({ shape, ...shapeKinds[shape].recipe, [shape]: " … " });
      expect(sequencesLab.describe(await lab.frame())).not.toMatch(
        /undefined|not a number|no value/,
      );
    }
    await lab.close();
  });
});

describe("in a few hundred steps", () => {
  test("sentences are judged by the order of their words", async () => {
    const lab = await trained("judge", 200);
    const frame = await lab.frame();
    expect(rightShare(frame)).toBeGreaterThan(0.9);
    expect(recordedNow(frame, "right@shuffled")).toBeLessThan(0.8);
    const says = async (text: string) => {
      await lab.configure({ judge: text });
      return entry((await lab.frame()).values.y_hat);
    };
    expect(await says("the plot was dull but the music was lovely")).toBeGreaterThan(0.9);
    expect(await says("the music was lovely but the plot was dull")).toBeLessThan(0.1);
    await lab.close();
  }, 120_000);

  test("a word is tagged by what stands before it, also one that it does not know", async () => {
    const lab = await trained("tag", 120);
    expect(rightShare(await lab.frame())).toBeGreaterThan(0.97);
    expect(wordByWordShare()).toBeLessThan(0.9);
    await lab.configure({ tag: "the florb can zonk the can" });
    const said = tagsOf(await lab.frame()).map(({ tag }) => tag);
    expect(said).toEqual(["DET", "NOUN", "AUX", "VERB", "DET", "NOUN"]);
    await lab.close();
  }, 120_000);
});

test("the decoder's signs end where it writes the end, and not before", () => {
  const frame = (signs: number[]) =>
    ({ values: { signs: { shape: [1, signs.length], data: Float32Array.from(signs) } } }) as never;
  expect(writtenTime(frame([8, 10, 4, 0, 11, 3]))).toEqual({
    signs: ["8", ":", "4", "0"],
    ended: true,
  });
  expect(writtenTime(frame([8, 8])).ended).toBe(false);
});

describe("the character model", () => {
  test("does not learn from a text that is too short, and says what it needs", async () => {
    const lab = await runningLab(folder, charactersLab, "wasm");
    await expect(lab.configure({ text: "too short" })).rejects.toThrow(/at least 400 characters/);
    expect((await lab.frame()).config.text).toBe("");
    await lab.close();
  });

  test("has its last tenth kept apart, and windows that overlap by half", () => {
    const corpus = corpusOf("", 32);
    expect(corpus.training.x?.shape[1]).toBe(33);
    expect(corpus.pairs).toBeLessThan(corpus.single);
    expect(corpus.single).toBeLessThan(corpus.uniform);
    expect(lensOf(corpus, "").characters[0]).toBe("\n");
    expect(lensOf(corpus, "").x.shape[1]).toBeGreaterThan(100);
  });

  test("writes the same again from the same draws, and something else from others", async () => {
    const lab = await runningLab(folder, charactersLab, "wasm");
    await lab.watch(["written@dream"]);
    const written = async () => {
      const { config, values } = await lab.frame();
      const text = writtenText(config, values["written@dream"]);
      expect([...text]).toHaveLength(sampleLength);
      return text;
    };
    const first = await written();
    await lab.configure({ draw: 3 });
    await lab.configure({ draw: 1 });
    expect(await written()).toBe(first);
    await lab.configure({ draw: 2 });
    expect(await written()).not.toBe(first);
    await lab.close();
  });

  test("begins where the reader does, with a line break before it", () => {
    const corpus = corpusOf("", 32);
    expect(dreamOf(corpus, "The", 1).begin?.shape).toEqual([1, 4]);
    expect(dreamOf(corpus, "", 1).begin?.shape).toEqual([1, 1]);
  });
});

describe("units along a text", () => {
  test("a correlation is 1 with itself, −1 with its opposite, 0 with what does not vary", () => {
    const a = [1, 2, 4, 3];
    expect(correlation(a, a)).toBeCloseTo(1, 12);
    expect(
      correlation(
        a,
        a.map((x) => -2 * x),
      ),
    ).toBeCloseTo(-1, 12);
    expect(correlation(a, [5, 5, 5, 5])).toBe(0);
  });

  test("the best unit for a property is the one that was made of it", () => {
    const characters = [..."\n“I know,” said the fox.\nNo.”"];
    const H = 3;
    const inside = properties[0]?.of(characters) ?? [];
    expect(inside.slice(0, 11).join("")).toBe("01111111100");
    const states = Float32Array.from(
      characters.flatMap((_, t) => [Math.sin(t), -(inside[t] ?? 0), 0.1]),
    );
    expect(bestUnits(states, H, characters)[0]).toMatchObject({ unit: 1 });
  });
});
