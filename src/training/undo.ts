interface Entry<T> {
  readonly state: T;
  readonly gesture: string | undefined;
}

/** What an `UndoStack` remembers, as a plain value. */
export interface Remembered<T> {
  readonly past: readonly Entry<T>[];
  readonly future: readonly Entry<T>[];
}

export interface UndoLimits<T> {
  /** Edits that can be undone. */
  readonly count: number;
  /** Bytes that the remembered states may hold together, as `bytesOf` counts them. */
  readonly bytes: number;
  readonly bytesOf: (state: T) => number;
}

/**
 * The reader's edits, to be undone and done again. It remembers whole states: the one before each
 * edit. Beyond its limits it forgets the oldest; the latest edit can always be undone.
 */
export class UndoStack<T> {
  readonly #past: Entry<T>[] = [];
  readonly #future: Entry<T>[] = [];
  readonly #limits: UndoLimits<T>;

  constructor(limits: Partial<UndoLimits<T>> = {}) {
    this.#limits = { count: 100, bytes: 64 * 2 ** 20, bytesOf: () => 0, ...limits };
  }

  /** What is remembered now, to be taken up by another stack's `recall`. */
  get remembered(): Remembered<T> {
    return { past: [...this.#past], future: [...this.#future] };
  }

  /** Forgets everything and takes up what another stack remembered. */
  recall({ past, future }: Remembered<T>): void {
    this.clear();
    this.#past.push(...past);
    this.#future.push(...future);
    this.#forgetOldest();
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Remembers the state before an edit. An edit of the same gesture as the last one joins it. */
  push(before: T, gesture?: string): void {
    this.#future.length = 0;
    if (gesture !== undefined && this.#past.at(-1)?.gesture === gesture) return;
    this.#past.push({ state: before, gesture });
    this.#forgetOldest();
  }

  /** The state before the last edit, or null when there is none; `current` is what redo returns to. */
  undo(current: T): T | null {
    const entry = this.#past.pop();
    if (!entry) return null;
    this.#future.push({ state: current, gesture: entry.gesture });
    return entry.state;
  }

  /** The state after the edit that was last undone, or null; `current` is what undo returns to. */
  redo(current: T): T | null {
    const entry = this.#future.pop();
    if (!entry) return null;
    this.#past.push({ state: current, gesture: entry.gesture });
    return entry.state;
  }

  clear(): void {
    this.#past.length = 0;
    this.#future.length = 0;
  }

  #forgetOldest(): void {
    const { count, bytes, bytesOf } = this.#limits;
    let total = this.#past.reduce((sum, { state }) => sum + bytesOf(state), 0);
    while (this.#past.length > 1 && (this.#past.length > count || total > bytes)) {
      const oldest = this.#past.shift();
      if (oldest) total -= bytesOf(oldest.state);
    }
  }
}
