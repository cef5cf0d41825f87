import { BytePairError, type BytePairs, byteLetters } from "./bytePairs.ts";

/**
 * Tokens and merges from the two files that come with a GPT-2: `vocab.json`, which gives every token its
 * number, and `merges.txt`, a pair a line, the most important first.
 *
 * @throws BytePairError saying what was expected and what arrived, when either is not such a file, or they
 * do not belong together
 */
export function readGpt2Files(vocabulary: string, merges: string): BytePairs {
  const tokens = readVocabulary(vocabulary);
  const known = new Set(tokens);
  const read = readMerges(merges);
  for (const [i, [left, right]] of read.entries()) {
    const missing = [left, right, left + right].find((letters) => !known.has(letters));
    if (missing !== undefined) {
      throw new BytePairError(
        `Merge ${i + 1} of merges.txt, "${left} ${right}", needs the token "${missing}", which vocab.json does not have. Choose two files of one model.`,
      );
    }
  }
  return { tokens, merges: read };
}

function readVocabulary(text: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new BytePairError("Expected vocab.json to be JSON, but it cannot be read as such.", {
      cause: error,
    });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new BytePairError('Expected vocab.json to be a list of tokens as { "token": number }.');
  }
  const entries = Object.entries(parsed);
  const tokens: string[] = new Array(entries.length).fill("");
  const taken = new Set<unknown>();
  for (const [token, number] of entries) {
    if (!Number.isInteger(number) || number < 0 || number >= entries.length || taken.has(number)) {
      throw new BytePairError(
        `Expected the ${entries.length} tokens of vocab.json to have the numbers 0 to ${entries.length - 1}, each once; "${token.slice(0, 40)}" has ${JSON.stringify(number)}.`,
      );
    }
    taken.add(number);
    tokens[number as number] = token;
  }
  const missing = byteLetters.findIndex((letter) => !tokens.includes(letter));
  if (missing >= 0) {
    throw new BytePairError(
      `Expected vocab.json to have a token for every byte, but byte ${missing} ("${byteLetters[missing]}") has none. Is it the file of a byte-level model such as GPT-2?`,
    );
  }
  return tokens;
}

function readMerges(text: string): (readonly [string, string])[] {
  const lines = text.split(/\r?\n/);
  const first = lines[0]?.startsWith("#version") ? 1 : 0;
  return lines.slice(first).flatMap((line, i): (readonly [string, string])[] => {
    if (line === "") return [];
    const parts = line.split(" ");
    const [left, right] = parts;
    if (parts.length !== 2 || !left || !right) {
      throw new BytePairError(
        `Expected two tokens with a blank between them in line ${first + i + 1} of merges.txt, got "${line.slice(0, 40)}".`,
      );
    }
    return [[left, right]];
  });
}

/** The same as the texts of the two files. */
export function writeGpt2Files({ tokens, merges }: BytePairs): {
  readonly vocabulary: string;
  readonly merges: string;
} {
  const numbers = Object.fromEntries(tokens.map((token, number) => [token, number]));
  const lines = merges.map(([left, right]) => `${left} ${right}\n`);
  return { vocabulary: JSON.stringify(numbers), merges: `#version: 0.2\n${lines.join("")}` };
}
