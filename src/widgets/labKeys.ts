/** What a key asks of a lab. */
export type LabCommand =
  | { readonly do: "toggle" | "forward" | "back" | "restart" | "undo" | "redo" | "keys" | "leave" }
  | { readonly do: "preset"; readonly index: number };

/** The keys in words, for the list that `?` opens. */
export const keyList: readonly (readonly [key: string, does: string])[] = [
  ["Space", "train or pause"],
  ["→", "one step"],
  ["←", "one step back on the time line"],
  ["R", "start over"],
  ["U", "undo"],
  ["Shift U", "redo"],
  ["1 to 9", "a prepared state"],
  ["?", "this list"],
  ["Escape", "leave the full screen"],
];

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The command of a key; a clicker's Page Down and Page Up step too, where the lab has the screen. */
export function commandOf(press: KeyPress, isProjected: boolean): LabCommand | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const { key } = press;
  if (key === " ") return { do: "toggle" };
  if (key === "ArrowRight") return { do: "forward" };
  if (key === "ArrowLeft") return { do: "back" };
  if (key === "?") return { do: "keys" };
  if (key === "r" || key === "R") return { do: "restart" };
  if (key === "u" || key === "U") return { do: press.shiftKey ? "redo" : "undo" };
  if (/^[1-9]$/.test(key)) return { do: "preset", index: Number(key) - 1 };
  if (!isProjected) return null;
  if (key === "Escape") return { do: "leave" };
  if (key === "PageDown") return { do: "forward" };
  return key === "PageUp" ? { do: "back" } : null;
}

const textInputs = new Set(["text", "search", "url", "email", "number", "password", "tel"]);

/** Whether the key belongs to the element that has the focus: typing, a button's space, a slider's arrows. */
export function belongsToElement(element: Element, key: string): boolean {
  if (element instanceof HTMLTextAreaElement) return true;
  if (element instanceof HTMLElement && element.isContentEditable) return true;
  const isArrow = key.startsWith("Arrow") || key.startsWith("Page");
  if (element instanceof HTMLSelectElement) return key !== "Escape" && key !== "?";
  if (element instanceof HTMLInputElement) {
    if (textInputs.has(element.type)) return !element.readOnly;
    return key === " " ? element.type !== "range" : isArrow;
  }
  return key === " " && element.closest("button, summary, a[href]") !== null;
}
