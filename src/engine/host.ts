import * as tf from "../models/tf.ts";
import { Runtime } from "./backends.ts";
import { findLab } from "./catalogue.ts";
import { fetchedCheckpoint } from "./checkpoint.ts";
import type { BackendName } from "./methods.ts";
import type { Endpoint, HostMethods, Reply, Request } from "./protocol.ts";
import { type Carried, LabSession } from "./session.ts";
import { FrameSender } from "./spareFrame.ts";

/** How long one lab trains before the next one's turn, and before messages are looked at. */
const sliceMilliseconds = 8;

interface Hosted {
  readonly session: LabSession;
  readonly frames: FrameSender;
  visible: boolean;
}

/** The engine's side of a connection: one backend, any number of labs, each with a fair share of it. */
export class Host implements HostMethods {
  readonly #endpoint: Endpoint;
  readonly #labs = new Map<string, Hosted>();
  #runtime: Runtime | null = null;
  #looping = false;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    endpoint.addEventListener("message", (event: MessageEvent<Request>) => {
      void this.#answer(event.data);
    });
    this.#post({ kind: "ready" });
  }

  #post(reply: Reply): void {
    this.#endpoint.postMessage(reply);
  }

  async #answer(request: Request): Promise<void> {
    const { id } = request;
    try {
      this.#post({ kind: "result", id, value: await this.#dispatch(request) });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      this.#post({ kind: "error", id, name, text: message });
    }
  }

  #dispatch(request: Request): Promise<unknown> {
    if (request.to === "lab" && request.method === "frame") return this.#frame(request.session);
    const target = request.to === "host" ? this : this.#hosted(request.session).session;
    const method = target[request.method as keyof typeof target] as (
      ...args: readonly unknown[]
    ) => Promise<unknown>;
    return method.apply(target, [...request.args]);
  }

  async #frame(id: string): Promise<unknown> {
    const { session, frames } = this.#hosted(id);
    return frames.spare(await session.frame());
  }

  #hosted(session: string): Hosted {
    const hosted = this.#labs.get(session);
    if (!hosted) throw new Error("This lab is closed.");
    return hosted;
  }

  async start(backend: BackendName): Promise<void> {
    this.#runtime = await Runtime.start(backend);
    this.#watchForLoss(this.#runtime);
  }

  /** A lab that is only looked at would not notice that its device has gone. */
  #watchForLoss(runtime: Runtime): void {
    runtime.lost.catch(async () => {
      const labs = [...this.#labs.values()];
      await Promise.allSettled(labs.map(({ session }) => session.recover()));
      this.#watchForLoss(runtime);
    });
  }

  async selfTest(): Promise<{ passed: boolean; why?: string }> {
    // The CPU, on which labs open, is what the others are tested against: it needs no test.
    const { selfTest } = await import("./selfTest.ts");
    const wrong = await selfTest(this.#started());
    return wrong === null ? { passed: true } : { passed: false, why: wrong };
  }

  #started(): Runtime {
    if (!this.#runtime) throw new Error("The engine has not been started.");
    return this.#runtime;
  }

  async open(id: string, chapter: string, labId: string, carried?: Carried): Promise<void> {
    const { lab, programOf } = await findLab(chapter, labId);
    const isNew = carried === undefined;
    const checkpoint = lab.checkpoint && isNew ? await fetchedCheckpoint(lab) : undefined;
    const session = await LabSession.open(lab, programOf, this.#started(), carried, checkpoint);
    session.onBroken = (why) => this.#post({ kind: "broken", session: id, why });
    session.onWork = () => void this.#loop();
    this.#labs.set(id, { session, frames: new FrameSender(), visible: true });
  }

  carry(id: string, stop?: boolean): Promise<Carried> {
    return this.#hosted(id).session.carry(stop);
  }

  async carryLightly(id: string): Promise<Carried> {
    const nothing = { history: [], undo: { past: [], future: [] } };
    return { ...(await this.#hosted(id).session.carry()), ...nothing };
  }

  benchmark(id: string, milliseconds: number): Promise<number> {
    return this.#hosted(id).session.benchmark(milliseconds);
  }

  async setVisible(id: string, visible: boolean): Promise<void> {
    this.#hosted(id).visible = visible;
    void this.#loop();
  }

  async close(id: string): Promise<void> {
    const hosted = this.#labs.get(id);
    this.#labs.delete(id);
    await hosted?.session.close();
  }

  async tensorCount(): Promise<number> {
    return tf.memory().numTensors;
  }

  /** Gives every lab that wants to train its slice, in turn, and looks at messages in between. */
  async #loop(): Promise<void> {
    if (this.#looping) return;
    this.#looping = true;
    try {
      for (;;) {
        const waiting = [...this.#labs.values()].filter(isActive);
        const wait = Math.min(...waiting.map(({ session }) => session.waits()));
        if (!Number.isFinite(wait)) return;
        await turn(wait);
        for (const { session } of waiting) {
          if (session.waits() === 0) await session.slice(sliceMilliseconds);
        }
      }
    } finally {
      this.#looping = false;
    }
  }
}

/** Playing stops while nobody looks; so many steps that were asked for are taken all the same. */
function isActive({ session, visible }: Hosted): boolean {
  return visible || session.hasErrand();
}

const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();

/** Resolves in a task of its own after `milliseconds`, so that messages come through. */
function turn(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds > 0) {
      setTimeout(resolve, Math.min(milliseconds, 1000));
      return;
    }
    turns.push(resolve);
    channel.port2.postMessage(null);
  });
}
