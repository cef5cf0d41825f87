import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gpt2Files } from "../../chapters/08-transformer/gpt2Files.ts";
import { gptLab } from "../../chapters/08-transformer/gptLab.ts";
import { gptLab as gptProgram } from "../../chapters/08-transformer/gptProgram.ts";
import { withFiles } from "../../chapters/08-transformer/ownFiles.ts";
import { ownLab, parametersOf } from "../../chapters/08-transformer/ownLab.ts";
import { ownGpt } from "../../chapters/08-transformer/ownProgram.ts";
import { asTokens } from "../../chapters/08-transformer/ownTokens.ts";
import {
  ownVocabulary,
  takeOwnPairs,
  textOf,
  vocabularyIn,
} from "../../chapters/08-transformer/ownVocabulary.ts";
import { sizeOf } from "../../src/data/ndarray.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { LabSession } from "../../src/engine/session.ts";
import { initialConfig } from "../../src/training/lab.ts";
import "../models/allclose.ts";

const checkpoint = new Uint8Array(
  readFileSync(new URL("../../public/checkpoints/tf-gpt.safetensors", import.meta.url)),
);

let own: LabSession;
let books: LabSession;

beforeAll(async () => {
  const runtime = await Runtime.start("cpu");
  own = await LabSession.open(ownLab, ownGpt, runtime);
  books = await LabSession.open(gptLab, gptProgram, runtime, undefined, checkpoint);
});
afterAll(async () => {
  await own.close();
  await books.close();
});

test("the book's own GPT, saved as GPT-2's files, says the same in the lab that reads them", async () => {
  const prompt = "Ben was a boy with a red drum. One day the";
  await books.configure({ prompt });
  const expected = await books.read("p");

  const given = await withFiles({}, gpt2Files(checkpoint));
  const vocabulary = takeOwnPairs(given.pairs!);
  await own.weights(given.weights!, { model: "gpt", heads: given.heads! });
  await own.configure({ tokens: asTokens(prompt, vocabulary) });
  const { config } = await own.frame();
  expect(textOf(String(config.tokens).split(" ").map(Number), vocabularyIn(config)!)).toBe(prompt);
  const { shape, data } = await own.read("p");
  expect(shape).toEqual(expected.shape);
  expect(data).toBeAllclose([...expected.data]);
});

test("parameters are counted as they are declared", () => {
  const config = initialConfig(ownLab.fields);
  const declared = Object.values(ownGpt(config).parameters).map(({ shape }) => sizeOf(shape));
  expect(parametersOf(config)).toBe(declared.reduce((sum, size) => sum + size, 0));
  // Radford et al. 2019; OpenAI says 117 million, and counted wrong. As in its checkpoint.
  const gpt2 = { V: 50257, T: 1024, d_model: 768, layers: 12, heads: 12 };
  expect(parametersOf(gpt2)).toBe(124_439_808);
});

test("tokens beyond the reader's files stand as what they are: unknown", () => {
  const vocabulary = ownVocabulary()!;
  const known = vocabulary.coder.encode("fox");
  expect(textOf([...known, 100_000, ...known], vocabulary)).toBe("fox�fox");
});

test("a tokenizer.json is taken for vocab.json and merges.txt", async () => {
  const [, vocab, merges] = gpt2Files(checkpoint);
  const lines = (await merges!.text()).trim().split("\n").slice(1);
  const model = { vocab: JSON.parse(await vocab!.text()), merges: lines };
  const parted = { ...model, merges: lines.map((line) => line.split(" ")) };
  const { pairs } = await withFiles({}, [vocab!, merges!]);
  for (const one of [model, parted]) {
    const file = new File([JSON.stringify({ model: one })], "tokenizer.json");
    expect((await withFiles({}, [file])).pairs).toEqual(pairs);
  }
});

test.each([
  [new File(["{}"], "weights.bin"), "save_pretrained(folder, safe_serialization=True)"],
  [new File(["{"], "vocab.json"), "Expected JSON in “vocab.json”"],
  [new File(["3"], "config.json"), "“config.json” is none of them"],
])("%o is refused", async (file, complaint) => {
  await expect(withFiles({}, [file])).rejects.toThrow(complaint);
});
