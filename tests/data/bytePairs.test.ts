import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGpt2Files, writeGpt2Files } from "../../src/data/bytePairFiles.ts";
import {
  BytePairCoder,
  BytePairError,
  BytePairTraining,
  byteLetters,
  fromByteLetters,
  inByteLetters,
  textPieces,
} from "../../src/data/bytePairs.ts";
import { tale } from "../../src/data/tale.ts";

/** Any text that is Unicode: no half of a surrogate pair by itself. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        " ",
        "\n",
        "it's",
        "’",
        "\u0085",
        "\u00a0",
        "\ufeff",
        "42",
        "niño",
        "東京",
        "👩‍🚀",
        "<|endoftext|>",
        "\0",
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join("")),
);

const trained = new BytePairTraining(tale).train(200);
const coder = new BytePairCoder(trained.pairs);

describe("bytes", () => {
  test("every byte has a letter of its own; those that print are theirs", () => {
    expect(new Set(byteLetters).size).toBe(256);
    // The letters of GPT-2's files: Ġ for a blank, Ċ for a line's end, ł and Ń for the last control codes.
    expect(inByteLetters(" A~\n\tñ")).toBe("ĠA~ĊĉÃ±");
    expect([byteLetters[0], byteLetters[0x7f], byteLetters[0xad]]).toEqual(["Ā", "ġ", "Ń"]);
  });

  test("any text is the text of its letters", () => {
    fc.assert(fc.property(anyText, (text) => fromByteLetters(inByteLetters(text)) === text));
  });

  test("half a character is shown as one that is missing", () => {
    const [first = ""] = inByteLetters("ñ");
    expect(fromByteLetters(first)).toBe("�");
  });
});

describe("words", () => {
  // By the rule of Radford et al. 2019, read by hand.
  test.each([
    ["The cat's 3 hats", ["The", " cat", "'s", " ", "3", " hats"].join("|").replace(" |3", " 3")],
    ["we'll've", "we|'ll|'ve"],
    ["a  b", "a| | b"],
    ["a   1", "a|  | 1"],
    ["a \n b", "a| \n| b"],
    ["end  ", "end|  "],
    ["x=1;y", "x|=|1|;|y"],
    ["¿Qué? ¡No!", "¿|Qué|?| ¡|No|!"],
    ["'TIS", "'|TIS"],
    ["\u00a0\u00a0x", "\u00a0|\u00a0|x"],
  ])("%j", (text, pieces) => {
    expect(textPieces(text).join("|")).toBe(pieces);
  });

  test("together are the text", () => {
    fc.assert(fc.property(anyText, (text) => textPieces(text).join("") === text));
  });
});

describe("merges", () => {
  test("take the pair that stands side by side most often, one after the other", () => {
    // Sennrich et al. 2016, algorithm 1: e s (9), es t (9), l o (7), lo w (7) stand in these words.
    const words: readonly [string, number][] = [
      ["low", 5],
      ["lower", 2],
      ["newest", 6],
      ["widest", 3],
    ];
    // Line ends keep the words apart, and are no letters.
    const text = words
      .flatMap(([word, count]) => Array.from({ length: count }, () => word))
      .join("\n");
    const merges = new BytePairTraining(text).train(4).merges;
    expect(merges).toEqual([
      { left: "e", right: "s", count: 9, token: 256 },
      { left: "es", right: "t", count: 9, token: 257 },
      { left: "l", right: "o", count: 7, token: 258 },
      { left: "lo", right: "w", count: 7, token: 259 },
    ]);
  });

  test("each takes as many tokens away as its pair was found", () => {
    const training = new BytePairTraining(tale);
    for (let i = 0; i < 40; i++) {
      const before = training.length;
      const [next] = training.candidates(1);
      const merge = training.step();
      expect(merge).toMatchObject(next!);
      // aaa holds the pair a a twice, but only one of the two can be merged.
      expect(before - training.length).toBeLessThanOrEqual(merge!.count);
      if (merge!.left !== merge!.right) expect(before - training.length).toBe(merge!.count);
    }
  });

  test("end where no pair stands twice", () => {
    // ab, bc and cd stand twice each: of equals the one with the smaller bytes, so ab, then cd before ab c.
    const training = new BytePairTraining("abcd abcd").train(100);
    expect(training.merges.map(({ left, right }) => left + right)).toEqual(["ab", "cd", "abcd"]);
    expect(training.step()).toBeNull();
    expect(new BytePairTraining("").step()).toBeNull();
  });

  test("of one text are the same every time, and a text's own tokens are those that training left", () => {
    const again = new BytePairTraining(tale).train(200);
    expect(again.pairs).toEqual(trained.pairs);
    expect(coder.pieces(tale)).toHaveLength(trained.length);
  });

  test("one more or fewer is one more or fewer for the coder", () => {
    const few = new BytePairCoder(trained.pairs, 50);
    expect(few.pieces(tale)).toEqual(
      new BytePairCoder(new BytePairTraining(tale).train(50).pairs).pieces(tale),
    );
    expect(new BytePairCoder(trained.pairs, 0).pieces("ab ñ")).toEqual(["a", "b", "Ġ", "Ã", "±"]);
  });
});

test("decoding takes encoding back, whatever the text and whatever was learned", () => {
  fc.assert(
    fc.property(anyText, anyText, fc.nat(60), (learned, text, merges) => {
      const own = new BytePairCoder(new BytePairTraining(learned).train(merges).pairs);
      expect(own.decode(own.encode(text))).toBe(text);
      expect(coder.decode(coder.encode(text))).toBe(text);
    }),
    { numRuns: 60 },
  );
});

test("a learned text takes fewer tokens than bytes, and each of them is one of the list", () => {
  const numbers = coder.encode(tale);
  expect(numbers.length).toBeLessThan(0.6 * new TextEncoder().encode(tale).length);
  expect(Math.max(...numbers)).toBeLessThan(trained.pairs.tokens.length);
  expect(() => coder.decode([100_000])).toThrow(/token from 0 to \d+, got 100000/);
});

test("a very long word is split in time", () => {
  const long = "ab".repeat(4000);
  const own = new BytePairCoder(new BytePairTraining(long).train(30).pairs);
  expect(own.decode(own.encode(long))).toBe(long);
});

describe("GPT-2's files", () => {
  const { vocabulary, merges } = writeGpt2Files(trained.pairs);

  test("written and read are the same tokens", () => {
    expect(readGpt2Files(vocabulary, merges)).toEqual(trained.pairs);
    const windows = merges.replaceAll("\n", "\r\n");
    expect(readGpt2Files(vocabulary, windows)).toEqual(trained.pairs);
  });

  test("may number the tokens otherwise, and hold tokens that no merge makes", () => {
    // GPT-2's own: the letters that print first, a merge, and one for the end of a text.
    const letters = [...byteLetters].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
    const tokens = [...letters, "Ġt", "he", "Ġthe", "<|endoftext|>"];
    const numbers = Object.fromEntries(tokens.map((token, number) => [token, number]));
    const pairs = readGpt2Files(JSON.stringify(numbers), "#version: 0.2\nĠ t\nh e\nĠt he\n");
    const own = new BytePairCoder(pairs);
    expect(own.encode("the the then")).toEqual(
      ["t", "he", "Ġthe", "Ġthe", "n"].map((token) => tokens.indexOf(token)),
    );
    expect(own.decode([259, 258])).toBe("<|endoftext|> the");
  });

  test.each([
    ["{", merges, /vocab\.json to be JSON/],
    ["[1, 2]", merges, /list of tokens as \{ "token": number \}/],
    ['{"a": 0, "b": 0}', merges, /numbers 0 to 1, each once; "b" has 0/],
    ['{"a": 0, "b": "1"}', merges, /"b" has "1"/],
    ['{"a": 0}', merges, /token for every byte, but byte 0 \("Ā"\) has none/],
    [
      vocabulary,
      "Ġ t h\n",
      /two tokens with a blank between them in line 1 of merges.txt, got "Ġ t h"/,
    ],
    [vocabulary, "#version: 0.2\nqq zz\n", /Merge 1 of merges\.txt, "qq zz", needs the token "qq"/],
  ])("that are none are refused: %#", (tokens, pairs, message) => {
    expect(() => readGpt2Files(tokens, pairs)).toThrow(BytePairError);
    expect(() => readGpt2Files(tokens, pairs)).toThrow(message);
  });
});
