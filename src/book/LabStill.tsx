import type { FC } from "react";
import type { Frame, Lab } from "../training/lab.ts";
import type { FigureProps } from "../widgets/figure.ts";
import { findFigure, findLab, useStillFrame } from "./stills.ts";

const shells = import.meta.glob<
  FC<{ lab: Lab; frame: Frame; still: true; figure: FC<FigureProps> }>
>("../widgets/LabShell.tsx", { eager: true, import: "LabShell" });

/** The place of a lab: its picture until the live one takes over. */
export function LabStill({ id, figure }: { readonly id: string; readonly figure: string }) {
  const found = findLab(id);
  const frame = useStillFrame(found);
  const LabShell = shells["../widgets/LabShell.tsx"];
  return (
    <div
      className="lab-place"
      id={id}
      data-island="lab"
      data-lab={id}
      data-chapter={found.folder}
      data-figure={figure}
    >
      {LabShell && frame ? (
        <LabShell lab={found.lab} frame={frame} still figure={findFigure(found.folder, figure)} />
      ) : (
        <p>{found.lab.invitation}</p>
      )}
    </div>
  );
}
