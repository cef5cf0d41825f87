import { readGpt2Files } from "../../src/data/bytePairFiles.ts";
import { BytePairError, type BytePairs } from "../../src/data/bytePairs.ts";
import { headsIn } from "../../src/training/gpt2Weights.ts";

/** The files that belong to a GPT-2, as they come in one after the other. */
export interface GivenFiles {
  readonly weights?: File | undefined;
  readonly vocabulary?: string;
  readonly merges?: string;
  /** Tokens and merges, once both are there. */
  readonly pairs?: BytePairs;
  readonly heads?: number;
}

/** Why a file is none of a GPT-2’s; the message is for the reader. */
export class StrangeFile extends Error {
  override readonly name = "StrangeFile";
}

const wanted = "model.safetensors, vocab.json and merges.txt (or tokenizer.json), and config.json";

/**
 * What was given, with these files put in. Each is known by its ending, and JSON by what it says.
 *
 * @throws StrangeFile, BytePairError or SafetensorsError saying what is wrong with which file
 */
export async function withFiles(given: GivenFiles, files: readonly File[]): Promise<GivenFiles> {
  let next: GivenFiles = { ...given };
  for (const file of files) next = { ...next, ...(await partOf(file)) };
  const { vocabulary, merges, pairs } = next;
  if (vocabulary === undefined || merges === undefined) return next;
  if (pairs && given.pairs === pairs && !files.some(({ name }) => /\.(txt|json)$/.test(name))) {
    return next;
  }
  return { ...next, pairs: readGpt2Files(vocabulary, merges) };
}

async function partOf(file: File): Promise<GivenFiles> {
  const ending = /\.(\w+)$/.exec(file.name.toLowerCase())?.[1];
  if (ending === "safetensors") return { weights: file };
  if (ending === "txt") return { merges: await file.text() };
  if (ending === "json") return partOfJson(file.name, await file.text());
  const remedy =
    ending === "bin" || ending === "pt" || ending === "h5"
      ? " In Python, model.save_pretrained(folder, safe_serialization=True) writes the safetensors file."
      : "";
  throw new StrangeFile(`Expected ${wanted}, got “${file.name}”.${remedy}`);
}

interface Tokenizer {
  readonly model?: { readonly vocab?: unknown; readonly merges?: unknown };
}

function partOfJson(name: string, text: string): GivenFiles {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new StrangeFile(`Expected JSON in “${name}”, but it cannot be read as such.`);
  }
  if (typeof json !== "object" || json === null) {
    throw new StrangeFile(`Expected ${wanted}; “${name}” is none of them.`);
  }
  if ("n_head" in json || "model_type" in json) return { heads: headsIn(text) };
  const { vocab, merges } = (json as Tokenizer).model ?? {};
  if (vocab === undefined) return { vocabulary: text };
  return { vocabulary: JSON.stringify(vocab), merges: mergeLines(name, merges) };
}

/** The merges of a `tokenizer.json`, each a text with a blank in it or a list of two, as `merges.txt` has them. */
function mergeLines(name: string, merges: unknown): string {
  if (!Array.isArray(merges)) {
    throw new BytePairError(`Expected a list of merges in “${name}”, as byte-pair encodings have.`);
  }
  return merges.map((one) => (Array.isArray(one) ? one.join(" ") : String(one))).join("\n");
}
