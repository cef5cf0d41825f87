import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { chapters, symbolsOf } from "../../src/book/chapters.ts";
import { exercisesOf } from "../../src/book/ExerciseBlock.tsx";
import { snippet } from "../../src/book/snippets.ts";
import { labsOf } from "../../src/book/stills.ts";
import type { BookSymbol } from "../../src/book/symbols.ts";
import type { Lab } from "../../src/training/lab.ts";
import { runningLab } from "./runningLab.ts";

/** The text of a chapter as its author wrote it. */
function textOf(folder: string): string {
  return readFileSync(new URL(`../../chapters/${folder}/index.mdx`, import.meta.url), "utf8");
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found = ""]) => found))];
}

/** The keys that a chapter marks: in its formulae, in the templates for numbers, in its sentences. */
function markedKeys(text: string): string[] {
  return all(text, /(?:\\(?:sym|val)\{|<Sym name=")([^}"]+)[}"]/g);
}

/** All code that the bands of a chapter show, in both languages. */
function shownCode(folder: string, text: string): string {
  const typescript = all(text, /<Equation[^>]*?\scode="([^"]+)"/gs).map(snippet);
  const python = all(text, /<Equation[^>]*?\stwin="([^"]+)"/gs).map((region) =>
    snippet(`chapters/${folder}/pytorch.py#${region}`),
  );
  return [...typescript, ...python].join("\n");
}

type Place = NonNullable<BookSymbol["at"]>;

/**
 * The shapes that tensors have under the settings that their symbols name, by name; none in a lab without
 * such settings. Those under the same settings are looked at together: a frame of a large lab takes seconds.
 */
async function shapesThere(
  running: Awaited<ReturnType<typeof runningLab>>,
  { fields }: Lab,
  places: readonly Place[],
): Promise<Map<Place, readonly number[]>> {
  const found = new Map<Place, readonly number[]>();
  const own = places.filter(({ config }) => Object.keys(config).every((field) => field in fields));
  for (const settings of new Set(own.map(({ config }) => JSON.stringify(config)))) {
    const together = own.filter(({ config }) => JSON.stringify(config) === settings);
    await running.configure(JSON.parse(settings));
    // As the page does: what only a training step has can be watched, but is no name of the lab.
    await running.watch(together.map(({ name }) => name));
    const { values } = await running.frame();
    await running.undo();
    for (const place of together) {
      const shape = values[place.name]?.shape;
      if (shape) found.set(place, shape);
    }
  }
  return found;
}

/** Why a tensor does not have one of the shapes declared, with `sizes` binding the dimensions; null if it has. */
function misfit(
  key: string,
  symbol: BookSymbol,
  shape: readonly number[],
  sizes: Map<string, number>,
): string | null {
  const declared = symbol.shape?.find(({ length }) => length === shape.length);
  if (!declared) {
    return `${key} is declared ${JSON.stringify(symbol.shape)}, but it is [${shape.join(", ")}]`;
  }
  for (const [axis, dimension] of declared.entries()) {
    const size = sizes.get(dimension) ?? shape[axis];
    if (size !== shape[axis]) {
      return `${key}: its dimension ${dimension} is ${shape[axis]}, elsewhere in the lab ${size}`;
    }
    sizes.set(dimension, size ?? 0);
  }
  return null;
}

describe.each(chapters.map((chapter) => [chapter.folder, chapter] as const))("%s", (folder) => {
  const text = textOf(folder);
  const symbols = symbolsOf(folder);
  const labs = labsOf(folder);
  const exercises = exercisesOf(folder);
  const tensors = Object.entries(symbols).filter(([, { kind }]) => kind === "tensor");

  test("every symbol that is marked is defined, and every one defined is marked", () => {
    expect(markedKeys(text).sort()).toEqual(Object.keys(symbols).sort());
  });

  test("every symbol occurs in the code that the chapter shows", () => {
    const identifiers = new Set(shownCode(folder, text).match(/[A-Za-z_]\w*/g));
    const unseen = Object.entries(symbols).filter(
      ([key, { code }]) => !identifiers.has(code ?? key),
    );
    expect(unseen.map(([key]) => key)).toEqual([]);
  });

  test("every setting is a field of a lab", () => {
    const fields = new Set(labs.flatMap((lab) => Object.keys(lab.fields)));
    const settings = Object.entries(symbols).filter(([, { kind }]) => kind === "setting");
    expect(settings.filter(([key, { code }]) => !fields.has(code ?? key))).toEqual([]);
  });

  test("every tensor is a parameter or tap of a lab, with a shape that is declared", async () => {
    const found = new Set<string>();
    for (const lab of labs) {
      const running = await runningLab(folder, lab);
      const { params, taps } = await running.names();
      const shapes = new Map([...params, ...taps].map(({ name, shape }) => [name, shape]));
      const places = tensors.flatMap(([, { at }]) => (at ? [at] : []));
      const there = await shapesThere(running, lab, places);
      const sizes = new Map<string, number>();
      for (const [key, symbol] of tensors) {
        const shape = symbol.at ? there.get(symbol.at) : shapes.get(key);
        if (!shape) continue;
        found.add(key);
        expect(misfit(key, symbol, shape, sizes), lab.id).toBeNull();
      }
      await running.close();
    }
    expect(tensors.map(([key]) => key).filter((key) => !found.has(key))).toEqual([]);
  });

  test("every lab declared is on the page, and every exercise", () => {
    expect(all(text, /<Lab\s[^>]*?id="([^"]+)"/gs)).toEqual(
      expect.arrayContaining(labs.map(({ id }) => id)),
    );
    expect(all(text, /<Exercise\s[^>]*?id="([^"]+)"/gs).sort()).toEqual(
      Object.keys(exercises).sort(),
    );
  });
});
