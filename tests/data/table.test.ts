import { describe, expect, test } from "vitest";
import { labelled, likelyUses } from "../../src/data/labelled.ts";
import {
  cellNumber,
  maxTableBytes,
  maxTableRows,
  readTable,
  TableError,
  tableText,
} from "../../src/data/table.ts";

const flowers = ["length,width,kind", "5.1,3.5,rose", "4.9,3,rose", "6.3,2.5,lily"].join("\n");
const cellsOf = async (text: string) => (await readTable(text)).rows.map(({ cells }) => cells);

/** `count` rows of two numbers and one of two words. */
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => `${i * 1.5},${i % 7},${i % 2 ? "a" : "b"}`).join("\n");

describe("reading", () => {
  test("names, kinds, and rows numbered as a spreadsheet does", async () => {
    const table = await readTable(flowers);
    expect(table).toMatchObject({ separator: ",", header: true, decimal: "." });
    expect(table.columns).toEqual([
      { name: "length", kind: "number", missing: 0, values: 3 },
      { name: "width", kind: "number", missing: 0, values: 3 },
      { name: "kind", kind: "text", missing: 0, values: 2 },
    ]);
    expect(table.rows[0]).toEqual({ number: 2, cells: ["5.1", "3.5", "rose"] });
  });

  test.each([
    [",", "a,b,c"],
    [";", "a;b;c"],
    ["\t", "a\tb\tc"],
    ["|", "a|b|c"],
  ] as const)("cells set apart by %j", async (separator, head) => {
    const row = ["1", "2", "x"].join(separator);
    const table = await readTable(`${head}\r\n${row}\r\n${row}\r\n`);
    expect(table.separator).toBe(separator);
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ["1", "2", "x"],
      ["1", "2", "x"],
    ]);
  });

  test("a separator, a line break and a doubled quotation mark within quotes belong to the cell", async () => {
    expect(await cellsOf('a,b\n"1,5","say ""so"""\n2,"two\nlines"\n')).toEqual([
      ["1,5", 'say "so"'],
      ["2", "two\nlines"],
    ]);
  });

  test("decimal commas are known beside semicolons, with a header or without", async () => {
    for (const head of ["a;b;kind\n", ""]) {
      const table = await readTable(`${head}5,1;3,5;rose\n4,9;3,0;rose\n6,3;2,5;lily\n`);
      expect(table).toMatchObject({ separator: ";", decimal: ",", header: head !== "" });
      expect(table.columns.map(({ kind }) => kind)).toEqual(["number", "number", "text"]);
    }
  });

  test("without names the columns are counted; names that repeat are told apart", async () => {
    const names = async (text: string) => (await readTable(text)).columns.map(({ name }) => name);
    expect(await names("1,2,x\n3,4,y")).toEqual(["column 1", "column 2", "column 3"]);
    expect(await names("a,a,\n1,2,3\n4,5,6")).toEqual(["a", "a (2)", "column 3"]);
  });

  test("the reader's choice goes before the guess", async () => {
    const table = await readTable("1,2\n3,4", { header: true, decimal: "," });
    expect(table.columns.map(({ name }) => name)).toEqual(["1", "2"]);
    expect(table.decimal).toBe(",");
    await expect(readTable("a,b\n1,2", { separator: ";" })).rejects.toThrow("at least two columns");
  });

  test("a mark of byte order is no part of the first name, and blank rows are passed over", async () => {
    const table = await readTable("\uFEFFa,b\n\n1,2\n,\n3,4\n");
    expect(table.columns[0]?.name).toBe("a");
    expect(table.rows.map(({ number }) => number)).toEqual([3, 5]);
  });

  test("a row of another width is left out and named", async () => {
    const table = await readTable("a,b,c\n1,2,3\n4,5\n6,7,8\n");
    expect(table.problems).toEqual([{ row: 3, says: "expected 3 cells, found 2." }]);
    expect(table.rows).toHaveLength(2);
  });

  test("a text longer than a piece is read whole", async () => {
    const table = await readTable(many(30_000));
    expect(table.rowCount).toBe(30_000);
    expect(table.rows).toHaveLength(maxTableRows);
    expect(table.rows.at(-1)?.number).toBeGreaterThan(29_900);
    for (const { number, cells } of table.rows) expect(cells[0]).toBe(`${(number - 1) * 1.5}`);
  });
});

