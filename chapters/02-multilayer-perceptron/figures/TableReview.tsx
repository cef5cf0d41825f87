import { useMemo } from "react";
import { type ColumnUse, type Labelled, labelled } from "../../../src/data/labelled.ts";
import {
  type Column,
  type Problem,
  problemText,
  type Reading,
  type Separator,
  separators,
  type Table,
} from "../../../src/data/table.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { Toggle } from "../../../src/widgets/Toggle.tsx";
import { counted } from "../words.ts";

const separatorNames: Record<Separator, string> = {
  "\t": "Tab",
  ";": "Semicolon ;",
  "|": "Bar |",
  ",": "Comma ,",
};

const decimals = [
  { value: ".", label: "5.1" },
  { value: ",", label: "5,1" },
] as const;

const kinds = [
  { value: "input number", label: "input: number" },
  { value: "input text", label: "input: words" },
  { value: "label text", label: "label" },
  { value: "out", label: "left out" },
] as const;

export interface TableReviewProps {
  readonly table: Table;
  readonly uses: readonly ColumnUse[];
  readonly onUses: (uses: readonly ColumnUse[]) => void;
  readonly onReading: (reading: Partial<Reading>) => unknown;
  readonly onTake: () => unknown;
}

/** A table as it was understood: every guess can be put right before the lab takes it. */
export function TableReview({ table, uses, onUses, onReading, onTake }: TableReviewProps) {
  const { separator, header, decimal } = table;
  const reading = { separator, header, decimal };
  const outcome = useMemo(() => outcomeOf(table, uses), [table, uses]);
  const use = (index: number, chosen: string) => {
    const [what, kind] = chosen.split(" ") as [ColumnUse["use"], Column["kind"] | undefined];
    const own = { use: what, kind: kind ?? uses[index]?.kind ?? "text" };
    // There is one label: the one before it is left out.
    onUses(
      uses.map((other, at) => {
        if (at === index) return own;
        return what === "label" && other.use === "label" ? { ...other, use: "out" } : other;
      }),
    );
  };
  return (
    <div className="table-review">
      <div className="lab-controls">
        <Select
          label="Cells set apart by"
          value={separator}
          options={separators.map((value) => ({ value, label: separatorNames[value] }))}
          onChange={(value) => onReading({ ...reading, separator: value as Separator })}
        />
        <Segmented
          label="Decimals"
          value={decimal}
          options={decimals}
          onChange={(value) => onReading({ ...reading, decimal: value as "." | "," })}
        />
        <Toggle
          label="The first row holds names"
          value={header}
          onChange={(value) => onReading({ ...reading, header: value })}
        />
      </div>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <td />
              {table.columns.map((column, index) => (
                <th key={column.name} scope="col" data-use={uses[index]?.use}>
                  {column.name}
                </th>
              ))}
            </tr>
            <tr>
              <td />
              {table.columns.map((column, index) => (
                <td key={column.name}>
                  <select
                    aria-label={`What ${column.name} is`}
                    value={kindOf(uses[index])}
                    onChange={(event) => use(index, event.target.value)}
                  >
                    {kinds.map(({ value, label }) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </select>
                  <small>{aboutColumn(column)}</small>
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, 4).map((row) => (
              <tr key={row.number}>
                <th scope="row">{row.number}</th>
                {table.columns.map((column, index) => (
                  <td key={column.name} data-use={uses[index]?.use}>
                    {row.cells[index]?.slice(0, 24)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Problems table={table} outcome={outcome} />
      <p className="lab-buttons">
        <button
          type="button"
          className="lab-primary"
          disabled={"refusal" in outcome}
          onClick={() => void onTake()}
        >
          Learn from it
        </button>
        <span role="status">
          {"refusal" in outcome
            ? outcome.refusal
            : `${counted(outcome.x.length, "row")}, ${counted(outcome.columns.length, "input")}, ${counted(outcome.classes.length, "class", "classes")}: ${outcome.classes.join(", ")}.`}
        </span>
      </p>
    </div>
  );
}

type Outcome = Labelled | { readonly refusal: string };

function outcomeOf(table: Table, uses: readonly ColumnUse[]): Outcome {
  try {
    return labelled(table, uses);
  } catch (error) {
    return { refusal: (error as Error).message };
  }
}

function kindOf(use: ColumnUse | undefined): string {
  if (use?.use === "input") return `input ${use.kind}`;
  return use?.use === "label" ? "label text" : "out";
}

function aboutColumn({ kind, values, missing }: Column): string {
  const what = kind === "number" ? "numbers" : counted(values, "different word");
  return missing > 0 ? `${what}, ${missing} missing` : what;
}

const mostProblems = 4;

/** What is left out, and why. */
function Problems({ table, outcome }: { readonly table: Table; readonly outcome: Outcome }) {
  const problems: readonly Problem[] = [
    ...table.problems,
    ...("refusal" in outcome ? [] : outcome.problems),
  ];
  const incomplete = "refusal" in outcome ? [] : outcome.incomplete;
  return (
    <ul className="table-problems">
      {table.rowCount > table.rows.length && (
        <li>
          {table.rowCount} rows are more than this lab needs: it takes {table.rows.length} of them,
          evenly from top to bottom.
        </li>
      )}
      {incomplete.length > 0 && (
        <li>
          {counted(incomplete.length, "row")} with an empty cell left out (
          {incomplete.length === 1 ? "row" : "rows"} {incomplete.slice(0, 8).join(", ")}
          {incomplete.length > 8 && ", …"}): a network has no number for “unknown”.
        </li>
      )}
      {table.columns.some((column) => column.kind === "text") && (
        <li>
          A network takes only numbers. A column of words used as an input becomes one number for
          each word, 1 where it stands and 0 where it does not.
        </li>
      )}
      {problems.slice(0, mostProblems).map((problem) => (
        <li key={`${problem.row} ${problem.column}`} className="table-problem">
          {problemText(problem)} The row is left out.
        </li>
      ))}
      {problems.length > mostProblems && (
        <li>… and {counted(problems.length - mostProblems, "more row")} like these.</li>
      )}
    </ul>
  );
}
