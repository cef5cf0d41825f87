import { type ComponentType, useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { LabHandle } from "../engine/handle.ts";
import type { FigureProps, LabActions } from "./figure.ts";
import { LabShell } from "./LabShell.tsx";
import { watchAlso } from "./liveLabs.ts";

export interface LiveLabProps {
  readonly handle: LabHandle;
  readonly figure: ComponentType<FigureProps>;
  readonly onRetry?: () => void;
}

/** A lab's shell, bound to its handle. */
export function LiveLab({ handle, figure, onRetry }: LiveLabProps) {
  const subscribe = useCallback((listener: () => void) => handle.subscribe(listener), [handle]);
  const frame = useSyncExternalStore(subscribe, () => handle.current());
  const status = useSyncExternalStore(subscribe, () => handle.status());
  const reports = useSyncExternalStore(subscribe, () => handle.reports());
  const switchBackend = useCallback(
    (name: Parameters<LabHandle["backend"]>[0]) => handle.backend(name),
    [handle],
  );
  const watch = useFigureWatch(handle);
  return (
    <LabShell
      lab={handle.lab}
      frame={frame}
      figure={figure}
      actions={handle}
      onWatch={watch}
      status={status}
      reports={reports}
      onBackend={switchBackend}
      {...(onRetry ? { onRetry } : {})}
    />
  );
}

/** What the figure watches replaces what it watched before, and leaves what others watch alone. */
function useFigureWatch(handle: LabHandle): LabActions["watch"] {
  const stop = useRef<(() => void) | null>(null);
  useEffect(
    () => () => {
      stop.current?.();
      stop.current = null;
    },
    [],
  );
  return useCallback(
    (extra, probes) => {
      const before = stop.current;
      const next = watchAlso(handle, extra, probes);
      stop.current = next.stop;
      before?.();
      return next.accepted;
    },
    [handle],
  );
}
