import type { Arrays } from "../data/ndarray.ts";
import type { LabHandle } from "../engine/handle.ts";
import type { Watch } from "../training/lab.ts";

/** The labs that are live on this page, by id. */
const live = new Map<string, LabHandle>();
const listeners = new Set<() => void>();

function announce(): void {
  for (const listener of listeners) listener();
}

/** The event that asks the page's islands to bring a lab to life at once: `detail.lab` is its id. */
export const wakeEvent = "unrolled:wake";

/** Asks for a lab that is still a picture. */
export function wakeLab(id: string): void {
  document.dispatchEvent(new CustomEvent(wakeEvent, { detail: { lab: id } }));
}

/** Makes a live lab known to the exercises and symbols of its page; returns the way to take it back. */
export function registerLab(handle: LabHandle): () => void {
  const { id } = handle.lab;
  live.set(id, handle);
  announce();
  return () => {
    if (live.get(id) !== handle) return;
    live.delete(id);
    announce();
  };
}

export function liveLab(id: string): LabHandle | null {
  return live.get(id) ?? null;
}

export function liveLabs(): readonly LabHandle[] {
  return [...live.values()];
}

/** Calls `listener` when a lab has come or gone; returns the way to stop. */
export function onLiveLabs(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

interface Interest {
  readonly watches: readonly Watch[];
  readonly probes: Readonly<Record<string, Arrays>>;
}

const interests = new WeakMap<LabHandle, Set<Interest>>();

/**
 * Watches more of a lab, beside what others on the page watch of it: `LabHandle.watch` itself knows only
 * one list. Returns the way to stop, and the promise that rejects when a watch is refused.
 */
export function watchAlso(
  handle: LabHandle,
  watches: readonly Watch[],
  probes: Readonly<Record<string, Arrays>> = {},
): { stop: () => void; accepted: Promise<void> } {
  const all = interests.get(handle) ?? new Set<Interest>();
  interests.set(handle, all);
  const mine: Interest = { watches, probes };
  const send = (): Promise<void> =>
    handle.watch(
      [...new Set([...all].flatMap((interest) => interest.watches))],
      Object.assign({}, ...[...all].map((interest) => interest.probes)),
    );
  all.add(mine);
  return {
    accepted: send(),
    stop: () => {
      if (!all.delete(mine)) return;
      // A lab that has been closed in the meantime watches nothing any more.
      send().catch(() => {});
    },
  };
}

const viewers = new WeakMap<LabHandle, Set<object>>();

/**
 * Says whether `viewer` (a place on the page) shows the lab. It runs while somebody does: its own
 * picture, or an exercise that looks at it from further down the page.
 */
export function setViewing(handle: LabHandle, viewer: object, isViewing: boolean): void {
  const all = viewers.get(handle) ?? new Set<object>();
  viewers.set(handle, all);
  if (isViewing) all.add(viewer);
  else all.delete(viewer);
  handle.setVisible(all.size > 0);
}

/** Calls `listener` with whether `element` is near the window and the page is shown; returns the way to stop. */
export function onScreen(element: Element, listener: (isOnScreen: boolean) => void): () => void {
  let isNear = false;
  const tell = (): void => listener(isNear && document.visibilityState === "visible");
  const observer = new IntersectionObserver(
    (entries) => {
      isNear = entries.at(-1)?.isIntersecting ?? false;
      tell();
    },
    { rootMargin: "100px" },
  );
  observer.observe(element);
  document.addEventListener("visibilitychange", tell);
  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", tell);
  };
}
