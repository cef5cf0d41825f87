import type { Frame, Lab } from "../training/lab.ts";
import type { BackendName, LabMethods } from "./methods.ts";

/** What became of one backend on this machine, for the badge. */
export interface BackendReport {
  readonly name: BackendName;
  readonly state: "untried" | "passed" | "failed" | "absent";
  /** Training steps (or forward passes) a second of this lab, when measured. */
  readonly speed?: number;
  /** Why it is absent, failed or was passed over, in one sentence. */
  readonly why?: string;
}

export type LabStatus =
  | { readonly phase: "loading"; readonly doing: string }
  | { readonly phase: "ready" }
  | { readonly phase: "failed"; readonly why: string };

/** A lab's page side: its methods, its newest frame, and its backend. Holds no tensor. */
export interface LabHandle extends LabMethods {
  readonly lab: Lab;
  /** Calls `listener` after each new frame, status or report; returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** The newest frame; null until the first has come. The same object until the next one. */
  current(): Frame | null;
  status(): LabStatus;
  /** What is known of each backend; the same array until something changes. */
  reports(): readonly BackendReport[];
  /** Switches the backend, keeping all state (`auto` measures and chooses); resolves to the one in use. */
  backend(name?: BackendName | "auto"): Promise<BackendName>;
  /** Frames come, and training runs, only while visible. */
  setVisible(visible: boolean): void;
  /** Frees everything. */
  close(): void;
}
