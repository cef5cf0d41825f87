import { sizeOf } from "../data/ndarray.ts";
import type { LabHandle } from "../engine/handle.ts";
import type { Frame } from "../training/lab.ts";

/** Milliseconds between two savings of a lab that goes on changing, and at least how many times what one takes. */
const pause = 4000;
const breath = 20;
/** Bytes of a state that are kept at most: a tab's store holds about five million characters for all of its pages. */
const mostBytes = 1_500_000;
/** Numbers that Adam has for each parameter, itself included, and the bytes of one. */
const bytesOfEntry = 3 * 4;

const keyOf = (labId: string): string => `unrolled:kept:${location.pathname}:${labId}`;

/** As a data address: the browser itself writes and reads it, and not on the page's own thread. */
function asAddress(bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  });
}

/** Puts a lab into the state in which this tab left it, if there is one. */
export async function restoreKept(handle: LabHandle): Promise<void> {
  const key = keyOf(handle.lab.id);
  try {
    const address = sessionStorage.getItem(key);
    if (address === null) return;
    await handle.load(new Uint8Array(await (await fetch(address)).arrayBuffer()));
  } catch {
    // A store that is closed to the page, or a state of an older version of the lab: it opens as it is meant.
    forget(key);
  }
}

function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Closed to the page: then nothing is in it, either.
  }
}

async function isSmall(handle: LabHandle): Promise<boolean> {
  const { params } = await handle.names();
  const entries = params.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return entries * bytesOfEntry <= mostBytes;
}

/**
 * Keeps what the reader has made of a lab for as long as the tab is open: a reload in the middle of
 * training costs some seconds of it, and not the network. Returns the way to stop.
 */
export function keepState(handle: LabHandle): () => void {
  const key = keyOf(handle.lab.id);
  const opened = handle.current();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let kept: Frame | null = opened;
  let wait = pause;
  let isBusy = false;

  const keep = async (): Promise<void> => {
    const frame = handle.current();
    if (isBusy || frame === null || frame === kept) return;
    isBusy = true;
    const began = performance.now();
    try {
      if (await isSmall(handle)) sessionStorage.setItem(key, await asAddress(await handle.save()));
      else forget(key);
    } catch {
      // The store is full or closed, or the lab has gone: what was kept before is out of date.
      forget(key);
    }
    kept = frame;
    wait = Math.max(pause, breath * (performance.now() - began));
    isBusy = false;
  };

  const due = (): void => {
    const frame = handle.current();
    if (timer !== null || frame === null || frame === kept) return;
    if (!frame.canUndo && frame.step === opened?.step) return;
    timer = setTimeout(() => {
      timer = null;
      void keep().then(due);
    }, wait);
  };
  const onHidden = (): void => {
    if (document.visibilityState === "hidden" && timer !== null) void keep();
  };
  const unsubscribe = handle.subscribe(due);
  document.addEventListener("visibilitychange", onHidden);
  return () => {
    if (timer !== null) clearTimeout(timer);
    unsubscribe();
    document.removeEventListener("visibilitychange", onHidden);
  };
}
