import { expect, onTestFinished, test } from "vitest";
import {
  ownShare,
  recorded,
  recordedNow,
  searched,
  taughtWords,
  textOf,
  translationLab,
  writtenWords,
} from "../../chapters/08-transformer/translationLab.ts";
import {
  forcedOf,
  forcedText,
  forcedWords,
  readSentence,
} from "../../chapters/08-transformer/translationText.ts";
import { entry } from "../../src/data/ndarray.ts";
import { spanishWords } from "../../src/data/translation.ts";
import { runningLab } from "../contract/runningLab.ts";

const open = async () => {
  const lab = await runningLab("08-transformer", translationLab, "wasm");
  onTestFinished(() => lab.close());
  return lab;
};

test("what is typed is read as words that the model knows, and what is left out is told", () => {
  const read = readSentence("The SMALL zebra girl, wants a red car? the");
  expect(read.words).toEqual(["the", "small", "girl", "wants", "a", "red", "car"]);
  expect(read.strange).toEqual(["zebra"]);
  expect(read.left).toEqual(["?", "the"]);
  expect(read.right?.join(" ")).toBe("la niña pequeña quiere un coche rojo");
  expect(readSentence("girl small the").right).toBeNull();
  expect(readSentence("").words).toEqual([]);
});

test("words put in are kept as a text, and nonsense in it is nobody's word", () => {
  const put = [null, "niño", null, "⟨end⟩", null, null, null, null];
  expect(forcedWords(forcedText(put))).toEqual(put);
  expect(forcedText(put.map(() => null))).toBe("");
  expect(forcedWords("zebra ⟨start⟩")).toEqual(Array.from({ length: 8 }, () => null));
  expect(forcedOf("- niño").data[1]).toBe(spanishWords.indexOf("niño"));
});

test("opened, it is right about 95 of the 100 sentences that it has never seen, taught and alone", async () => {
  const lab = await open();
  await lab.watch([ownShare]);
  const frame = await lab.frame();
  expect(recordedNow(frame, recorded.right)).toBeGreaterThanOrEqual(0.95);
  expect(entry(frame.values[ownShare])).toBeGreaterThanOrEqual(0.98);
  expect(taughtWords(frame)).toEqual(writtenWords(frame).map(({ word }) => word));
});

test("a word that is put in is read as its own; before it nothing changes", async () => {
  const lab = await open();
  const free = writtenWords(await lab.frame());
  await lab.configure({ forced: "- niño" });
  const put = writtenWords(await lab.frame());
  expect(put[0]).toEqual(free[0]);
  expect(put[1]?.word).toBe("niño");
  expect(put[1]?.best).toEqual(free[1]?.best);
  expect(put[2]?.best).not.toEqual(free[2]?.best);
});

test("one beam writes what greedy writing writes, with the product of its probabilities", async () => {
  const lab = await open();
  await lab.configure({ decoding: "beam", width: 1 });
  const frame = await lab.frame();
  const words = writtenWords(frame);
  const [best] = searched(frame).sequences;
  expect(best && textOf(best)).toBe(
    words
      .slice(0, -1)
      .map(({ word }) => word)
      .join(" "),
  );
  expect(best?.score).toBeCloseTo(
    words.reduce((sum, { p }) => sum + Math.log(p), 0),
    4,
  );
});
