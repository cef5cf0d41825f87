import { useCallback, useEffect, useRef, useState } from "react";
import type { LabHandle } from "../engine/handle.ts";
import type { Lab } from "../training/lab.ts";

export interface SecondLab {
  readonly isRunning: boolean;
  /** Why the last work ended early, in one sentence; null if it did not. */
  readonly failure: string | null;
  /**
   * Opens the lab, and closes it when `work` has ended. What `work` finds out it tells only while
   * `isWanted()`: the reader may have stopped it in the meantime.
   */
  readonly run: (work: (lab: LabHandle, isWanted: () => boolean) => Promise<void>) => void;
  readonly stop: () => void;
}

/** A lab that runs beside the one on the page, unseen and on the reader's word, such as over other seeds. */
export function useSecondLab(lab: Lab, chapter: string): SecondLab {
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const current = useRef<symbol | null>(null);
  const handle = useRef<LabHandle | null>(null);
  const stop = useCallback(() => {
    current.current = null;
    handle.current?.close();
    handle.current = null;
    setRunning(false);
  }, []);
  useEffect(() => stop, [stop]);

  const run: SecondLab["run"] = async (work) => {
    stop();
    const mine = Symbol();
    current.current = mine;
    const isWanted = () => current.current === mine;
    setFailure(null);
    setRunning(true);
    try {
      const { openLab } = await import("../engine/client.ts");
      if (!isWanted()) return;
      handle.current = openLab(lab, chapter);
      await work(handle.current, isWanted);
    } catch (error) {
      if (isWanted()) setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      if (isWanted()) stop();
    }
  };
  return { isRunning, failure, run, stop };
}
