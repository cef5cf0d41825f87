import type { Arrays } from "../data/ndarray.ts";
import type { Edit, Frame, Watch } from "../training/lab.ts";

export interface Verdict {
  readonly done: boolean;
  /** What is the case now, in one sentence: how far it is, or why it holds. */
  readonly says: string;
}

/** A *make it happen* exercise: the reader changes a live lab until `check` holds. Its words are in the chapter's MDX. */
export interface Exercise {
  /** The lab it is done in. */
  readonly lab: string;
  /** What `check` looks at besides what the lab already watches. */
  readonly watch?: readonly Watch[];
  readonly probes?: Readonly<Record<string, Arrays>>;
  check(frame: Frame): Verdict;
  /** One way to do it; "Show me" applies it, and a test proves that it passes. */
  readonly solution: readonly (Edit | { readonly train: number })[];
}

export type Exercises = Readonly<Record<string, Exercise>>;
