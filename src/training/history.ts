import type { Arrays } from "../data/ndarray.ts";
import { thinned } from "./thinning.ts";

/** A lab's numbers as they were after `step` steps. */
export interface Snapshot {
  readonly step: number;
  /** The loss there; NaN where it is not known. */
  readonly loss: number;
  readonly parameters: Arrays;
  /** The optimiser's slots, keyed `slot/parameter`. */
  readonly slots: Arrays;
  /** Taken right after a reader's edit, so that training from an earlier snapshot does not lead to it. */
  readonly pinned?: boolean;
}

export interface HistoryLimits {
  readonly count: number;
  readonly bytes: number;
}

function bytesOf(snapshot: Snapshot): number {
  const arrays = [...Object.values(snapshot.parameters), ...Object.values(snapshot.slots)];
  return arrays.reduce((sum, { data }) => sum + data.byteLength, 0);
}

/**
 * Snapshots of a training run, the time line's memory, bounded in number and bytes.
 *
 * When it is full, the stride between snapshots doubles; the first, the last and the pinned ones stay.
 * Only when nothing else is left to go does the oldest go, so that training again from a snapshot leads
 * to every step from `firstStep` to `lastStep`. One snapshot is kept however large it is.
 */
export class History<S extends Snapshot = Snapshot> {
  #snapshots: S[] = [];
  #bytes = 0;
  #stride = 1;
  readonly #limits: HistoryLimits;

  /** @throws RangeError when `count` is below 3: first, last and one in between */
  constructor(limits: HistoryLimits = { count: 256, bytes: 64 * 2 ** 20 }) {
    if (!(limits.count >= 3)) {
      throw new RangeError(`Expected room for at least 3 snapshots, got ${limits.count}.`);
    }
    this.#limits = limits;
  }

  /** The step of the last snapshot; 0 when there is none. */
  get lastStep(): number {
    return this.#snapshots.at(-1)?.step ?? 0;
  }

  /** The step of the first snapshot; 0 when there is none. */
  get firstStep(): number {
    return this.#snapshots[0]?.step ?? 0;
  }

  /** All snapshots, the earliest first; recorded in this order they make the same history. */
  get snapshots(): readonly S[] {
    return this.#snapshots;
  }

  /** Steps between the snapshots that stay. To take them oftener is wasted work. */
  get stride(): number {
    return this.#stride;
  }

  get count(): number {
    return this.#snapshots.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps a snapshot; one at or before the last step takes the place of all from there. */
  record(snapshot: S): void {
    this.truncateAfter(snapshot.step - 1);
    const [last, lastButOne] = [this.#snapshots.at(-1), this.#snapshots.at(-2)];
    if (last && lastButOne && !last.pinned && last.step - lastButOne.step < this.#stride) {
      this.#drop(this.#snapshots.length - 1);
    }
    this.#snapshots.push(snapshot);
    this.#bytes += bytesOf(snapshot);
    this.#makeRoom();
  }

  /** The latest snapshot that is not after `step`. */
  atOrBefore(step: number): S | null {
    return this.#snapshots.findLast((snapshot) => snapshot.step <= step) ?? null;
  }

  /** Forgets what came after `step`. */
  truncateAfter(step: number): void {
    while ((this.#snapshots.at(-1)?.step ?? Number.NEGATIVE_INFINITY) > step) {
      this.#drop(this.#snapshots.length - 1);
    }
    if (this.#snapshots.length === 0) this.#stride = 1;
  }

  clear(): void {
    this.#snapshots = [];
    this.#bytes = 0;
    this.#stride = 1;
  }

  #isFull(): boolean {
    return this.#snapshots.length > this.#limits.count || this.#bytes > this.#limits.bytes;
  }

  #makeRoom(): void {
    const span = this.lastStep - (this.#snapshots[0]?.step ?? 0);
    while (this.#isFull() && this.#stride <= span) {
      this.#stride *= 2;
      this.#snapshots = thinned(this.#snapshots, this.#stride);
      this.#bytes = this.#snapshots.reduce((sum, snapshot) => sum + bytesOf(snapshot), 0);
    }
    while (this.#isFull() && this.#snapshots.length > 1) this.#drop(0);
  }

  #drop(index: number): void {
    const [dropped] = this.#snapshots.splice(index, 1);
    if (dropped) this.#bytes -= bytesOf(dropped);
  }
}
