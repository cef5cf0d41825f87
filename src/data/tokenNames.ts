import { byteLetters } from "./bytePairs.ts";

const byteOf = new Map(byteLetters.map((letter, byte) => [letter, byte]));

/** The bytes of a token. */
export function bytesOf(letters: string): number[] {
  return Array.from(letters, (letter) => byteOf.get(letter) ?? 0);
}

/** A token's bytes as numbers: `240 159`. */
export function bytesText(letters: string): string {
  return bytesOf(letters).join(" ");
}

/** Characters by what can be seen of them: ␣ for a blank, ⏎ for the end of a line. */
export function seen(text: string): string {
  return text.replaceAll(" ", "␣").replaceAll("\n", "⏎").replaceAll("\t", "⇥");
}

/** A token as it is named: its characters, or its bytes where they are no whole or no visible ones. */
export function tokenName(letters: string): string {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const text = seen(decoder.decode(Uint8Array.from(bytesOf(letters))));
    if (!/^[\p{M}\p{C}\p{Z}]*$/u.test(text)) return text;
  } catch {
    // Part of a character: its bytes are all there is to name.
  }
  return bytesText(letters);
}
