import { BytePairCoder, type BytePairs } from "../../src/data/bytePairs.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokensIn } from "./gptData.ts";

/** The reader's own tokens: those of `vocab.json` and `merges.txt`. The page holds them; the model knows numbers alone. */
export interface Vocabulary {
  readonly pairs: BytePairs;
  readonly coder: BytePairCoder;
}

let own: Vocabulary | null = null;
const listeners = new Set<() => void>();

/** Takes up tokens of the reader's own, for models of so many tokens. */
export function takeOwnPairs(pairs: BytePairs): Vocabulary {
  own = { pairs, coder: new BytePairCoder(pairs) };
  for (const listener of listeners) listener();
  return own;
}

export function ownVocabulary(): Vocabulary | null {
  return own;
}

/** Calls `listener` after the reader gave other tokens; returns the way to stop. */
export function onOwnVocabulary(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The text of these tokens; where the files have no such token, � stands for it. */
export function textOf(tokens: readonly number[], { pairs, coder }: Vocabulary): string {
  const known = pairs.tokens.length;
  const runs: string[] = [];
  let run: number[] = [];
  for (const token of tokens) {
    if (token < known) run.push(token);
    else {
      runs.push(coder.decode(run), "�");
      run = [];
    }
  }
  return [...runs, coder.decode(run)].join("");
}

/** Whether the weights are the reader's own. */
export const isOwn = ({ model }: Config): boolean => model !== "";

/**
 * The tokens of the lab's model: the book's for the model that the lab opens with, else the reader's own; null
 * until their files are there. A model may have rows for tokens that the files do not have, not the other way round.
 */
export function vocabularyIn(config: Config): Vocabulary | null {
  if (!isOwn(config)) return tokensIn({ text: "" });
  return own && own.pairs.tokens.length <= Number(config.V) ? own : null;
}
