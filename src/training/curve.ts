import { thinned } from "./thinning.ts";

interface Point {
  readonly step: number;
  readonly loss: number;
  readonly others: readonly number[];
}

/**
 * The loss by step, in a bounded number of points: whenever there are too many, the stride between
 * them doubles. The first and the last point always stay.
 */
export class Curve {
  #points: Point[] = [];
  #stride = 1;
  readonly #limit: number;

  /** @throws RangeError when `limit` is below 3: first, last and one in between */
  constructor(limit = 600) {
    if (!(limit >= 3)) throw new RangeError(`Expected room for at least 3 points, got ${limit}.`);
    this.#limit = limit;
  }

  /** Adds a point; one at or before the last step takes the place of all from there. A loss that is not finite is left out. */
  add(step: number, loss: number, others: readonly number[] = []): void {
    if (!Number.isFinite(loss)) return;
    this.truncateAfter(step - 1);
    const points = this.#points;
    const [last, lastButOne] = [points.at(-1), points.at(-2)];
    if (last && lastButOne && last.step - lastButOne.step < this.#stride) points.pop();
    points.push({ step, loss, others });
    while (this.#points.length > this.#limit) {
      this.#stride *= 2;
      this.#points = thinned(this.#points, this.#stride);
    }
  }

  /** Forgets what came after `step`. */
  truncateAfter(step: number): void {
    while ((this.#points.at(-1)?.step ?? Number.NEGATIVE_INFINITY) > step) this.#points.pop();
    if (this.#points.length === 0) this.#stride = 1;
  }

  clear(): void {
    this.#points = [];
    this.#stride = 1;
  }

  /** What was given with the loss, one list a point. */
  get others(): readonly (readonly number[])[] {
    return this.#points.map(({ others }) => others);
  }

  /** Steps ascending, and the loss of each. */
  get points(): { readonly steps: readonly number[]; readonly losses: readonly number[] } {
    return {
      steps: this.#points.map(({ step }) => step),
      losses: this.#points.map(({ loss }) => loss),
    };
  }
}
