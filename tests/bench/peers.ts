import type { PeerAnswer, PeerRequest } from "./peerWorker.ts";

/** What the benchmark asks of this page: peers by name, each in a worker, as the book's own labs run in one. */
export interface Peers {
  /** Starts a peer. @throws Error saying why, when this browser cannot run it */
  prepare(name: string, request: PeerRequest): Promise<void>;
  /** Runs so many training steps to their end; resolves to the milliseconds they took. */
  run(name: string, steps: number): Promise<number>;
}

declare global {
  interface Window {
    peers: Peers;
  }
}

const workers = new Map<string, Worker>();

function ask(name: string, message: PeerRequest | number): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = workers.get(name);
    if (!worker) throw new Error(`There is no peer "${name}": prepare it first.`);
    worker.onmessage = ({ data }: MessageEvent<PeerAnswer>) => {
      if ("failure" in data) reject(new Error(data.failure));
      else resolve(data.milliseconds);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(message);
  });
}

window.peers = {
  async prepare(name, request) {
    // The bundler knows a worker by this very form.
    const worker = new Worker(new URL("./peerWorker.ts", import.meta.url), { type: "module" });
    workers.set(name, worker);
    await ask(name, request);
  },
  run: ask,
};
