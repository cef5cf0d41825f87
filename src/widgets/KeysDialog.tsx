import type { RefObject } from "react";
import { keyList } from "./labKeys.ts";

/** The keys of a lab, in a dialog that `?` opens. */
export function KeysDialog({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} className="lab-dialog" aria-label="Keys">
      <p className="lab-dialog-title">Keys</p>
      <dl className="lab-keys">
        {keyList.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p>
        A number: drag it sideways, click to type, arrow keys to nudge (Shift finer, Alt coarser),
        Delete or double-click to reset.
      </p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
