import { type RefObject, useEffect, useRef } from "react";
import { belongsToElement, commandOf, type LabCommand } from "./labKeys.ts";

/** Runs the command of a key while the lab has the focus or the screen, and never while typing. */
export function useLabKeys(
  lab: RefObject<HTMLElement | null>,
  isProjected: boolean,
  run: (command: LabCommand) => void,
): void {
  const newest = useRef(run);
  newest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      const isInside = lab.current?.contains(target) ?? false;
      if (event.defaultPrevented || !(isInside || isProjected)) return;
      if (target.closest("dialog, [popover]:not([data-lab])")) return;
      if (belongsToElement(target, event.key)) return;
      const command = commandOf(event, isProjected);
      if (!command) return;
      event.preventDefault();
      newest.current(command);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [lab, isProjected]);
}
