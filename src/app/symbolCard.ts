import type { NDArray } from "../data/ndarray.ts";
import { divergingTable, readPalette, tableIndex } from "../viz/colour.ts";
import { extentOf, rowsAndColumns } from "../viz/grid.ts";
import { numberText } from "../viz/numberText.ts";
import { followValues, type LiveValue, labWith } from "./liveValues.ts";

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function signClass(value: number): string {
  if (value > 0) return "positive";
  return value < 0 ? "negative" : "";
}

/** Height of a heatmap's row, and of the tallest heatmap, in pixels. */
const cellHeight = 18;
const largestHeight = 160;

/** The entries as colours: orange above zero, blue below. One pixel an entry; the style enlarges it. */
function heatmap({ shape, data }: NDArray, reach: number): HTMLCanvasElement {
  const [rows, columns] = rowsAndColumns(shape);
  const canvas = element("canvas", "");
  canvas.width = columns;
  canvas.height = rows;
  canvas.style.blockSize = `${Math.min(Math.max(rows * cellHeight, cellHeight), largestHeight)}px`;
  canvas.ariaHidden = "true";
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const table = divergingTable(readPalette(document.documentElement));
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    const at = tableIndex(data[i] ?? 0, reach);
    image.data.set(table.subarray(at, at + 3), 4 * i);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function faceOf(value: LiveValue): Node[] {
  if (typeof value !== "object") {
    return [element("output", "", typeof value === "number" ? numberText(value) : String(value))];
  }
  if (value.data.length === 1) {
    const number = value.data[0] ?? Number.NaN;
    return [element("output", signClass(number), numberText(number))];
  }
  const { minimum, maximum, reach } = extentOf(value.data);
  const facts = [
    `shape [${value.shape.join(", ")}]`,
    `min ${numberText(minimum)}`,
    `max ${numberText(maximum)}`,
  ];
  const faces: Node[] = [heatmap(value, reach)];
  if (value.data.length <= 8) {
    const entries = [...value.data].flatMap((entry, index) => [
      index > 0 ? ", " : "",
      element("span", signClass(entry), numberText(entry)),
    ]);
    faces.push(element("div", "", "[", ...entries, "]"));
  }
  return [...faces, element("div", "symbol-facts", facts.join(" · "))];
}

/** About what the value adds to a card's height, in pixels, once it is there. */
const valueHeight = 120;

/** The card of a symbol: what the table of symbols says of it, and its value in the nearest lab, live. */
export class SymbolCard {
  readonly #card = element("div", "symbol-card");
  readonly #words = element("div", "");
  readonly #value = element("div", "symbol-value");
  #following = new AbortController();
  #key: string | null = null;

  constructor() {
    this.#card.hidden = true;
    this.#words.ariaLive = "polite";
    this.#card.append(this.#words, this.#value);
    document.body.append(this.#card);
  }

  get element(): HTMLElement {
    return this.#card;
  }

  /** Shows the card of `key` under `anchor`; `near` is the lab to ask first. False where the page has no such symbol. */
  show(key: string, anchor: Element, near: string | undefined): boolean {
    const entry = document.getElementById(`symbol-${key}`);
    if (!entry) return false;
    if (this.#card.hidden || this.#key !== key) {
      this.hide();
      this.#key = key;
      this.#card.dataset.sym = key;
      this.#card.hidden = false;
      const copy = [...entry.children].map((child) =>
        element("div", "", ...child.cloneNode(true).childNodes),
      );
      this.#words.replaceChildren(...copy);
      const { kind } = entry.dataset;
      if (kind === "tensor" || kind === "setting") this.#follow(entry.dataset.name ?? key, near);
    }
    this.#place(anchor);
    return true;
  }

  hide(): void {
    this.#following.abort();
    this.#card.hidden = true;
    this.#key = null;
    this.#value.replaceChildren();
  }

  async #find(name: string, near: string | undefined, signal: AbortSignal): Promise<void> {
    this.#value.textContent = "Waking the lab to ask for its value …";
    const handle = await labWith([name], near, signal);
    if (signal.aborted) return;
    if (!handle) {
      this.#value.textContent = "No lab on this page has a value for it now.";
      return;
    }
    const where = element("div", "symbol-facts", `now, in “${handle.lab.title}”`);
    followValues(
      handle,
      [name],
      (values) => {
        const value = values.get(name);
        if (value !== undefined) this.#value.replaceChildren(...faceOf(value), where);
      },
      signal,
    );
  }

  #follow(name: string, near: string | undefined): void {
    this.#following = new AbortController();
    const { signal } = this.#following;
    this.#find(name, near, signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.#value.textContent = `Its value cannot be shown: ${error instanceof Error ? error.message : error}`;
    });
  }

  /** Below the anchor, within the page; above it where there is no room below. */
  #place(anchor: Element): void {
    const box = anchor.getBoundingClientRect();
    const width = this.#card.offsetWidth;
    const space = 8;
    const left = Math.max(
      space,
      Math.min(
        box.left + box.width / 2 - width / 2,
        document.documentElement.clientWidth - width - space,
      ),
    );
    const below = innerHeight - box.bottom;
    const isBelow = below > this.#card.offsetHeight + valueHeight || below > box.top;
    // Above, the lower edge is held, so that the card may grow away from the symbol.
    const pageBottom = document.documentElement.clientHeight;
    this.#card.style.top = isBelow ? `${box.bottom + space + scrollY}px` : "auto";
    this.#card.style.bottom = isBelow ? "auto" : `${pageBottom - box.top + space - scrollY}px`;
    this.#card.style.left = `${left + scrollX}px`;
  }
}
