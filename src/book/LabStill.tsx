import { LabShell } from "../widgets/LabShell.tsx";
import { findFigure, findLab, useStillFrame } from "./stills.ts";

/** The place of a lab: its picture until the live one takes over. */
export function LabStill({ id, figure }: { readonly id: string; readonly figure: string }) {
  const found = findLab(id);
  return (
    <div
      className="lab-place"
      id={id}
      data-island="lab"
      data-lab={id}
      data-chapter={found.folder}
      data-figure={figure}
    >
      <LabShell
        lab={found.lab}
        frame={useStillFrame(found)}
        still
        figure={findFigure(found.folder, figure)}
      />
    </div>
  );
}
