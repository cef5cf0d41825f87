import type { Nested } from "../data/ndarray.ts";
import type { LabHandle } from "../engine/handle.ts";
import type { BackendName, SaveOptions } from "../engine/methods.ts";
import { liveLab, onLiveLabs, wakeLab } from "../widgets/liveLabs.ts";

/** How long a lab may take to come to life, in milliseconds. */
const patience = 60_000;

/** The labs on this page, in its order. */
function list(): string[] {
  const places = document.querySelectorAll<HTMLElement>('[data-island="lab"]');
  return [...places].flatMap(({ dataset }) => dataset.lab ?? []);
}

/** The lab, loaded and running; it need not be in view. */
async function get(id: string): Promise<ConsoleLab> {
  const ids = list();
  if (!ids.includes(id)) {
    const there = ids.length > 0 ? `Labs here: ${ids.join(", ")}.` : "This page has no labs.";
    throw new RangeError(`There is no lab ${JSON.stringify(id)} on this page. ${there}`);
  }
  const handle = await started(id);
  await ready(handle);
  return consoleLab(id);
}

function started(id: string): Promise<LabHandle> {
  const live = liveLab(id);
  if (live) return Promise.resolve(live);
  return before(`The lab ${id} did not load.`, (resolve) => {
    const stop = onLiveLabs(() => {
      const handle = liveLab(id);
      if (!handle) return;
      stop();
      resolve(handle);
    });
    wakeLab(id);
  });
}

function ready(handle: LabHandle): Promise<void> {
  return before(`The lab ${handle.lab.id} did not start.`, (resolve, reject) => {
    const look = (): void => {
      const status = handle.status();
      if (status.phase === "failed") reject(new Error(status.why));
      else if (handle.current()) resolve();
      else return;
      stop();
    };
    const stop = handle.subscribe(look);
    look();
  });
}

function before<T>(
  complaint: string,
  start: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(complaint)), patience);
    const finish =
      <V>(settle: (value: V) => void) =>
      (value: V) => {
        clearTimeout(timer);
        settle(value);
      };
    start(finish(resolve), finish(reject));
  });
}

type ConsoleLab = ReturnType<typeof consoleLab>;

/** What the console holds of a lab. It finds the live lab anew at each call, so it survives a retry. */
function consoleLab(id: string) {
  const handle = (): LabHandle => {
    const live = liveLab(id);
    if (!live) throw new Error(`The lab ${id} is no longer on this page.`);
    return live;
  };
  return Object.freeze({
    id,
    /** The lab's settings, as plain JSON. Change them with `configure`. */
    get config() {
      return { ...handle().current()?.config };
    },
    names: async () => handle().names(),
    read: async (name: string) => handle().read(name),
    grad: async (name: string) => handle().grad(name),
    write: async (name: string, value: Nested) => handle().write(name, value),
    release: async (name: string) => handle().release(name),
    lock: async (name: string, which?: Nested | boolean) => handle().lock(name, which),
    input: async (value: Nested | Record<string, Nested>) => handle().input(value),
    data: async (arrays: Record<string, Nested>) => handle().data(arrays),
    configure: async (change: Record<string, string | number | boolean>) =>
      handle().configure(change),
    train: async (steps: number) => handle().train(steps),
    play: async (stepsPerSecond?: number) => handle().play(stepsPerSecond),
    pause: async () => handle().pause(),
    reset: async (seed?: number) => handle().reset(seed),
    undo: async () => handle().undo(),
    redo: async () => handle().redo(),
    seek: async (step: number) => handle().seek(step),
    save: async (options?: SaveOptions) => handle().save(options),
    load: async (file: Uint8Array) => handle().load(file),
    weights: async (file: Blob | null, settings?: Record<string, string | number | boolean>) =>
      handle().weights(file, settings),
    backend: async (name?: BackendName | "auto") => handle().backend(name),
  });
}

declare global {
  /** Every lab of the page, for the browser's console. */
  var labs: { readonly list: typeof list; readonly get: typeof get };
}

/** Puts `labs` into the browser's console. */
export function openConsole(): void {
  globalThis.labs = Object.freeze({ list, get });
}
