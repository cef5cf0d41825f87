import type { Arrays, NDArray, Nested } from "../data/ndarray.ts";
import type { Config, Edit, Frame, Lab, Watch } from "../training/lab.ts";
import { Connection } from "./connection.ts";
import type { BackendReport, LabHandle, LabStatus } from "./handle.ts";
import {
  type BackendName,
  backendNames,
  type LabMethods,
  type Names,
  type SaveOptions,
  type TrainingResult,
} from "./methods.ts";
import type { Carried } from "./session.ts";

/** A lab that does this many steps a second on the CPU gains nothing from a GPU: each of its kernels costs more to launch than to compute. */
const fastEnough = 250;
/** A lab that trains more slowly than this on the CPU may gain from WebAssembly, which is soon started. */
const worthWeighing = 2000;
/** So many times faster WebAssembly must be, or the lab stays where it is. */
const worthMoving = 1.3;
const benchmarkMilliseconds = 80;
/** How often a copy of a changing lab is fetched, to go on from should its worker die. */
const safekeepingMilliseconds = 4000;

const connections = new Map<BackendName, Promise<Connection>>();
const clients = new Set<LabClient>();

/** The engine on a backend, started on first use; a failure is not remembered, so that one can try again. */
function connect(backend: BackendName): Promise<Connection> {
  const known = connections.get(backend);
  if (known) return known;
  const starting = Connection.start(backend).then((connection) => {
    connection.onBroken = (session, why) => {
      for (const client of clients) client.broken(connection, session, why);
    };
    connection.onStopped = (why) => {
      connections.delete(backend);
      for (const client of clients) client.stopped(connection, why);
    };
    return connection;
  });
  connections.set(backend, starting);
  starting.catch(() => connections.delete(backend));
  return starting;
}

/** Tensors alive on each backend that has been started: for tests that look for leaks. */
export async function tensorCounts(): Promise<Partial<Record<BackendName, number>>> {
  const counts: Partial<Record<BackendName, number>> = {};
  for (const [backend, connection] of connections) {
    counts[backend] = await (await connection).host("tensorCount");
  }
  return counts;
}

/** Opens a lab of a chapter (its folder's name). It loads in the background; failure shows in its status. */
export function openLab(lab: Lab, chapter: string): LabHandle {
  return new LabClient(lab, chapter);
}

interface Line {
  readonly connection: Connection;
  readonly session: string;
}

/** On what backends are compared: the lab as it is, or as it opens with other settings. */
interface Subject {
  readonly carried?: Carried;
  readonly settings?: Partial<Config>;
}

/** A model of fewer bytes than this runs well where the lab is. */
const largeWeights = 8 * 2 ** 20;

let sessions = 0;

class LabClient implements LabHandle {
  readonly lab: Lab;
  readonly #chapter: string;
  readonly #listeners = new Set<() => void>();
  #line: Promise<Line>;
  #frame: Frame | null = null;
  #status: LabStatus = { phase: "loading", doing: "Preparing the model" };
  #reports: readonly BackendReport[] = backendNames.map((name) => ({ name, state: "untried" }));
  #visible = true;
  #onVisible: () => void = () => {};
  #closed = false;
  #safe: Carried | undefined;
  #safeAt = 0;
  #plays = false;
  #chosenByHand = false;
  /** Whether the CPU has been set against WebAssembly for the settings as they are. */
  #weighed = false;
  #pace: number | undefined;
  #notice: Frame["notice"] = null;
  /** Settings of a small model that stands for a large one when backends are compared. */
  #sample: Partial<Config> | undefined;

  constructor(lab: Lab, chapter: string) {
    this.lab = lab;
    this.#chapter = chapter;
    clients.add(this);
    this.#line = this.#open("cpu");
    this.#begin();
  }

