import { type FC, use } from "react";
import { stillFrame } from "../engine/still.ts";
import type { Frame, Lab } from "../training/lab.ts";
import type { FigureProps } from "../widgets/figure.ts";

type LabModule = { readonly labs: readonly Lab[] };

const labModules = import.meta.glob<LabModule>("../../chapters/*/labs.ts", { eager: true });
const figureModules = import.meta.glob<Record<string, FC<FigureProps>>>(
  "../../chapters/*/figures/*.tsx",
  { eager: true },
);

/** A lab, and the chapter it comes from. A page may show a lab of another chapter. */
export interface FoundLab {
  readonly folder: string;
  readonly lab: Lab;
}

const byId = new Map<string, FoundLab>(
  Object.entries(labModules).flatMap(([path, { labs }]) =>
    labs.map((lab) => [lab.id, { folder: path.split("/").at(-2) ?? "", lab }]),
  ),
);

/** @throws Error naming the labs there are */
export function findLab(id: string): FoundLab {
  const found = byId.get(id);
  if (!found) {
    throw new Error(`There is no lab "${id}". Labs: ${[...byId.keys()].join(", ") || "none"}.`);
  }
  return found;
}

/** The labs that the chapter in `folder` declares. */
export function labsOf(folder: string): readonly Lab[] {
  return labModules[`../../chapters/${folder}/labs.ts`]?.labs ?? [];
}

/** @throws Error when the file is missing or does not export the component of its name */
export function findFigure(folder: string, name: string): FC<FigureProps> {
  const path = `chapters/${folder}/figures/${name}.tsx`;
  const figure = figureModules[`../../${path}`]?.[name];
  if (!figure) throw new Error(`Expected ${path} to export function ${name}(props: FigureProps).`);
  return figure;
}

const frames = new Map<string, Promise<Frame>>();

/** The frame of the still picture: the lab itself, run at build time. */
export function useStillFrame({ folder, lab }: FoundLab): Frame {
  let frame = frames.get(lab.id);
  if (!frame) {
    frame = stillFrame(folder, lab.id);
    frames.set(lab.id, frame);
  }
  return use(frame);
}