describe("what is no table is refused", () => {
  test.each([
    ["nothing", "", "nothing in it"],
    ["blanks", " \n \n", "nothing in it"],
    ["one column", "a\n1\n2\n", "at least two columns"],
    ["names alone", "a,b\n", "found none"],
    ["an open quotation mark", 'a,b\n1,"2\n3,4\n', "Row 2: a quotation mark"],
  ])("%s", async (_, text, message) => {
    const reading = text === "a,b\n" ? readTable(text, { header: true }) : readTable(text);
    await expect(reading).rejects.toThrow(TableError);
    await expect(
      text === "a,b\n" ? readTable(text, { header: true }) : readTable(text),
    ).rejects.toThrow(message);
  });

  test("a file above 10 MB", () => {
    expect(() => tableText(new Uint8Array(maxTableBytes + 1))).toThrow(
      "at most 10 MB, got 10.0 MB",
    );
  });

  test("a file that is no text", () => {
    expect(() => tableText(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toThrow("as CSV first");
  });
});

test("text is taken from UTF-8, UTF-16 and Windows-1252", () => {
  const word = "größe";
  expect(tableText(new TextEncoder().encode(word))).toBe(word);
  expect(tableText(Uint8Array.from([...word].map((c) => c.charCodeAt(0))))).toBe(word);
  const utf16 = [...word].flatMap((c) => [c.charCodeAt(0), 0]);
  expect(tableText(Uint8Array.from([0xff, 0xfe, ...utf16]))).toBe(word);
});

test.each([
  ["5.1", ".", 5.1],
  [" -2 ", ".", -2],
  ["\u22122e-3", ".", -0.002],
  [".5", ".", 0.5],
  ["5,1", ",", 5.1],
  ["5,1", ".", null],
  ["5.1", ",", null],
  ["1e39", ".", null],
  ["Infinity", ".", null],
  ["0x10", ".", null],
  ["12 cm", ".", null],
  ["", ".", null],
] as const)("cellNumber(%j) with the decimals after %j is %s", (cell, decimal, value) => {
  expect(cellNumber(cell, decimal)).toBe(value);
});

describe("labelled rows", () => {
  const learnt = async (text: string) => {
    const table = await readTable(text);
    return labelled(table, likelyUses(table));
  };

  test("the label is the column called so, or the last of words; a count of rows is left out", async () => {
    const table = await readTable(
      `,class,a,b,note\n${[1, 2, 3, 4].map((i) => `${i},${i % 2},${i * i},0.5,w${i}`).join("\n")}`,
    );
    expect(likelyUses(table).map(({ use }) => use)).toEqual([
      "out",
      "label",
      "input",
      "out",
      "input",
    ]);
    const flower = await readTable(flowers);
    expect(likelyUses(flower).map(({ use }) => use)).toEqual(["input", "input", "label"]);
  });

  test("classes are numbered in the order of their names", async () => {
    const { classes, y, columns, x } = await learnt(many(8));
    expect(classes).toEqual(["a", "b"]);
    expect(columns).toEqual(["column 1", "column 2"]);
    expect(y).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
    expect(x[1]).toEqual([1.5, 1]);
  });

  test("a column of words is an input for each word; of two words, one input", async () => {
    const rows = ["red,s", "blue,m", "green,s", "red,m", "blue,s", "red,s"];
    const table = await readTable(
      `hue,size,label\n${rows.map((row, i) => `${row},${i < 3 ? "p" : "q"}`).join("\n")}`,
    );
    const { columns, x } = labelled(table, likelyUses(table));
    expect(columns).toEqual(["hue = blue", "hue = green", "hue = red", "size = s"]);
    expect(x[0]).toEqual([0, 0, 1, 1]);
    expect(x[1]).toEqual([1, 0, 0, 0]);
  });

  test("a row with an empty cell is left out, one that cannot be read is named by row and column", async () => {
    const rows = ["1.5,2,a", "NA,2,a", "2,x,b", "2,1e999,b", "3,4,b", "5,6,b", "7,8,b"];
    const more = ["9,9,a", "8,8,a", "7,7,a", "6,6,a", "5,5,a", "4,4,a"];
    const { incomplete, problems, x } = await learnt(`u,v,kind\n${[...rows, ...more].join("\n")}`);
    expect(incomplete).toEqual([3]);
    expect(problems).toEqual([
      { row: 4, column: "v", says: "expected a number, got “x”." },
      { row: 5, column: "v", says: "expected a finite number, got “1e999”." },
    ]);
    expect(x).toHaveLength(10);
  });

  test.each([
    ["no label", "out", "none is"],
    ["two labels", "label", "more than one is"],
  ] as const)("%s is refused", async (_, use, message) => {
    const table = await readTable(many(9));
    const uses = [
      { use, kind: "number" },
      { use: "input", kind: "number" },
      { use: use === "out" ? "out" : "label", kind: "text" },
    ] as const;
    expect(() => labelled(table, uses)).toThrow(message);
  });

  test("a label of too many values, a lonely class, and no input are refused", async () => {
    const table = await readTable(many(30));
    const as = (...uses: ("input" | "label" | "out")[]) =>
      labelled(
        table,
        uses.map((use, i) => ({ use, kind: table.columns[i]!.kind })),
      );
    expect(() => as("label", "input", "out")).toThrow("has 30 different values");
    expect(() => as("out", "out", "label")).toThrow("at least one column as an input");
    await expect(learnt(`${many(9)}\n1,2,c`)).rejects.toThrow("“c” has fewer");
  });
});
