import { useRef, useState, useSyncExternalStore } from "react";
import { messageOf } from "./actions.ts";
import { download } from "./FileButtons.tsx";
import {
  clearProgress,
  exportProgress,
  importProgress,
  onProgress,
  readProgress,
} from "./progress.ts";

export interface ProgressControlProps {
  /** The exercises there are, as `chapter/exercise`. */
  readonly exercises: readonly string[];
}

/** Your progress: how much is done; take it along as a file, bring it back, clear it. */
export function ProgressControl({ exercises }: ProgressControlProps) {
  const progress = useSyncExternalStore(onProgress, readProgress);
  const input = useRef<HTMLInputElement>(null);
  const [says, setSays] = useState("");
  const [asksToClear, setAsksToClear] = useState(false);
  const count = exercises.filter((key) => progress[key] === "done").length;
  const isEmpty = Object.keys(progress).length === 0;

  const load = async (file: File): Promise<void> => {
    try {
      importProgress(await file.text());
      setSays("Added to your progress.");
    } catch (error) {
      setSays(messageOf(error));
    }
  };
  return (
    <section className="progress-control" aria-label="Your progress">
      <p>
        Your progress: <strong>{count}</strong> of {exercises.length} exercises done. It is kept in
        this browser only.
      </p>
      <p className="lab-buttons">
        <button
          type="button"
          disabled={isEmpty}
          onClick={() => download("unrolled-progress.json", [exportProgress()], "application/json")}
        >
          Export
        </button>
        <button type="button" onClick={() => input.current?.click()}>
          Import
        </button>
        <button
          type="button"
          disabled={isEmpty}
          onClick={() => {
            if (asksToClear) clearProgress();
            setAsksToClear(!asksToClear);
            setSays(asksToClear ? "Cleared." : "Press again to forget all of it.");
          }}
          onBlur={() => setAsksToClear(false)}
        >
          {asksToClear ? "Really clear" : "Clear"}
        </button>
        <input
          ref={input}
          type="file"
          accept="application/json,.json"
          aria-label="A file of progress"
          hidden
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void load(file);
            event.target.value = "";
          }}
        />
      </p>
      <p role="status">{says}</p>
    </section>
  );
}
