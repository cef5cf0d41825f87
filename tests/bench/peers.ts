import type { PeerAnswer, PeerQuestion } from "./peerWorker.ts";

/** What the benchmark asks of this page: peers by name, each in a worker, as the book's own labs run in one. */
export interface Peers {
  /** Starts a peer of the module peers/`part`.ts. @throws Error saying why, when this browser cannot run it */
  prepare(name: string, part: string, settings: unknown): Promise<void>;
  /** Takes so many training steps to their end; resolves to the milliseconds they took. */
  train(name: string, steps: number): Promise<number>;
  /**
   * From fresh parameters, looks at the loss every `stride` steps until it is below `loss`; resolves to
   * the milliseconds that took, looking included, or null after `most` steps.
   */
  until(name: string, goal: Goal): Promise<number | null>;
}

/** A loss to be reached. */
export interface Goal {
  readonly seed: number;
  readonly loss: number;
  readonly stride: number;
  readonly most: number;
}

declare global {
  interface Window {
    peers: Peers;
  }
}

const workers = new Map<string, Worker>();

function ask(name: string, question: PeerQuestion): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const worker = workers.get(name);
    if (!worker) throw new Error(`There is no peer "${name}": prepare it first.`);
    worker.onmessage = ({ data }: MessageEvent<PeerAnswer>) => {
      if ("failure" in data) reject(new Error(data.failure));
      else resolve(data.milliseconds);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(question);
  });
}

window.peers = {
  async prepare(name, part, settings) {
    // The bundler knows a worker by this very form.
    const worker = new Worker(new URL("./peerWorker.ts", import.meta.url), { type: "module" });
    workers.set(name, worker);
    await ask(name, { kind: "prepare", part, settings });
  },
  async train(name, steps) {
    return (await ask(name, { kind: "train", steps })) ?? Number.NaN;
  },
  until: (name, goal) => ask(name, { kind: "until", ...goal }),
};
