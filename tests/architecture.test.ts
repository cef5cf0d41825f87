import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, type Import, reach, readSource, sourcesBelow } from "./imports.ts";

const sources = sourcesBelow("src", "chapters");
const imports = sources.flatMap((source) => source.imports);

/** What each room may import from the rest of the project, besides itself: folders end in a slash. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  viz: [],
  data: [],
  models: [],
  training: ["src/data/", "src/models/program.ts", "src/models/tap.ts", "src/models/tf.ts"],
  engine: ["src/data/", "src/models/", "src/training/", "chapters/"],
  widgets: [
    "src/data/",
    "src/viz/",
    "src/training/lab.ts",
    "src/training/capsuleLink.ts",
    "src/training/schedule.ts",
    "src/engine/",
    "src/book/",
  ],
  book: ["src/data/", "src/viz/", "src/training/", "src/engine/", "src/widgets/", "chapters/"],
  app: ["src/", "chapters/"],
};

/** Files that may import TensorFlow.js; those of `engine/` that the page holds are tested apart. */
const tensorFiles = [/^src\/(models|training|engine)\//, /^chapters\/[^/]+\/programs\.ts$/];

/**
 * What the page's own thread begins with: its entry, what a chapter gives to it, and the instruments.
 * None of it may need TensorFlow.js before, or beside, the worker.
 */
const pageSide = sources
  .map((source) => source.path)
  .filter(
    (path) =>
      path === "src/app/main.ts" ||
      /^src\/(viz|widgets)\//.test(path) ||
      /^chapters\/[^/]+\/((labs|exercises|symbols)\.ts|figures\/)/.test(path),
  );

/** Where the page may fetch TensorFlow.js after all: there is no worker in this browser. */
const fallbacks: readonly string[] = ["src/engine/connection.ts → src/engine/host.ts"];

const isTensorflow = (path: string) => /^(@|virtual:)tensorflow\//.test(path);
const isInside = (path: string) => /^(src|chapters)\//.test(path);
const chapterOf = (path: string) => /^chapters\/[^/]+/.exec(path)?.[0];
const text = (edge: Import) => `${edge.from} → ${edge.to}`;

/** The room of a file of `src/`; undefined in a chapter. */
const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];

describe("rooms", () => {
  test("every folder of src/ is a room that DESIGN knows", () => {
    const strangers = sources.filter(
      ({ path }) => !chapterOf(path) && !Object.hasOwn(rooms, roomOf(path) ?? ""),
    );
    expect(strangers.map(({ path }) => path)).toEqual([]);
  });

  test("a relative import names a file that exists, with its extension", () => {
    const files = filesBelow("src", "chapters");
    const lost = imports.filter(
      ({ to, kind }) => isInside(to) && kind !== "apart" && !files.includes(to),
    );
    expect(lost.map(text)).toEqual([]);
  });

  test.each(Object.entries(rooms))("%s imports only what it may", (room, allowed) => {
    const wrong = imports.filter(
      ({ from, to, kind }) =>
        kind !== "apart" &&
        roomOf(from) === room &&
        isInside(to) &&
        roomOf(to) !== room &&
        !allowed.some((path) => (path.endsWith("/") ? to.startsWith(path) : to === path)),
    );
    expect(wrong.map(text)).toEqual([]);
  });

  test("widgets take only types from book", () => {
    const wrong = imports.filter(
      ({ from, to, kind }) =>
        roomOf(from) === "widgets" && roomOf(to) === "book" && kind !== "type",
    );
    expect(wrong.map(text)).toEqual([]);
  });

  test("src/ names no chapter: it finds them by their folders", () => {
    const wrong = imports.filter(
      ({ from, to, globbed }) => !chapterOf(from) && chapterOf(to) && !globbed,
    );
    expect(wrong.map(text)).toEqual([]);
  });

  test("a chapter imports neither app nor another chapter", () => {
    const wrong = imports.filter(({ from, to }) => {
      const chapter = chapterOf(from);
      if (!chapter) return false;
      return roomOf(to) === "app" || (chapterOf(to) ?? chapter) !== chapter;
    });
    expect(wrong.map(text)).toEqual([]);
  });
});

