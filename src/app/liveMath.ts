import { mathOptions } from "../book/math.ts";
import { followValues, type LiveValue, labNear, labWith } from "./liveValues.ts";
import { type FormulaKind, wantedNames, withNumbers } from "./numbersTex.ts";

/** Makes the "put the numbers in" button of each band work. KaTeX comes when it is first pressed. */
export function startLiveMath(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-put-numbers]")) {
    const band = button.closest<HTMLElement>(".band");
    const formula = band?.querySelector<HTMLElement>(".katex-display");
    if (!band || !formula) continue;
    new LiveFormula(band, formula, button);
  }
}

/** The tap, parameter or setting behind a symbol, as the table of symbols has it. */
function valueName(key: string): string {
  return document.getElementById(`symbol-${key}`)?.dataset.name ?? key;
}

/** Whether a symbol stands for a quantity; a function has no value. */
function hasValue(key: string): boolean {
  return document.getElementById(`symbol-${key}`)?.dataset.kind !== "function";
}

class LiveFormula {
  readonly #formula: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #band: HTMLElement;
  /** The half of the band that holds the formula. */
  readonly #place: HTMLElement | null;
  /** The formulae to fill: the band's own template, or what stands there. */
  readonly #tex: string;
  readonly #kind: FormulaKind;
  readonly #letters: string;
  readonly #label: string;
  #following: AbortController | null = null;

  constructor(band: HTMLElement, formula: HTMLElement, button: HTMLButtonElement) {
    this.#formula = formula;
    this.#button = button;
    this.#band = band;
    this.#place = formula.closest<HTMLElement>(".band-math");
    const source = formula.querySelector("annotation")?.textContent ?? "";
    this.#tex = band.dataset.numbers ?? source;
    this.#kind = band.dataset.numbers === undefined ? "formula" : "template";
    this.#letters = formula.innerHTML;
    this.#label = button.textContent;
    button.hidden = !wantedNames(this.#tex, this.#kind).some(hasValue);
    button.addEventListener("click", () => this.#toggle());
  }

  #toggle(): void {
    if (this.#following) {
      this.#stop();
      return;
    }
    this.#following = new AbortController();
    const { signal } = this.#following;
    this.#button.ariaPressed = "true";
    this.#button.textContent = "Fetching the numbers …";
    this.#start(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.#stop();
      this.#button.textContent = `${this.#label} (failed: ${error instanceof Error ? error.message : error})`;
    });
  }

  #stop(): void {
    this.#following?.abort();
    this.#following = null;
    this.#formula.innerHTML = this.#letters;
    this.#formula.style.removeProperty("min-block-size");
    if (this.#place) {
      delete this.#place.dataset.frozen;
      this.#place.style.removeProperty("inline-size");
    }
    this.#button.ariaPressed = "false";
    this.#button.textContent = this.#label;
  }

  /** The first numbers have the room that they need; those that come after them keep to it. */
  #freeze(): void {
    if (!this.#place || this.#place.dataset.frozen !== undefined) return;
    this.#place.style.inlineSize = `${this.#place.offsetWidth}px`;
    this.#place.dataset.frozen = "";
  }

  async #start(signal: AbortSignal): Promise<void> {
    const keys = wantedNames(this.#tex, this.#kind);
    const names = new Map(keys.filter(hasValue).map((key) => [key, valueName(key)]));
    const wanted = [...names.values()];
    const [{ default: katex }, handle] = await Promise.all([
      import("katex"),
      labWith(wanted, labNear(this.#band), signal),
    ]);
    if (signal.aborted) return;
    if (!handle) throw new Error("no lab on this page has these values");
    this.#button.textContent = "Back to letters";
    this.#formula.style.minBlockSize = `${this.#formula.offsetHeight}px`;
    followValues(
      handle,
      wanted,
      (values) => {
        const known = new Map<string, LiveValue>();
        for (const [key, name] of names) {
          const value = values.get(name);
          if (value !== undefined) known.set(key, value);
        }
        const holder = document.createElement("div");
        katex.render(withNumbers(this.#tex, known, this.#kind), holder, {
          ...mathOptions,
          displayMode: true,
        });
        const display = holder.querySelector(".katex-display") ?? holder;
        this.#formula.replaceChildren(...display.childNodes);
        this.#freeze();
      },
      signal,
    );
  }
}
