import { type ClipboardEvent, useState } from "react";
import { type ColumnUse, labelled, likelyUses } from "../../../src/data/labelled.ts";
import {
  maxTableBytes,
  type Reading,
  readTable,
  type Table,
  tableText,
} from "../../../src/data/table.ts";
import { messageOf } from "../../../src/widgets/actions.ts";
import { DropPlace } from "../../../src/widgets/DropPlace.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { partsOf, writtenMeaning } from "../irisData.ts";
import { irisConfig } from "../irisLab.ts";
import { TableReview } from "./TableReview.tsx";

/** The reader's own table, read but not yet in the lab. */
interface Draft {
  readonly text: string;
  readonly table: Table;
  readonly uses: readonly ColumnUse[];
}

/** A table of the reader's own in place of the irises: dropped, chosen or pasted. */
export function IrisTable({ frame, lab }: FigureProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const isStill = useStillness();
  const { config } = frame;

  const fail = (error: unknown) => setMessage(messageOf(error));
  const read = async (text: string, wanted: Partial<Reading> = {}) => {
    const table = await readTable(text, wanted);
    setDraft({ text, table, uses: likelyUses(table) });
    setMessage(null);
  };
  const readFile = async (chosen: File) => {
    // A file that is too large is not even opened.
    const isLarge = chosen.size > maxTableBytes;
    const bytes = isLarge ? new Uint8Array(chosen.size) : await chosen.arrayBuffer();
    await read(tableText(new Uint8Array(bytes)));
  };
  const take = async () => {
    if (!draft) return;
    const { x, y, columns, classes } = labelled(draft.table, draft.uses);
    const split = { split: Number(config.split), standardise: true };
    const parts = partsOf({ x, y }, columns, split);
    await lab.edit({
      config: {
        source: "own",
        inputs: columns.length,
        classes: classes.length,
        meaning: writtenMeaning(parts.columns, classes),
        described: "",
        standardise: true,
        first: 0,
        second: Math.min(1, columns.length - 1),
        view: "look",
      },
      data: parts.training,
      input: parts.heldOut,
    });
  };

  return (
    <div className="iris-table">
      <DropPlace
        className="table-drop"
        invitation="Drop a table here (CSV, at most 10 MB), paste it below, or"
        choose="Choose a file"
        label="A table as a CSV file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onFiles={([file]) => void readFile(file).catch(fail)}
        onText={(text) => void read(text).catch(fail)}
      >
        <textarea
          className="lab-text-field"
          aria-label="A table, pasted"
          rows={3}
          readOnly={isStill}
          placeholder={"length,width,kind\n5.1,3.5,rose\n6.3,2.5,lily"}
          onPaste={(event: ClipboardEvent) => {
            event.preventDefault();
            read(event.clipboardData.getData("text/plain")).catch(fail);
          }}
          onChange={(event) => read(event.target.value).catch(fail)}
          onKeyDown={(event) => event.stopPropagation()}
        />
        <p className="figure-note">
          It stays on your machine. One row is one example; one column says which class it is.
        </p>
      </DropPlace>
      {message !== null && (
        <p role="alert" className="table-message">
          {message}
        </p>
      )}
      {draft && (
        <TableReview
          table={draft.table}
          uses={draft.uses}
          onUses={(uses) => setDraft({ ...draft, uses })}
          onReading={(wanted) => read(draft.text, wanted).catch(fail)}
          onTake={() => take().catch(fail)}
        />
      )}
      {config.source === "own" && (
        <p>
          <button type="button" onClick={() => void lab.edit({ config: { ...irisConfig } })}>
            Back to the irises
          </button>
        </p>
      )}
    </div>
  );
}
