import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { parseSync, Visitor } from "vite";

const root = join(import.meta.dirname, "..");

/**
 * One import of a file of the project. `to` is a path from the root of the project, or a package's
 * specifier. `type` is erased before anything runs; `lazy` is fetched only when the line that asks for it runs;
 * `apart` is a worker, a text or an address: nothing of it enters the importer's own module graph.
 */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly kind: "value" | "type" | "lazy" | "apart";
  /** Found through `import.meta.glob`: the importer does not name the file. */
  readonly globbed: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
  /** Whether it calls, or only mentions, `Math.random`. */
  readonly usesMathRandom: boolean;
}

/** All files below these folders, as paths from the root of the project. */
export function filesBelow(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((found) => found.isFile())
      .map((found) => relative(root, join(found.parentPath, found.name)))
      .sort(),
  );
}

/** The TypeScript and MDX files below these folders, with what each of them imports. */
export function sourcesBelow(...folders: readonly string[]): readonly SourceFile[] {
  const files = filesBelow(...folders);
  return files
    .filter((path) => /\.(tsx?|mdx)$/.test(path))
    .map((path) => readSource(path, readFileSync(join(root, path), "utf8"), files));
}

/** MDX keeps its imports on lines of their own; the rest of it is not a program. */
function program(path: string, text: string): string {
  if (!path.endsWith(".mdx")) return text;
  return text
    .split("\n")
    .filter((line) => line.startsWith("import "))
    .join("\n");
}

/** What the text of a file at `path` imports. `files` are those that its globs can find. */
export function readSource(path: string, text: string, files: readonly string[]): SourceFile {
  const name = path.replace(/\.mdx$/, ".ts");
  const parsed = parseSync(name, program(path, text));
  const [error] = parsed.errors;
  if (error) throw new SyntaxError(`${path} does not parse: ${error.message}`);
  const imports: Import[] = [];
  let usesMathRandom = false;

  const add = (specifier: string, kind: Import["kind"]) => {
    const [file = "", query] = specifier.split("?");
    const to = file.startsWith(".") ? posix.join(dirname(path), file) : file;
    imports.push({ from: path, to, kind: query === undefined ? kind : "apart", globbed: false });
  };

  new Visitor({
    ImportDeclaration(node) {
      add(node.source.value, node.importKind === "type" ? "type" : "value");
    },
    ExportNamedDeclaration(node) {
      if (node.source) add(node.source.value, node.exportKind === "type" ? "type" : "value");
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.exportKind === "type" ? "type" : "value");
    },
    TSImportType(node) {
      add(node.source.value, "type");
    },
    ImportExpression(node) {
      for (const specifier of stringsIn(node.source)) add(specifier, "lazy");
    },
    CallExpression(node) {
      if (!isMember(node.callee, "glob") || node.callee.object.type !== "MetaProperty") return;
      const [patterns, options] = node.arguments;
      const text = JSON.stringify(options ?? null);
      const kind = /"query"/.test(text) ? "apart" : /"eager"/.test(text) ? "value" : "lazy";
      for (const to of globbed(path, stringsIn(patterns), files)) {
        imports.push({ from: path, to, kind, globbed: true });
      }
    },
    MemberExpression(node) {
      if (isMember(node, "random") && isNamed(node.object, "Math")) usesMathRandom = true;
    },
  }).visit(parsed.program);
  return { path, imports, usesMathRandom };
}

interface Named {
  readonly type: string;
  readonly name?: unknown;
}

function isNamed(node: Named, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

interface Member {
  readonly type: "MemberExpression";
  readonly object: Named;
  readonly property: Named;
}

function isMember(node: Named, property: string): node is Member {
  return node.type === "MemberExpression" && isNamed((node as Member).property, property);
}

/** Every text literal inside a syntax node, outermost first. */
function stringsIn(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  if ("type" in node && node.type === "Literal" && "value" in node) {
    return typeof node.value === "string" ? [node.value] : [];
  }
  return Object.values(node).flatMap(stringsIn);
}

/** The files that Vite's glob patterns find: `*` within a name, `**` across folders, `{a,b}`, `!` to leave out. */
function globbed(from: string, patterns: readonly string[], files: readonly string[]) {
  const pattern = (text: string) => {
    const path = text.startsWith("/") ? text.slice(1) : posix.join(dirname(from), text);
    const expression = path.replace(/\*\*\/|\*|\{[^}]*\}|[.+^$()|[\]\\]/g, (sign) => {
      if (sign === "**/") return "(?:.*/)?";
      if (sign === "*") return "[^/]*";
      if (sign.startsWith("{")) return `(?:${sign.slice(1, -1).split(",").join("|")})`;
      return `\\${sign}`;
    });
    return new RegExp(`^${expression}$`);
  };
  const wanted = patterns.filter((text) => !text.startsWith("!")).map(pattern);
  const unwanted = patterns.filter((text) => text.startsWith("!")).map((t) => pattern(t.slice(1)));
  return files.filter(
    (file) => wanted.some((p) => p.test(file)) && !unwanted.some((p) => p.test(file)),
  );
}

/**
 * What `start` reaches by imports of these kinds, each with the chain of files that leads to it,
 * itself included. `skip` cuts an import out.
 */
export function reach(
  start: readonly string[],
  sources: readonly SourceFile[],
  kinds: readonly Import["kind"][],
  skip: (edge: Import) => boolean = () => false,
): ReadonlyMap<string, readonly string[]> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const found = new Map<string, readonly string[]>(start.map((path) => [path, [path]]));
  for (const [path, chain] of found) {
    for (const edge of byPath.get(path)?.imports ?? []) {
      if (kinds.includes(edge.kind) && !found.has(edge.to) && !skip(edge)) {
        found.set(edge.to, [...chain, edge.to]);
      }
    }
  }
  return found;
}
