import type { BackendName, LabMethods } from "./methods.ts";
import type { Carried } from "./session.ts";

/** What the page can call in a worker besides a lab's own methods. */
export interface HostMethods {
  /** Starts this worker's backend; rejects with the reason when the browser cannot. */
  start(backend: BackendName): Promise<void>;
  /** Checks the backend's arithmetic against the CPU; the sentence says what is wrong. */
  selfTest(): Promise<{ passed: boolean; why?: string }>;
  open(session: string, chapter: string, lab: string, carried?: Carried): Promise<void>;
  carry(session: string, stop?: boolean): Promise<Carried>;
  /** The same without its past, which can be large: the time line and what can be undone. */
  carryLightly(session: string): Promise<Carried>;
  benchmark(session: string, milliseconds: number): Promise<number>;
  setVisible(session: string, visible: boolean): Promise<void>;
  close(session: string): Promise<void>;
  /** Tensors alive in this worker: for tests that look for leaks. */
  tensorCount(): Promise<number>;
}

/** One call, as a discriminated union over all methods. */
export type Call =
  | {
      [M in keyof HostMethods]: {
        readonly to: "host";
        readonly method: M;
        readonly args: Parameters<HostMethods[M]>;
      };
    }[keyof HostMethods]
  | {
      [M in keyof LabMethods]: {
        readonly to: "lab";
        readonly session: string;
        readonly method: M;
        readonly args: Parameters<LabMethods[M]>;
      };
    }[keyof LabMethods];

export type Request = Call & { readonly id: number };

export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "result"; readonly id: number; readonly value: unknown }
  | { readonly kind: "error"; readonly id: number; readonly name: string; readonly text: string }
  /** The backend keeps failing under this session. */
  | { readonly kind: "broken"; readonly session: string; readonly why: string };

/** Either end of a connection: a worker, a worker's global scope, or a message port. */
export interface Endpoint {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}