  #begin(): void {
    this.#line.then(
      async (line) => {
        this.#report("cpu", { state: "passed" });
        const { whyInPage } = line.connection;
        if (whyInPage !== null) this.#explainInPage(whyInPage);
        void this.#follow(line);
        await this.#choose();
      },
      (error: Error) => this.#setStatus({ phase: "failed", why: error.message }),
    );
  }

  #explainInPage(why: string): void {
    for (const name of backendNames) {
      if (name !== "cpu") this.#report(name, { state: "absent", why: "It needs a worker." });
    }
    this.#notice = {
      tone: "warning",
      text: `${why} So the models run in the page itself, on the CPU, and the page may stutter while they train. To try again, reload the page.`,
    };
  }

  async #open(backend: BackendName, carried?: Carried): Promise<Line> {
    const connection = await connect(backend);
    const session = `${this.lab.id} ${sessions++}`;
    await connection.host("open", session, this.#chapter, this.lab.id, carried);
    if (!this.#visible) await connection.host("setVisible", session, false);
    return { connection, session };
  }

  /** Fetches frames one after the other, at most one a screen refresh, while the lab is in view. */
  async #follow(line: Line): Promise<void> {
    try {
      while (!this.#closed && (await this.#line) === line) {
        if (!this.#visible && this.#frame) {
          await new Promise<void>((resolve) => {
            this.#onVisible = resolve;
          });
        }
        const frame = await line.connection.frame(line.session);
        await screenRefresh();
        if (this.#closed || (await this.#line) !== line) return;
        this.#frame = { ...frame, notice: frame.notice ?? this.#notice };
        if (this.#status.phase !== "ready") this.#status = { phase: "ready" };
        this.#tell();
        void this.#safekeep(line);
      }
    } catch (error) {
      const lineNow = await this.#line.catch(() => null);
      if (this.#closed || (lineNow && lineNow !== line)) return;
      this.#setStatus({ phase: "failed", why: (error as Error).message });
    }
  }

  async #safekeep({ connection, session }: Line): Promise<void> {
    const now = performance.now();
    if (now - this.#safeAt < safekeepingMilliseconds) return;
    this.#safeAt = now;
    this.#safe = await connection.host("carryLightly", session).catch(() => this.#safe);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #setStatus(status: LabStatus): void {
    if (this.#closed) return;
    this.#status = status;
    this.#tell();
  }

  #report(name: BackendName, report: Omit<BackendReport, "name">): void {
    this.#reports = this.#reports.map((old) => (old.name === name ? { name, ...report } : old));
    this.#tell();
  }

  // The choice of the backend.

  /** Measures the CPU; the other backends only where it is slow, since starting them costs the reader's time too. */
  async #choose(): Promise<void> {
    const speed = await this.#benchmark(await this.#line).catch(() => 0);
    this.#report("cpu", { state: "passed", speed });
    if (speed >= fastEnough) {
      for (const { name, state } of this.#reports) {
        if (state === "untried") {
          const why = "Not tried: this model is so small that the CPU is faster than any GPU.";
          this.#report(name, { state, why });
        }
      }
      return;
    }
    await this.#measureAll(() => this.#chosenByHand);
  }

  /** Chooses the backend for weights that are still to be read. @throws Error when the lab cannot take them */
  async #chooseFor(file: Blob, settings: Partial<Config>): Promise<void> {
    const reader = await this.lab.weights?.();
    const opened = await reader?.(file, settings);
    this.#sample = opened && opened.bytes > largeWeights ? opened.sample : undefined;
    const { whyInPage } = (await this.#line).connection;
    if (!this.#sample || this.#chosenByHand || whyInPage !== null) return;
    await this.#measureAll(() => this.#chosenByHand);
  }

  #benchmark({ connection, session }: Line): Promise<number> {
    return connection.host("benchmark", session, benchmarkMilliseconds);
  }

  /**
   * Measures every backend on this lab, and moves it to the fastest, unless `unwanted` by then. A large model
   * is not opened everywhere: a small one of such `settings` stands for it.
   */
  async #measureAll(unwanted: () => boolean, settings = this.#sample): Promise<BackendName> {
    const current = await this.#line;
    const carried = await current.connection.host("carry", current.session);
    const subject = settings ? { settings } : { carried };
    for (const name of backendNames) {
      if (!unwanted()) await this.#measure(name, current, subject);
    }
    const fastest = this.#reports
      .filter(({ state }) => state === "passed")
      .sort((a, b) => (b.speed ?? 0) - (a.speed ?? 0))[0];
    const now = await this.#line;
    const here = now.connection.backend;
    if (!fastest || fastest.name === here || this.#closed || unwanted()) return here;
    const { onErrand } = await now.connection.host("carry", now.session);
    return onErrand ? here : this.#moveTo(fastest.name);
  }

  /** Sets the CPU against WebAssembly where it is slow, and moves there for a clear gain. */
  async #weigh(): Promise<void> {
    const current = await this.#line;
    const { backend, whyInPage } = current.connection;
    if (this.#weighed || this.#chosenByHand || backend !== "cpu" || whyInPage !== null) return;
    this.#weighed = true;
    const speed = await this.#benchmark(current);
    this.#report("cpu", { state: "passed", speed });
    if (speed >= worthWeighing) return;
    const carried = await current.connection.host("carry", current.session);
    if (!carried.playing && !carried.onErrand) await this.#measure("wasm", current, { carried });
    const rival = this.#reports.find(({ name }) => name === "wasm")?.speed ?? 0;
    if (rival < worthMoving * speed || this.#chosenByHand || this.#closed) return;
    if ((await this.#line) === current) await this.#moveTo("wasm");
  }

  async #measure(name: BackendName, current: Line, { carried, settings }: Subject): Promise<void> {
    if (this.#closed) return;
    try {
      const isCurrent = name === current.connection.backend && !settings;
      const line = isCurrent ? current : await this.#open(name, carried);
      try {
        if (settings) await line.connection.lab(line.session, "configure", settings);
        this.#report(name, { state: "passed", speed: await this.#benchmark(line) });
      } finally {
        if (!isCurrent) await line.connection.close(line.session);
      }
    } catch (error) {
      this.#report(name, { state: "failed", why: (error as Error).message });
    }
  }

  /** Opens the lab on another backend as it is, and closes it here. */
  #moveTo(name: BackendName): Promise<BackendName> {
    const before = this.#line;
    const moving = (async () => {
      const old = await before;
      const carried = await old.connection.host("carry", old.session, true);
      const line = await this.#open(name, carried);
      await old.connection.close(old.session);
      if (carried.playing) await line.connection.lab(line.session, "play", this.#pace);
      return line;
    })();
    // What is called meanwhile waits for the new place; if it cannot be had, the old one serves on.
    this.#line = moving.catch(() => before);
    return moving.then(
      (line) => {
        if (this.#reports.find((report) => report.name === name)?.state !== "passed") {
          this.#report(name, { state: "passed" });
        }
        void this.#follow(line);
        return name;
      },
      (error: Error) => {
        this.#report(name, { state: "failed", why: error.message });
        void before.then((line) => this.#follow(line));
        throw new Error(`The lab stays where it is. ${error.message}`);
      },
    );
  }

  async backend(name?: BackendName | "auto"): Promise<BackendName> {
    if (name !== undefined) this.#chosenByHand = name !== "auto";
    const current = (await this.#line).connection.backend;
    if (name === undefined || name === current) return current;
    if (name === "auto") return this.#measureAll(() => false);
    if (!backendNames.includes(name)) {
      throw new RangeError(
        `Expected one of ${backendNames.join(", ")} or auto, got ${JSON.stringify(name)}.`,
      );
    }
    return this.#moveTo(name);
  }

  /** The engine says that the backend keeps failing: move to the CPU, which every browser has. */
  broken(connection: Connection, session: string, why: string): void {
    void this.#line.then(async (line) => {
      if (line.connection !== connection || line.session !== session) return;
      this.#report(connection.backend, { state: "failed", why });
      if (connection.backend === "cpu") return;
      const playing = this.#plays;
      this.#notice = {
        tone: "warning",
        text: `The backend ${connection.backend} failed (${why}). The lab goes on from its last good state on the CPU.`,
      };
      await this.#moveTo("cpu").then(
        () => (playing ? this.play(this.#pace) : undefined),
        (error: Error) => this.#setStatus({ phase: "failed", why: error.message }),
      );
    });
  }

  /** The worker has died: go on in a new one from the last copy. */
  stopped(connection: Connection, why: string): void {
    void this.#line.then((line) => {
      if (line.connection !== connection || this.#closed) return;
      this.#notice = {
        tone: "warning",
        text: `The background worker ${why}. The lab goes on in a new one, from its last saved state.`,
      };
      this.#line = this.#open("cpu", this.#safe);
      this.#line.then(
        (fresh) => void this.#follow(fresh),
        (error: Error) => this.#setStatus({ phase: "failed", why: error.message }),
      );
    });
  }

  // The page's side.

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  current(): Frame | null {
    return this.#frame;
  }
  status(): LabStatus {
    return this.#status;
  }
  reports(): readonly BackendReport[] {
    return this.#reports;
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.#onVisible();
    void this.#line.then(
      ({ connection, session }) => connection.host("setVisible", session, visible),
      () => {},
    );
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onVisible();
    clients.delete(this);
    this.#listeners.clear();
    void this.#line.then(
      ({ connection, session }) => connection.close(session),
      () => {},
    );
  }

  // The lab's methods, wherever it runs now.

  async #call<M extends Exclude<keyof LabMethods, "frame">>(
    method: M,
    ...args: Parameters<LabMethods[M]>
  ): Promise<Awaited<ReturnType<LabMethods[M]>>> {
    if (this.#closed) throw new Error("This lab is closed.");
    const { connection, session } = await this.#line;
    return (await connection.lab(session, method, ...args)) as Awaited<ReturnType<LabMethods[M]>>;
  }

  names(): Promise<Names> {
    return this.#call("names");
  }
  read(name: string): Promise<NDArray> {
    return this.#call("read", name);
  }
  grad(name: string): Promise<NDArray> {
    return this.#call("grad", name);
  }
  write(name: string, value: Nested, gesture?: string): Promise<void> {
    return this.#call("write", name, value, gesture);
  }
  release(name: string): Promise<void> {
    return this.#call("release", name);
  }
  lock(name: string, which?: Nested | boolean): Promise<void> {
    return this.#call("lock", name, which);
  }
  input(value: Nested | Readonly<Record<string, Nested>>, gesture?: string): Promise<NDArray> {
    return this.#call("input", value, gesture);
  }
  ask(...question: Parameters<LabMethods["ask"]>): Promise<Arrays> {
    return this.#call("ask", ...question);
  }
  data(arrays: Readonly<Record<string, Nested>>, gesture?: string): Promise<void> {
    return this.#call("data", arrays, gesture);
  }
  configure(change: Partial<Config>, gesture?: string): Promise<void> {
    this.#weighed = false;
    return this.#call("configure", change, gesture);
  }
  edit(edit: Edit, gesture?: string): Promise<void> {
    return this.#call("edit", edit, gesture);
  }
  train(steps: number): Promise<TrainingResult> {
    this.#plays = false;
    return this.#call("train", steps);
  }
  async play(pace?: number): Promise<void> {
    this.#plays = true;
    this.#pace = pace;
    // Before the run, never in it: a run on one backend can be repeated.
    if (pace === undefined) await this.#weigh().catch(() => {});
    if (this.#plays) await this.#call("play", pace);
  }
  pause(): Promise<void> {
    this.#plays = false;
    return this.#call("pause");
  }
  reset(seed?: number): Promise<void> {
    return this.#call("reset", seed);
  }
  undo(): Promise<void> {
    return this.#call("undo");
  }
  redo(): Promise<void> {
    return this.#call("redo");
  }
  seek(step: number): Promise<void> {
    return this.#call("seek", step);
  }
  save(options?: SaveOptions): Promise<Uint8Array> {
    return this.#call("save", options);
  }
  load(file: Uint8Array): Promise<void> {
    return this.#call("load", file);
  }
  async weights(file: Blob | null, settings: Partial<Config> = {}): Promise<void> {
    if (file) await this.#chooseFor(file, settings);
    return this.#call("weights", file, settings);
  }
  watch(extra: readonly Watch[], probes?: Readonly<Record<string, Arrays>>): Promise<void> {
    return this.#call("watch", extra, probes);
  }

  /** The newest frame, after what has been asked for so far. */
  async frame(): Promise<Frame> {
    await this.#call("names");
    const before = this.#frame;
    if (before) return before;
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#frame) {
          stop();
          resolve(this.#frame);
        }
      });
    });
  }
}

/** Resolves before the next repaint; in a hidden page, which is not repainted, after a moment. */
function screenRefresh(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof document === "undefined" || document.hidden) setTimeout(resolve, 50);
    else requestAnimationFrame(() => resolve());
  });
}
