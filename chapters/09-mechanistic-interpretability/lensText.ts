import { plainText } from "../../src/data/characters.ts";
import { storyCorpus, storyTokens, type TokenCorpus } from "../../src/data/tokenCorpus.ts";
import { tokenName } from "../../src/data/tokenNames.ts";
import { bookGptLength, bookGptSizes } from "../../src/models/transformer/sizes.ts";
import { randomStream } from "../../src/training/random.ts";

/** The stories are the same in every run: they belong to the book. */
const random = (label: string) => randomStream(1, label).uniform;
const coder = () => storyTokens(random).coder;

let corpus: TokenCorpus | undefined;

/** What the model has learnt from, and would go on learning from. */
export function learntFrom(): TokenCorpus {
  corpus ??= storyCorpus(bookGptLength, random);
  return corpus;
}

/** The tokens of a text, at least one and at most as many as the model reads: its last ones. */
export function tokensOf(text: string): readonly number[] {
  const plain = plainText(text);
  return coder()
    .encode(plain === "" ? "\n" : plain)
    .slice(-bookGptLength);
}

/** Whether there is more text than the model reads. */
export function isTooLong(text: string): boolean {
  return coder().encode(plainText(text)).length > bookGptLength;
}

/** A token as it is named. */
export const nameOf = (token: number): string => tokenName(coder().letters(token));

/** The number of a text that is one token; −1 if it is not one. */
export function tokenOf(text: string): number {
  const tokens = coder().encode(text);
  return tokens.length === 1 ? (tokens[0] ?? -1) : -1;
}

const { layers, heads } = bookGptSizes;
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Where the stream is looked at: before the first block, and after each half of each. */
export const stages: readonly { readonly label: string; readonly tap: string }[] = [
  { label: "at the start", tap: "blocks.0.resid_pre" },
  ...numbers(layers).flatMap((layer) => [
    { label: `${layer + 1}, attention`, tap: `blocks.${layer}.resid_mid` },
    { label: `${layer + 1}, feed-forward`, tap: `blocks.${layer}.resid_post` },
  ]),
];

/** What writes into the stream, in the order of the tap `dla`. */
export interface Writer {
  readonly label: string;
  /** For a head: its layer and its number there, from 0. */
  readonly head?: { readonly layer: number; readonly head: number };
}

export const writers: readonly Writer[] = [
  { label: "the token" },
  { label: "its place" },
  ...numbers(layers).flatMap((layer): Writer[] => [
    ...numbers(heads).map((head) => ({
      label: `head ${layer + 1}.${head + 1}`,
      head: { layer, head },
    })),
    { label: `bias of attention ${layer + 1}` },
    { label: `feed-forward ${layer + 1}` },
  ]),
  { label: "bias of the last norm" },
];
