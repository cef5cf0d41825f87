import { expect, onTestFinished, test } from "vitest";
import { blockLab, measuredStream } from "../../chapters/08-transformer/blockLab.ts";
import {
  answerTo,
  askedFrom,
  digits,
  heldData,
  heldQuestions,
  questionOf,
  readTokens,
  trainingData,
  typedWord,
  wordLength,
} from "../../chapters/08-transformer/blockTask.ts";
import { ndarray } from "../../src/data/ndarray.ts";
import { randomStream } from "../../src/training/random.ts";
import { runningLab } from "../contract/runningLab.ts";

test("a code is undone place by place: at each place two digits never have one sign", () => {
  for (let place = 0; place < wordLength; place++) {
    const signs = Array.from({ length: digits }, (_, digit) => {
      const word = Array.from({ length: wordLength }, () => digit);
      return answerTo("code", word)[place];
    });
    expect(new Set(signs).size).toBe(digits);
  }
  expect(answerTo("back", [2, 5, 0, 3, 1])).toEqual([1, 3, 0, 5, 2]);
  expect(answerTo("sort", [2, 5, 0, 3, 1])).toEqual([0, 1, 2, 3, 5]);
});

test("what is taught is what is read, one place on, from the sign on and nowhere else", () => {
  const { x, y } = trainingData(randomStream(1, "block task").uniform);
  const rows = (x?.shape[0] ?? 0) * readTokens;
  for (let i = 0; i < rows; i++) {
    const t = i % readTokens;
    if (t < askedFrom) expect(y?.data[i]).toBe(-1);
    else if (t + 1 < readTokens) expect(y?.data[i]).toBe(x?.data[i + 1]);
  }
});

test("what is asked holds nothing of its answer", () => {
  const { asked } = heldData;
  for (let i = 0; i < (asked?.data.length ?? 0); i++) {
    if (i % readTokens > askedFrom) expect(asked?.data[i]).toBe(0);
  }
});

test("whatever is typed is read as five digits of the alphabet", () => {
  expect(typedWord("2 5 0 3 1")).toEqual([2, 5, 0, 3, 1]);
  expect(typedWord("")).toEqual([0, 0, 0, 0, 0]);
  expect(typedWord("9x4, 12345")).toEqual([4, 1, 2, 3, 4]);
});

test("rows of one direction are alike by 1, whatever their length, and right angles by 0", () => {
  const stream = ndarray([
    [
      [3, 0],
      [1, 0],
    ],
    [
      [2, 0],
      [0, 2],
    ],
  ]);
  const [one, right] = measuredStream(stream);
  expect(one?.alike).toBeCloseTo(1, 6);
  expect(one?.length).toBeCloseTo(2, 6);
  expect(right?.alike).toBeCloseTo(0, 6);
});

test("without the mask a digit can be read one place ahead, and with it none can", async () => {
  const lab = await runningLab("08-transformer", blockLab, "wasm");
  onTestFinished(() => lab.close());
  await lab.configure({ removed: "mask", layers: 1 });
  const { taught } = questionOf("back", "2 5 0 3 1");
  const logits = async (last: number) => {
    const x = { shape: taught.x.shape, data: taught.x.data.slice() };
    x.data[readTokens - 1] = last;
    await lab.input({ x, y: taught.y });
    return Promise.all(["whole.logits", "without.logits"].map((name) => lab.read(name)));
  };
  const [before, after] = [await logits(5), await logits(6)];
  const V = before[0]?.shape.at(-1) ?? 0;
  // The place before the token that was changed.
  const at = (readTokens - 2) * V;
  const row = (array: { data: Float32Array } | undefined) =>
    Array.from(array?.data.slice(at, at + V) ?? []);
  expect(row(after[0])).toEqual(row(before[0]));
  expect(row(after[1])).not.toEqual(row(before[1]));
});

test("an answer that is right at every taught digit is the one that is written", async () => {
  const lab = await runningLab("08-transformer", blockLab, "wasm");
  onTestFinished(() => lab.close());
  const { asked, x, target, task } = heldData;
  if (!asked || !x || !target || !task) throw new Error("The data held out are not there.");
  await lab.watch(["whole.right@held", "whole.written@alone"], { alone: { asked } });
  const { values } = await lab.frame();
  const written = values["whole.written@alone"]?.data;
  const shares = [0, 1, 2].map((kind) => {
    const rows = Array.from({ length: heldQuestions }, (_, row) => row).filter(
      (row) => task.data[row * 3 + kind] === 1,
    );
    const right = rows.filter((row) =>
      Array.from({ length: wordLength }, (_, i) => row * wordLength + i).every(
        (i) => written?.[i] === target.data[i],
      ),
    );
    return right.length / rows.length;
  });
  expect(Math.max(...shares)).toBeGreaterThan(0.5);
  for (const [kind, share] of shares.entries()) {
    expect(values["whole.right@held"]?.data[kind]).toBeCloseTo(share, 6);
  }
});
