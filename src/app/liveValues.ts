import type { NDArray } from "../data/ndarray.ts";
import type { LabHandle } from "../engine/handle.ts";
import type { Frame } from "../training/lab.ts";
import { liveLab, onLiveLabs, wakeLab, watchAlso } from "../widgets/liveLabs.ts";

/** The value of a symbol: a tensor of a lab, or one of its settings. */
export type LiveValue = NDArray | number | string | boolean;

/** How long a lab may take to come before its value is looked for in the next one, in milliseconds. */
const patience = 20_000;

/** The lab of this id, live; null where it is not on the page or does not come. */
async function wakened(id: string, signal: AbortSignal): Promise<LabHandle | null> {
  const live = liveLab(id);
  if (live) return live;
  return new Promise((resolve) => {
    const finish = (handle: LabHandle | null): void => {
      stop();
      clearTimeout(timer);
      resolve(handle);
    };
    const stop = onLiveLabs(() => {
      const handle = liveLab(id);
      if (handle) finish(handle);
    });
    const timer = setTimeout(() => finish(null), patience);
    signal.addEventListener("abort", () => finish(null), { once: true });
    wakeLab(id);
  });
}

/** The lab to ask first about what stands here: that of its band, else the nearest on the page. */
export function labNear(place: Element): string | undefined {
  const band = place.closest<HTMLElement>(".band[data-lab]");
  if (band) return band.dataset.lab;
  const labs = [...document.querySelectorAll<HTMLElement>('[data-island="lab"]')];
  const { top } = place.getBoundingClientRect();
  const distance = (lab: HTMLElement): number => Math.abs(lab.getBoundingClientRect().top - top);
  return labs.sort((a, b) => distance(a) - distance(b))[0]?.dataset.lab;
}

/** The labs on the page: `near` first, then the others in the order of the page. */
function labIds(near: string | undefined): readonly string[] {
  const onPage = [...document.querySelectorAll<HTMLElement>('[data-island="lab"]')].flatMap(
    ({ dataset }) => dataset.lab ?? [],
  );
  return [...new Set([...(near && onPage.includes(near) ? [near] : []), ...onPage])];
}

/** How many of `names` a lab has, as parameters, taps or settings. */
async function countOf(handle: LabHandle, names: readonly string[]): Promise<number> {
  const { params, taps } = await handle.names();
  const known = new Set([
    ...[...params, ...taps].map(({ name }) => name),
    ...Object.keys(handle.lab.fields),
  ]);
  return names.filter((name) => known.has(name)).length;
}

/**
 * The lab that has quantities of these names, woken if need be: the first that has them all, else the one
 * that has most; null where none on the page has any.
 */
export async function labWith(
  names: readonly string[],
  near: string | undefined,
  signal: AbortSignal,
): Promise<LabHandle | null> {
  let best: LabHandle | null = null;
  let most = 0;
  for (const id of labIds(near)) {
    const handle = await wakened(id, signal);
    if (signal.aborted) return null;
    if (!handle) continue;
    const count = await countOf(handle, names);
    if (count > most) {
      best = handle;
      most = count;
    }
    if (most === names.length) break;
  }
  return best;
}

function valueIn(frame: Frame, name: string): LiveValue | undefined {
  return frame.values[name] ?? frame.config[name];
}

/**
 * Calls `listener` with the values of `names` in a live lab, now and whenever one changes, until `signal`
 * aborts. Names that the lab does not have are absent.
 */
export function followValues(
  handle: LabHandle,
  names: readonly string[],
  listener: (values: ReadonlyMap<string, LiveValue>) => void,
  signal: AbortSignal,
): void {
  let last: readonly (LiveValue | undefined)[] = [];
  const announce = (): void => {
    const frame = handle.current();
    if (!frame || signal.aborted) return;
    const found = names.map((name) => valueIn(frame, name));
    if (found.every((value, index) => value === last[index]) && last.length > 0) return;
    last = found;
    listener(
      new Map(names.flatMap((name, i) => (found[i] === undefined ? [] : [[name, found[i]]]))),
    );
  };
  const stop = handle.subscribe(announce);
  const tensors = names.filter((name) => !Object.hasOwn(handle.lab.fields, name));
  const watching = watchAlso(handle, tensors);
  // A refused watch leaves the others: the frame says which values there are.
  watching.accepted.catch(() => {});
  signal.addEventListener("abort", () => {
    stop();
    watching.stop();
  });
  announce();
}
