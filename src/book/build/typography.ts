/** A node of a Markdown or HTML tree, as far as typography cares. */
export interface MarkdownNode {
  readonly type: string;
  readonly name?: string;
  readonly tagName?: string;
  readonly properties?: { readonly className?: readonly string[] };
  readonly children?: MarkdownNode[];
  value?: string;
  readonly position?: { readonly start: { readonly offset?: number } };
  data?: Record<string, unknown>;
}

/** Typewriter quotes become the quotes of print. */
export function curlQuotes() {
  const curl = (node: MarkdownNode): void => {
    for (const [index, child] of (node.children ?? []).entries()) {
      if (child.type !== "text" || child.value === undefined) {
        curl(child);
        continue;
      }
      const opening = index === 0 ? /(^|[\s([–—])(["'])/g : /([\s([–—])(["'])/g;
      child.value = child.value
        .replace(opening, (_, before: string, mark: string) => before + (mark === '"' ? "“" : "‘"))
        .replaceAll('"', "”")
        .replaceAll("'", "’");
    }
  };
  return curl;
}

/** The longest formula, in characters of its markup's text, that is kept on one line with its comma. */
const longestKept = 60;

function textOf(node: MarkdownNode): string {
  return node.value ?? node.children?.map(textOf).join("") ?? "";
}

/** Keeps the comma or full stop after a formula or symbol on the line of what it follows. */
export function keepPunctuation() {
  const isFormula = (node: MarkdownNode | undefined): boolean =>
    (node?.name === "Sym" && node.type === "mdxJsxTextElement") ||
    (node?.properties?.className?.includes("katex") === true && textOf(node).length < longestKept);
  const keep = (node: MarkdownNode): void => {
    const { children } = node;
    if (!children) return;
    for (let index = 0; index < children.length; index++) {
      const [formula, after] = [children[index], children[index + 1]];
      if (!formula) continue;
      const [mark] =
        /^[,.;:!?)\]’”]+/.exec(after?.type === "text" ? (after.value ?? "") : "") ?? [];
      if (!mark || !after || !isFormula(formula)) {
        keep(formula);
        continue;
      }
      after.value = after.value?.slice(mark.length) ?? "";
      children[index] = {
        type: "element",
        tagName: "span",
        properties: { className: ["unbroken"] },
        children: [formula, { type: "text", value: mark }],
      };
    }
  };
  return keep;
}
