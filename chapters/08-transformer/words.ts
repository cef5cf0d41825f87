/** The most words that the lab reads. */
export const longest = 12;

/** What the vector of a word says of it: its kind, and its place as two waves. */
export const features = ["article", "adjective", "noun", "verb", "pronoun", "sin", "cos"] as const;
export const d_model = features.length;
const kinds = ["article", "adjective", "noun", "verb", "pronoun"] as const;

const lexicon: Readonly<Record<(typeof kinds)[number], string>> = {
  article: "the a an my your his her our their this that these those some every no",
  adjective:
    "red black white green blue small big little old new young good bad happy sad lost warm cold long short full empty tired hungry bright dark",
  noun: "cat dog boy girl book letter house car moon fox river tree man woman child friend bank money animal street road bird fish sea sun star stone table door window word sentence teacher student city dogs cats boys girls",
  verb: "sees has wants is was are were runs ran likes reads read finds found sleeps slept eats ate chases chased crosses crossed sits sat sings sang gives gave loves loved saw see have want like",
  pronoun: "it he she they i you we him them me us who",
};

const kindOf = new Map(
  kinds.flatMap((kind) => lexicon[kind].split(" ").map((word) => [word, kind] as const)),
);

/** One full turn of the waves, in words: more than the longest sentence, so that every place is another. */
export const period = 16;

/** The words of what was typed, at most 12; one, where none was. */
export function wordsOf(text: string): string[] {
  const typed =
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}'’]+|[^\s\p{L}\p{N}]/gu) ?? [];
  return typed.length > 0 ? typed.slice(0, longest) : ["the"];
}

/** What stands in a place that no word fills. */
export const filling = "⟨fill⟩";

/** The words, and after them so many places of filling, in twelve places at most. */
export function filledUp(words: readonly string[], places: number): string[] {
  return Array.from({ length: Math.min(longest, words.length + places) }, (_, t) =>
    t < words.length ? (words[t] as string) : filling,
  );
}

/** How many typed words are left out because there is no room. */
export function leftOut(text: string): number {
  const typed = text.match(/[\p{L}\p{N}'’]+|[^\s\p{L}\p{N}]/gu) ?? [];
  return Math.max(0, typed.length - longest);
}

/** Whether the lab knows what kind of word this is. */
export function isKnown(word: string): boolean {
  return kindOf.has(word);
}

/** The vectors of these words, a row each. A word of unknown kind, and filling, has its place alone. */
export function vectorsOf(words: readonly string[]): number[][] {
  return words.map((word, t) => {
    const angle = (2 * Math.PI * t) / period;
    const own = kindOf.get(word);
    return [...kinds.map((kind) => (kind === own ? 1 : 0)), Math.sin(angle), Math.cos(angle)];
  });
}