describe("tensors", () => {
  test("only models, training, engine and a chapter's programs import TensorFlow.js", () => {
    const wrong = imports.filter(
      ({ from, to }) => isTensorflow(to) && !tensorFiles.some((files) => files.test(from)),
    );
    expect(wrong.map(text)).toEqual([]);
  });

  test("models import nothing from outside but TensorFlow.js", () => {
    const wrong = imports.filter(
      ({ from, to }) => roomOf(from) === "models" && !isInside(to) && !isTensorflow(to),
    );
    expect(wrong.map(text)).toEqual([]);
  });

  test("the page's thread reaches no tensor without a worker, but through the named fallbacks", () => {
    expect(pageSide).toContain("src/app/main.ts");
    const reached = reach(pageSide, sources, ["value", "lazy"], (edge) =>
      fallbacks.includes(text(edge)),
    );
    const wrong = [...reached].filter(([path]) => isTensorflow(path));
    expect(wrong.map(([, chain]) => chain.join(" → "))).toEqual([]);
  });

  test("the named fallbacks exist, and are lazy", () => {
    const lazy = imports.filter(({ kind }) => kind === "lazy").map(text);
    expect(fallbacks.filter((fallback) => !lazy.includes(fallback))).toEqual([]);
  });
});

describe("habits", () => {
  test("no file or folder is called by what it is not about", () => {
    const empty = ["utils", "util", "helpers", "helper", "common", "misc"];
    const files = filesBelow("src", "chapters", "tests");
    const wrong = files.filter((path) =>
      path.split("/").some((part) => empty.includes(basename(part).replace(/\..*$/, ""))),
    );
    expect(wrong).toEqual([]);
  });

  test("no Math.random: it cannot be seeded", () => {
    expect(sources.filter((source) => source.usesMathRandom).map(({ path }) => path)).toEqual([]);
  });

  test("no barrel: no file only passes on what others export", () => {
    expect(sources.filter(({ path }) => /\/index\.tsx?$/.test(path)).map((s) => s.path)).toEqual(
      [],
    );
  });
});

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

const readJson = <T>(path: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "..", path), "utf8")) as T;

describe("versions", () => {
  const manifest = readJson<Manifest>("package.json");
  const { packages } = readJson<Lock>("package-lock.json");
  const copies = (name: string) =>
    Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));

  test("every dependency is pinned exactly", () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test("all of TensorFlow.js has one version, and one copy of each part", () => {
    const parts = Object.keys(packages).filter((path) => path.includes("/@tensorflow/tfjs"));
    const own = parts.filter((path) => /\/@tensorflow\/[^/]+$/.test(path));
    expect(new Set(own.map((path) => packages[path]?.version)).size).toBe(1);
    expect(new Set(own.map((path) => basename(path))).size).toBe(own.length);
    const asked = Object.entries(manifest.dependencies).filter(([name]) => isTensorflow(name));
    expect(new Set(asked.map(([, version]) => version)).size).toBe(1);
  });

  test("one KaTeX, so that the stylesheet matches the markup", () => {
    expect(copies("katex").map(([, { version }]) => version)).toEqual([
      manifest.dependencies.katex,
    ]);
  });

  test("one React", () => {
    expect(copies("react")).toHaveLength(1);
  });
});

describe("the reader of imports", () => {
  const read = (text: string, path = "src/app/a.ts") =>
    readSource(path, text, ["chapters/01-a/labs.ts", "chapters/01-a/b/labs.ts"]).imports.map(
      ({ to, kind }) => `${kind} ${to}`,
    );

  test("an import is erased only when all of it is a type", () => {
    expect(read(`import type { A } from "../viz/a.ts"`)).toEqual(["type src/viz/a.ts"]);
    expect(read(`import { type A, b } from "../viz/a.ts"`)).toEqual(["value src/viz/a.ts"]);
    expect(read(`import "./a.css"`)).toEqual(["value src/app/a.css"]);
    expect(read(`export * from "./b.ts"`)).toEqual(["value src/app/b.ts"]);
    expect(read(`let a: import("./c.ts").C`)).toEqual(["type src/app/c.ts"]);
  });

  test("an import() is lazy, and each path it may take counts", () => {
    expect(read(`await import(a ? "./b.ts" : "./c.ts")`)).toEqual([
      "lazy src/app/b.ts",
      "lazy src/app/c.ts",
    ]);
  });

  test("a glob imports what it finds, at once when eager", () => {
    expect(read(`import.meta.glob("../../chapters/*/labs.ts")`)).toEqual([
      "lazy chapters/01-a/labs.ts",
    ]);
    expect(read(`import.meta.glob("/chapters/**/labs.ts", { eager: true })`)).toHaveLength(2);
    expect(read(`import.meta.glob("/chapters/**/labs.ts", { query: "?raw" })`)[0]).toMatch(/apart/);
  });

  test("a worker, a text and an address are apart", () => {
    expect(read(`import W from "../engine/w.ts?worker"`)).toEqual(["apart src/engine/w.ts"]);
  });

  test("prose is not a program, but its import lines are", () => {
    const prose = 'import { A } from "./a.tsx"\n\n# We import { from\n';
    expect(read(prose, "chapters/01-a/index.mdx")).toEqual(["value chapters/01-a/a.tsx"]);
  });
});
