import type { LabMethods } from "../engine/methods.ts";
import type { Frame } from "../training/lab.ts";

/** What a figure may ask of its lab. Failures are shown by the lab's shell; a figure need not catch them. */
export type LabActions = {
  readonly [M in Exclude<keyof LabMethods, "frame">]: (
    ...args: Parameters<LabMethods[M]>
  ) => ReturnType<LabMethods[M]>;
};

/**
 * The props of a lab's figure, in `chapters/NN-name/figures/`. A figure is a pure function of its
 * frame: the build renders it once, to a still picture, from a real frame, with actions that do nothing.
 */
export interface FigureProps {
  readonly frame: Frame;
  readonly lab: LabActions;
  /** True in project mode: type and handles are twice as large. */
  readonly projected: boolean;
}
