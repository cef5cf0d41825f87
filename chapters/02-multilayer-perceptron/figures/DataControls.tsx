import { type DragEvent, useRef, useState } from "react";
import { pointsFromCsv } from "../../../src/data/pointsCsv.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { messageOf } from "../../../src/widgets/actions.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { dataOptions, settingsOf } from "../playgroundLab.ts";
import type { Tool } from "./DataPlane.tsx";

const marks = ["●", "■", "▲", "◆"];
/** More text than this is no table of points for one picture. */
const maxTableBytes = 200_000;

/** The labels that a drawn point can have: a class, or a low, a middle and a high number. */
export function labelsOf({ config }: Frame): readonly number[] {
  if (config.task === "regression") return [-1, 0, 1];
  return Array.from({ length: Number(config.classes) }, (_, label) => label);
}

interface DataControlsProps extends FigureProps {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
}

/** Which data, and what the hand does to them. */
export function DataControls(props: DataControlsProps) {
  const { frame, lab, tool, onTool } = props;
  const isStill = useStillness();
  const { dataset, task, classes, draw } = frame.config;
  const isOwn = dataset === "own";
  const isRegression = task === "regression";
  const tools = [
    { value: "look", label: "looks" },
    ...labelsOf(frame).map((label) => ({
      value: String(label),
      label: isRegression ? `+ (${label})`.replace("-", "−") : `+ ${marks[label]}`,
    })),
    { value: "remove", label: "removes" },
  ];
  const setTool = (next: string) =>
    onTool(next === "look" || next === "remove" ? next : Number(next));

  return (
    <div className="playground-data">
      <Select
        label="Data"
        value={String(dataset)}
        options={dataOptions}
        onChange={(next) => lab.configure(settingsOf(next))}
      />
      {isOwn ? (
        <>
          <Segmented
            label="Task"
            value={String(task)}
            options={[
              { value: "classification", label: "which class?" },
              { value: "regression", label: "how much?" },
            ]}
            onChange={(next) => lab.configure({ task: next })}
          />
          {!isRegression && (
            <span className="control">
              <span className="control-label">Classes</span>
              <NumberField
                label="Classes"
                value={Number(classes)}
                initial={2}
                min={2}
                max={4}
                integer
                step={1}
                width={2}
                onChange={(next) => changeClasses(props, next)}
              />
            </span>
          )}
        </>
      ) : (
        <button
          type="button"
          disabled={isStill}
          onClick={() => void lab.configure({ draw: (Number(draw) % 9999) + 1 })}
        >
          Other points
        </button>
      )}
      <Segmented label="A click" value={String(tool)} options={tools} onChange={setTool} />
      <PasteTable {...props} />
    </div>
  );
}

/** Keeps the points whose class is still there. */
function changeClasses({ frame, lab }: FigureProps, classes: number): Promise<void> {
  const y = Array.from(frame.data.y?.data ?? []);
  const flat = frame.data.x?.data ?? [];
  const rows = y.flatMap((label, i) => (label < classes ? [i] : []));
  const data = {
    x: rows.map((i) => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]),
    y: rows.map((i) => y[i] ?? 0),
  };
  return lab.edit({ config: { classes }, ...(rows.length > 0 && { data }) });
}

/** Takes the reader's own table of points, from the clipboard or typed. */
function PasteTable({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const [said, setSaid] = useState<string | null>(null);
  const { testShare } = frame.config;

  const drop = async (event: DragEvent) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    if (file.size > maxTableBytes) {
      return setSaid(`Expected a file of at most ${maxTableBytes / 1000} kB.`);
    }
    setText(await file.text());
    setSaid(`Read ${file.name}.`);
  };
  const use = async () => {
    try {
      const { data, task, classNames, rows, scaled } = pointsFromCsv(text);
      const classes = Math.max(2, classNames.length);
      await lab.edit({ config: { dataset: "own", task, classes }, data: { ...data } });
      const names = classNames.map((name, i) => `${marks[i]} ${name}`).join(", ");
      const kind = task === "regression" ? "The labels are numbers to be fitted." : names;
      const kept = Number(testShare) > 0 ? ` ${testShare} % are kept for the test.` : "";
      setSaid(`${rows} rows.${kept}${scaled ? " Scaled to fit the picture." : ""} ${kind}`);
    } catch (error) {
      setSaid(messageOf(error));
    }
  };
  return (
    <>
      <button type="button" disabled={isStill} onClick={() => dialog.current?.showModal()}>
        Paste a table
      </button>
      {!isStill && (
        <dialog
          ref={dialog}
          className="lab-dialog"
          aria-label="Paste a table of points"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => void drop(event)}
        >
          <p className="lab-dialog-title">Your own points</p>
          <p>
            One point a row: x₁, x₂, and a label. The label is a class (up to four) or a number.
            Paste the rows, or drop a file here.
          </p>
          <textarea
            className="lab-text-field playground-table"
            rows={8}
            aria-label="Rows of x1, x2, label"
            placeholder={"1.5, -2, red\n-0.5, 3, blue"}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <p className="lab-dialog-status" aria-live="polite">
            {said}
          </p>
          <p className="lab-buttons">
            <button type="button" onClick={() => void use()}>
              Use these points
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              Close
            </button>
          </p>
        </dialog>
      )}
    </>
  );
}
