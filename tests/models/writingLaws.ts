import { describe, expect, test } from "vitest";
import { listening } from "../../src/engine/listen.ts";
import { upload } from "../../src/engine/passes.ts";
import { named } from "../../src/models/named.ts";
import { restricted } from "../../src/models/sampling.ts";
import * as tf from "../../src/models/tf.ts";
import { beamSearch } from "../../src/models/transformer/beamSearch.ts";
import { beamTree } from "../../src/models/transformer/beamTree.ts";
import { gptOf } from "../../src/models/transformer/gpt.ts";
import { rereading, type TokenWriting, writeTokens } from "../../src/models/transformer/writing.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import "./allclose.ts";
import { numbers, numbersOf } from "./evaluate.ts";

const [V, T] = [4, 6];
const gpt = gptOf({ V, T, d_model: 6, heads: 2, layers: 1, d_ff: 8 });
/** Large enough weights that it has opinions. */
const weights = () => {
  const arrays = initialParameters(gpt.parameters, 4);
  return upload(
    Object.fromEntries(
      Object.entries(arrays).map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map((entry) => 1.5 * entry) },
      ]),
    ),
  );
};

type Choice = Pick<TokenWriting<unknown>, "u" | "temperature" | "k" | "share">;

const first = () => tf.tensor1d([1, 3]);

/** Five tokens after the first, with keys and values kept, and with the text read again each time. */
function written(choice: () => Choice) {
  return numbers(
    tf.tidy(() => {
      const parameters = weights();
      const common = { ...choice(), first: first(), steps: 5 };
      const kept = writeTokens({
        ...common,
        cache: gpt.empty(2),
        step: (token, t, cache, tap) => gpt.step(parameters, token, t, cache, tap),
      });
      const read = writeTokens({
        ...common,
        cache: tf.zeros([2, T]),
        step: rereading((tokens, tap) => gpt.logits(parameters, tokens, tap)),
      });
      return { kept: kept.y, read: read.y, logits: kept.logits, again: read.logits };
    }),
  );
}

/** The best `width` sequences of so many tokens that the search finds after token 1, and its taps. */
async function searched(width: number, steps: number, end = V) {
  const { seen, tap } = listening({});
  const held = tf.tidy(() => {
    const parameters = weights();
    beamSearch(
      {
        width,
        steps,
        end,
        first: 1,
        cache: gpt.empty(width),
        step: (token, t, cache, inner) => gpt.step(parameters, token, t, cache, inner),
      },
      tap,
    );
    const rows = (name: string) =>
      tf.stack(Array.from({ length: steps }, (_, i) => named(seen, `steps.${i + 1}.${name}`)));
    return { token: rows("token"), parent: rows("parent"), score: rows("score") };
  });
  const { token, parent, score } = await numbers(held);
  const rowsOf = ({ shape, data }: { shape: readonly number[]; data: Float32Array }) =>
    Array.from({ length: steps }, (_, i) => data.slice(i * shape[1]!, (i + 1) * shape[1]!));
  return beamTree({ token: rowsOf(token!), parent: rowsOf(parent!), score: rowsOf(score!) }, end);
}

/** Every sequence of three tokens after token 1, with ln of its probability, the likeliest first. */
async function everySequence() {
  const all = Array.from({ length: V ** 3 }, (_, i) => [
    Math.floor(i / V ** 2),
    Math.floor(i / V) % V,
    i % V,
  ]);
  const log_p = await numbersOf(() =>
    gpt.logits(weights(), tf.tensor2d(all.map(([a, b]) => [1, a!, b!]))).logSoftmax(),
  );
  return all
    .map((tokens, row) => ({
      tokens,
      score: tokens.reduce((sum, token, t) => sum + log_p.data[(row * 3 + t) * V + token]!, 0),
    }))
    .sort((a, b) => b.score - a.score);
}

/** What must hold of writing with a transformer, on the current backend. */
export function writingLaws(): void {
  describe("writing", () => {
    test("with keys and values kept writes what it writes without them", async () => {
      const choices: (() => Choice)[] = [
        () => ({}),
        () => ({
          u: tf.tensor2d([
            [0.1, 0.9, 0.5, 0.3, 0.7],
            [0.6, 0.2, 0.8, 0.4, 0.95],
          ]),
        }),
      ];
      for (const choice of choices) {
        const { kept, read, logits, again } = await written(choice);
        expect(kept).toEqual(read);
        expect(logits).toBeAllclose(again!, { absolute: 1e-5 });
      }
    });

    test("takes the likeliest token when it is cold, or may choose of one", async () => {
      const u = () => tf.fill([2, 5], 0.999);
      const { kept: greedy } = await written(() => ({}));
      for (const choice of [{ temperature: 0.01 }, { k: 1 }, { share: 0.01 }]) {
        const { kept } = await written(() => ({ u: u(), ...choice }));
        expect(kept, JSON.stringify(choice)).toEqual(greedy);
      }
    });

    test("by the k likeliest, or by a share, leaves the others no chance and their ratios as they were", async () => {
      const p = [
        [0.1, 0.4, 0.2, 0.3],
        [0.7, 0.1, 0.15, 0.05],
      ];
      const of = (restriction: { k?: number; share?: number }) =>
        numbersOf(() => restricted(tf.tensor2d(p), restriction));
      expect(await of({ k: 2 })).toBeAllclose([
        [0, 4 / 7, 0, 3 / 7],
        [0.7 / 0.85, 0, 0.15 / 0.85, 0],
      ]);
      // 0.4 + 0.3 reaches 0.6; 0.7 does alone.
      expect(await of({ share: 0.6 })).toBeAllclose([
        [0, 4 / 7, 0, 3 / 7],
        [1, 0, 0, 0],
      ]);
      expect(await of({ k: 3, share: 0.75 })).toBeAllclose([
        [0, 4 / 9, 2 / 9, 3 / 9],
        [0.7 / 0.85, 0, 0.15 / 0.85, 0],
      ]);
      for (const nothing of [{}, { k: 4 }, { k: 9 }, { share: 1 }]) {
        expect(await of(nothing)).toBeAllclose(p);
      }
    });

    test("with one beam is greedy", async () => {
      const { kept } = await written(() => ({}));
      const { sequences, nodes } = await searched(1, 5);
      expect(sequences[0]!.tokens).toEqual([...kept!.data.slice(0, 5)]);
      expect(nodes).toHaveLength(5);
    });

    test("with beams enough finds the likeliest sequences of all, in order", async () => {
      const every = await everySequence();
      const { sequences } = await searched(V ** 2, 3);
      expect(sequences.map(({ tokens }) => tokens)).toEqual(
        every.slice(0, V ** 2).map(({ tokens }) => tokens),
      );
      for (const [i, { score }] of sequences.entries()) {
        expect(score).toBeCloseTo(every[i]!.score, 4);
      }
    });

    test("a sequence that has ended keeps its probability, and others go on", async () => {
      const end = 2;
      const { sequences, nodes } = await searched(6, 4, end);
      const ended = sequences.filter(({ hasEnded }) => hasEnded);
      expect(ended.length).toBeGreaterThan(0);
      for (const { tokens, path, score } of sequences) {
        expect(tokens).not.toContain(end);
        expect(nodes[path.at(-1)!]!.score).toBe(score);
      }
      const falling = nodes.every(({ parent, score }) => score <= (nodes[parent]?.score ?? 0));
      expect(falling).toBe(true);
      const order = sequences.map(({ score }) => score);
      expect(order).toEqual([...order].sort((a, b) => b - a));
    });
  });
}
