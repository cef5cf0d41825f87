import { readGpt2Files, writeGpt2Files } from "../../src/data/bytePairFiles.ts";
import { BytePairCoder, type BytePairs } from "../../src/data/bytePairs.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokensIn } from "./gptData.ts";

/** The reader's own tokens: those of `vocab.json` and `merges.txt`. The page holds them; the model knows numbers alone. */
export interface Vocabulary {
  readonly pairs: BytePairs;
  readonly coder: BytePairCoder;
}

let own: Vocabulary | null = null;
let isRecalled = false;
const listeners = new Set<() => void>();

/** Takes up tokens of the reader's own, for models of so many tokens. */
export function takeOwnPairs(pairs: BytePairs): Vocabulary {
  own = { pairs, coder: new BytePairCoder(pairs) };
  remember(pairs);
  for (const listener of listeners) listener();
  return own;
}

export function ownVocabulary(): Vocabulary | null {
  if (!own && !isRecalled) {
    isRecalled = true;
    const pairs = recalled();
    own = pairs && { pairs, coder: new BytePairCoder(pairs) };
  }
  return own;
}

/*
 * A small model outlives a reload of its page, in the tab's store; so its tokens must, too. Neither a worker nor
 * the build has such a store, and a reader may have closed it.
 */
const key = "unrolled:own-tokens";
const mostLetters = 300_000;

function remember(pairs: BytePairs): void {
  try {
    const text = JSON.stringify(writeGpt2Files(pairs));
    if (text.length <= mostLetters) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // Then they are asked for again.
  }
}

function recalled(): BytePairs | null {
  try {
    const { vocabulary, merges } = JSON.parse(sessionStorage.getItem(key) ?? "");
    return readGpt2Files(vocabulary, merges);
  } catch {
    return null;
  }
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
  const given = ownVocabulary();
  return given && given.pairs.tokens.length <= Number(config.V) ? given : null;
}
