/**
 * The code that the book shows: regions of the very files that run, never copies.
 * `// #region name` … `// #endregion` in TypeScript, `# region name` … `# endregion` in Python.
 */
const sources: Record<string, string> = {
  ...import.meta.glob<string>(["../models/**/*.ts", "../data/**/*.ts", "../training/**/*.ts"], {
    eager: true,
    query: "?raw",
    import: "default",
  }),
  ...import.meta.glob<string>(["../../chapters/*/**/*.{ts,tsx,py}"], {
    eager: true,
    query: "?raw",
    import: "default",
  }),
};

const byPath = new Map(
  Object.entries(sources).map(([path, text]) => [
    path.startsWith("../../") ? path.slice("../../".length) : path.replace("../", "src/"),
    text,
  ]),
);

const opening = /^\s*(?:\/\/\s*#region|#\s*region)\s+(\S+)\s*$/;
const closing = /^\s*(?:\/\/\s*#endregion|#\s*endregion)\b/;

/**
 * The lines of region `name` in `text`, without their common indentation. A region may stand inside
 * another one; the marks of the inner one are left out.
 *
 * @throws Error when the region is missing or does not end
 */
export function regionOf(text: string, name: string, file: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => opening.exec(line)?.[1] === name);
  if (start < 0) {
    const names = lines.flatMap((line) => opening.exec(line)?.[1] ?? []);
    throw new Error(`${file} has no region "${name}". Its regions: ${names.join(", ") || "none"}.`);
  }
  const shown: string[] = [];
  let depth = 1;
  for (const line of lines.slice(start + 1)) {
    if (opening.test(line)) depth++;
    else if (closing.test(line)) depth--;
    else shown.push(line);
    if (depth === 0) return dedented(shown);
  }
  throw new Error(`Region "${name}" of ${file} does not end. Close it with an endregion mark.`);
}

function dedented(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return lines
    .map((line) => line.slice(indent).trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}

/**
 * The code at `src/models/neuron.ts#neuron`.
 *
 * @throws Error when there is no such file among models, data, training and chapters, or no such region
 */
export function snippet(reference: string): string {
  const [file = "", name = ""] = reference.split("#");
  const text = byPath.get(file);
  if (text === undefined || !name) {
    throw new Error(
      `Expected code as "src/models/neuron.ts#region", got "${reference}". ` +
        "Code is shown from src/models, src/data, src/training and chapters.",
    );
  }
  return regionOf(text, name, file);
}
