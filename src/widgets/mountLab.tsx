import type { ComponentType } from "react";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { openLab } from "../engine/client.ts";
import type { LabHandle } from "../engine/handle.ts";
import type { Lab } from "../training/lab.ts";
import { FailedFace } from "./FailedFace.tsx";
import type { FigureProps } from "./figure.ts";
import { keepState, restoreKept } from "./keptState.ts";
import { LiveLab } from "./LiveLab.tsx";
import { onScreen, registerLab, setViewing } from "./liveLabs.ts";
import { sharedState } from "./shareLink.ts";

export interface MountLabOptions {
  readonly lab: Lab;
  /** The folder of the chapter whose `programs.ts` has the lab's model. */
  readonly chapter: string;
  readonly figure: ComponentType<FigureProps>;
  /** How the lab is opened; default: in the engine's worker. */
  readonly open?: (lab: Lab, chapter: string) => LabHandle;
}

/**
 * Brings the still picture in `element` to life: opens the lab, leaves the still until the first frame
 * has come, then draws the whole live lab in its place at once. Returns the way to take it down, which
 * frees everything.
 */
export function mountLab(element: HTMLElement, options: MountLabOptions): () => void {
  let root: Root | null = null;
  let runs = 0;
  let stop = start();

  function start(): () => void {
    const run = runs++;
    const handle = (options.open ?? openLab)(options.lab, options.chapter);
    const pending = showPending(element, handle, retry);
    let isClosed = false;
    let stopKeeping = (): void => {};
    const unregister = registerLab(handle);
    const forget = onScreen(element, (isOnScreen) => setViewing(handle, element, isOnScreen));
    const draw = (): void => {
      if (!handle.current()) {
        pending.update();
        return;
      }
      unsubscribe();
      pending.remove();
      void keptFrom(handle, run === 0).then((stop) => {
        if (isClosed) stop();
        else stopKeeping = stop;
      });
      root ??= createRoot(element);
      flushSync(() =>
        root?.render(<LiveLab key={run} handle={handle} figure={options.figure} onRetry={retry} />),
      );
    };
    const unsubscribe = handle.subscribe(draw);
    draw();
    return () => {
      isClosed = true;
      stopKeeping();
      unsubscribe();
      forget();
      unregister();
      pending.remove();
      handle.close();
    };
  }

  function retry(): void {
    stop();
    stop = start();
  }

  if (sharedState(location.hash, options.lab.id) !== null) element.scrollIntoView();
  return () => {
    stop();
    root?.unmount();
    root = null;
  };
}

/**
 * Takes up what this tab has kept of the lab, and keeps it from now on. Not where the page's address brings
 * a state of its own, nor when a lab that failed is tried again: it may have failed of its state.
 */
async function keptFrom(handle: LabHandle, isFirst: boolean): Promise<() => void> {
  const isShared = sharedState(location.hash, handle.lab.id) !== null;
  if (isFirst && !isShared) await restoreKept(handle);
  return keepState(handle);
}

interface Pending {
  update(): void;
  remove(): void;
}

/** Over the still: "Preparing…" (its style waits 300 ms before it shows), or what went wrong. */
function showPending(element: HTMLElement, handle: LabHandle, onRetry: () => void): Pending {
  const place = document.createElement("div");
  place.className = "lab-pending";
  element.append(place);
  const root = createRoot(place);
  const update = (): void => {
    const status = handle.status();
    root.render(
      status.phase === "failed" ? (
        <FailedFace why={status.why} onRetry={onRetry} />
      ) : (
        <p className="lab-preparing" role="status">
          Preparing… {status.phase === "loading" && status.doing}
        </p>
      ),
    );
  };
  update();
  let isGone = false;
  const remove = (): void => {
    if (isGone) return;
    isGone = true;
    root.unmount();
    place.remove();
  };
  return { update, remove };
}
