import type { Frame } from "../training/lab.ts";
import type { BackendName, LabMethods } from "./methods.ts";
import type { Call, Endpoint, HostMethods, Reply } from "./protocol.ts";
import { FrameReceiver, type SpareFrame } from "./spareFrame.ts";

/** A worker is given this long to load; one that cannot load often says nothing at all. */
const startMilliseconds = 30_000;

/** It may only be slow: the machine is busy, or the network. */
class SilentWorker extends Error {
  constructor() {
    super(`The background worker did not answer within ${startMilliseconds / 1000} seconds.`);
  }
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The page's end of the line to one engine: numbered calls, and their replies. */
export class Connection {
  readonly backend: BackendName;
  /** Why the engine runs in the page itself, in one sentence; null when it runs in a worker. */
  readonly whyInPage: string | null;
  onBroken: (session: string, why: string) => void = () => {};
  onStopped: (why: string) => void = () => {};
  readonly #endpoint: Endpoint;
  readonly #frames = new Map<string, FrameReceiver>();
  readonly #pending = new Map<number, Pending>();
  #next = 0;
  #stopped: Error | null = null;

  private constructor(backend: BackendName, endpoint: Endpoint, whyInPage: string | null) {
    this.backend = backend;
    this.whyInPage = whyInPage;
    this.#endpoint = endpoint;
  }

  /**
   * Starts an engine on a backend and checks its arithmetic.
   *
   * @throws Error saying why this browser cannot run the backend
   */
  static async start(backend: BackendName): Promise<Connection> {
    const connection = await Connection.#connect(backend);
    try {
      await connection.host("start", backend);
      if (backend !== "cpu") {
        const { passed, why } = await connection.host("selfTest");
        if (!passed) throw new Error(`It failed the self-test: ${why}`);
      }
      return connection;
    } catch (error) {
      connection.#stop("It would not start.");
      throw error;
    }
  }

  static async #connect(backend: BackendName): Promise<Connection> {
    let why = "This browser would not start a background worker.";
    try {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      why = "The background worker did not start.";
      return await Connection.#listen(new Connection(backend, worker, null), worker);
    } catch (error) {
      if (backend !== "cpu") throw error;
      // Without workers the book still runs, in the page and on the CPU alone.
      const { port1, port2 } = new MessageChannel();
      if (error instanceof SilentWorker) why = error.message;
      const listening = Connection.#listen(new Connection(backend, port1, why), port1);
      const { Host } = await import("./host.ts");
      new Host(port2);
      port1.start();
      port2.start();
      return listening;
    }
  }

  static #listen(connection: Connection, source: Worker | MessagePort): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const fail = (why: string, error = new Error(`The engine's worker ${why}.`)) => {
        clearTimeout(timer);
        if (source instanceof Worker) source.terminate();
        connection.#stop(why);
        reject(error);
      };
      const timer = setTimeout(() => fail("did not answer", new SilentWorker()), startMilliseconds);
      source.addEventListener("message", ((event: MessageEvent<Reply>) => {
        if (event.data.kind === "ready") {
          clearTimeout(timer);
          resolve(connection);
        } else connection.#receive(event.data);
      }) as EventListener);
      source.addEventListener("error", (event) => {
        event.preventDefault();
        const { message } = event as ErrorEvent;
        fail(`stopped${message ? ` (${message})` : ""}`);
      });
    });
  }

  #receive(reply: Reply): void {
    switch (reply.kind) {
      case "ready":
        return;
      case "broken":
        this.onBroken(reply.session, reply.why);
        return;
      case "result":
        this.#settle(reply.id)?.resolve(reply.value);
        return;
      case "error": {
        const error = new Error(reply.text);
        error.name = reply.name;
        this.#settle(reply.id)?.reject(error);
      }
    }
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #stop(why: string): void {
    if (this.#stopped) return;
    this.#stopped = new Error(`The engine ${why}.`);
    if (this.#endpoint instanceof Worker) this.#endpoint.terminate();
    for (const { reject } of this.#pending.values()) reject(this.#stopped);
    this.#pending.clear();
    this.onStopped(why);
  }

  host<M extends keyof HostMethods>(
    method: M,
    ...args: Parameters<HostMethods[M]>
  ): ReturnType<HostMethods[M]> {
    return this.#call({ to: "host", method, args } as Call) as ReturnType<HostMethods[M]>;
  }

  lab<M extends Exclude<keyof LabMethods, "frame">>(
    session: string,
    method: M,
    ...args: Parameters<LabMethods[M]>
  ): ReturnType<LabMethods[M]> {
    return this.#call({ to: "lab", session, method, args } as Call) as ReturnType<LabMethods[M]>;
  }

  /** The lab's next frame, as soon as something differs from the last one. */
  async frame(session: string): Promise<Frame> {
    const spare = await this.#call({ to: "lab", session, method: "frame", args: [] });
    const receiver = this.#frames.get(session) ?? new FrameReceiver();
    this.#frames.set(session, receiver);
    return receiver.whole(spare as SpareFrame);
  }

  /** Ends a session; what comes of it no longer matters. */
  async close(session: string): Promise<void> {
    this.#frames.delete(session);
    await this.host("close", session).catch(() => {});
  }

  #call(call: Call): Promise<unknown> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#pending.set(id, { resolve, reject });
      try {
        this.#endpoint.postMessage({ ...call, id });
      } catch (error) {
        // Something that cannot be sent, such as a function, given from the console.
        this.#pending.delete(id);
        reject(new TypeError(`${call.method} takes plain values only: ${String(error)}`));
      }
    });
  }
}
