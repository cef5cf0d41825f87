import { labNear } from "./liveValues.ts";
import { SymbolCard } from "./symbolCard.ts";

const hoverDelay = 120;
const leaveDelay = 220;

/** Where a symbol opens its card. In a lab it is only lit: there the hand is busy with the lab itself. */
const readingPlaces = ".katex, .code, .sym, .symbol-entry";

function symbolAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("[data-sym]") : null;
}

/** The names under which a symbol stands on the page: its key, and the setting of a lab that it is. */
function namesOf(key: string): readonly string[] {
  const name = document.getElementById(`symbol-${key}`)?.dataset.name;
  return name && name !== key ? [key, name] : [key];
}

function keyOf(symbol: Element): string {
  const name = symbol.getAttribute("data-sym") ?? "";
  const entry = document.querySelector(`.symbol-entry[data-name="${CSS.escape(name)}"]`);
  return entry?.id.replace("symbol-", "") ?? name;
}

/**
 * Links the symbols of the page: pointing at one, focusing or tapping it lights every symbol of the same
 * key, in equations, code, prose and labs, and opens its card.
 */
class SymbolLinks {
  readonly #light = new CSSStyleSheet();
  readonly #card = new SymbolCard();
  #pinned = false;
  /** After a key, the page may move under a pointer at rest; that is not pointing. */
  #isPointing = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    document.adoptedStyleSheets.push(this.#light);
    document.addEventListener("pointermove", ({ movementX, movementY }) => {
      if (movementX !== 0 || movementY !== 0) this.#isPointing = true;
    });
    document.addEventListener("pointerover", (event) => this.#over(event));
    document.addEventListener("pointerout", (event) => this.#out(event));
    document.addEventListener("focusin", (event) => this.#focus(event.target));
    document.addEventListener("focusout", () => this.#leave());
    document.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    for (const display of document.querySelectorAll<HTMLElement>(".katex-display")) {
      if (!display.querySelector("[data-sym]")) continue;
      display.tabIndex = 0;
      display.role = "group";
      display.ariaLabel =
        "Equation. The arrow keys go from symbol to symbol, Enter keeps the card.";
    }
  }

  /** One rule lights them all, also those that a lab draws anew meanwhile. */
  #lit(key: string | null): void {
    if (key === null) delete document.documentElement.dataset.lit;
    else document.documentElement.dataset.lit = key;
    const marks = namesOf(key ?? "").map((name) => `[data-sym="${CSS.escape(name)}"]`);
    const selector = `:is(${marks.join()})`;
    const glow = "color-mix(in oklab, var(--sym) 22%, transparent)";
    this.#light.replaceSync(
      key === null
        ? ""
        : `${selector}:not(.symbol-card, svg *) { border-radius: 0.15em; background: ${glow}; box-shadow: 0 0 0 0.14em ${glow}; }
           svg ${selector} { filter: drop-shadow(0 0 0.2rem var(--sym)); }`,
    );
  }

  #later(delay: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, delay);
  }

  #open(symbol: Element): void {
    clearTimeout(this.#timer);
    this.#lit(keyOf(symbol));
    this.#card.show(keyOf(symbol), symbol, labNear(symbol));
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#pinned = false;
    this.#card.hide();
    this.#lit(null);
  }

  #leave(): void {
    if (!this.#pinned) this.#later(leaveDelay, () => this.#close());
  }

  #over(event: PointerEvent): void {
    if (this.#pinned || !this.#isPointing || event.pointerType !== "mouse") return;
    if (event.target instanceof Node && this.#card.element.contains(event.target)) {
      clearTimeout(this.#timer);
      return;
    }
    const symbol = symbolAt(event.target);
    if (!symbol) return;
    this.#lit(keyOf(symbol));
    if (symbol.closest(readingPlaces)) this.#later(hoverDelay, () => this.#open(symbol));
    else this.#card.hide();
  }

  #out(event: PointerEvent): void {
    if (!this.#isPointing) return;
    if (symbolAt(event.target) || this.#card.element.contains(event.target as Node)) this.#leave();
  }

  #focus(target: EventTarget | null): void {
    if (this.#pinned) return;
    const symbol = symbolAt(target);
    if (!symbol) return;
    if (symbol.matches(".sym")) this.#open(symbol);
    else {
      clearTimeout(this.#timer);
      this.#lit(keyOf(symbol));
    }
  }

  #click(event: MouseEvent): void {
    const { target } = event;
    if (target instanceof Node && this.#card.element.contains(target)) return;
    const symbol = symbolAt(target);
    if (!symbol?.closest(readingPlaces)) {
      if (this.#pinned) this.#close();
      return;
    }
    if (symbol.matches(".sym")) event.preventDefault();
    this.#open(symbol);
    this.#pinned = true;
  }

  #key(event: KeyboardEvent): void {
    this.#isPointing = false;
    if (event.key === "Escape") {
      if (document.documentElement.dataset.lit !== undefined) this.#close();
      return;
    }
    const display = event.target;
    if (!(display instanceof HTMLElement) || !display.matches(".katex-display")) return;
    const symbols = [...display.querySelectorAll(".katex-html [data-sym]")];
    if (symbols.length === 0) return;
    const current = symbols.findIndex((symbol) => symbol.hasAttribute("data-at"));
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      const start = current < 0 && move < 0 ? 0 : current;
      const next = symbols[(start + move + symbols.length) % symbols.length];
      symbols[current]?.removeAttribute("data-at");
      next?.setAttribute("data-at", "");
      if (next) this.#open(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const symbol = symbols[Math.max(current, 0)];
      if (symbol) this.#open(symbol);
      this.#pinned = true;
    }
  }
}

/** Starts the linking of symbols on this page. */
export function linkSymbols(): void {
  new SymbolLinks();
}
