import { type RefObject, useCallback, useEffect, useState } from "react";

/** On the whole screen; over the whole page where the browser allows no more; or not. */
export type Projection = "screen" | "page" | null;

/** Puts a lab alone on the screen, and back. */
export function useProjection(lab: RefObject<HTMLElement | null>): {
  projection: Projection;
  toggle: () => void;
  leave: () => void;
} {
  const [projection, setProjection] = useState<Projection>(null);

  const leave = useCallback(() => {
    setProjection(null);
    if (document.fullscreenElement === lab.current && lab.current) {
      document.exitFullscreen().catch(() => {});
    }
  }, [lab]);

  const enter = useCallback(async () => {
    const element = lab.current;
    if (!element) return;
    holdPlace(element);
    try {
      await element.requestFullscreen();
      setProjection("screen");
    } catch {
      // Not allowed in this frame, or not known to this browser (an iPhone): the page will do.
      setProjection("page");
    }
    element.focus({ preventScroll: true });
  }, [lab]);

  useEffect(() => {
    const place = lab.current?.parentElement;
    if (projection === null || !place) return;
    return () => void place.style.removeProperty("min-block-size");
  }, [projection, lab]);

  useEffect(() => {
    if (projection !== "screen") return;
    const changed = (): void => {
      if (document.fullscreenElement === null) setProjection(null);
    };
    document.addEventListener("fullscreenchange", changed);
    return () => document.removeEventListener("fullscreenchange", changed);
  }, [projection]);

  useEffect(() => {
    const element = lab.current;
    if (projection !== "page" || !element) return;
    const root = document.documentElement;
    const overflow = root.style.overflow;
    root.style.overflow = "hidden";
    element.setAttribute("popover", "manual");
    element.showPopover();
    const quiet = quietOutside(element);
    return () => {
      for (const other of quiet) other.inert = false;
      element.removeAttribute("popover");
      root.style.overflow = overflow;
    };
  }, [projection, lab]);

  const toggle = useCallback(() => {
    if (projection === null) void enter();
    else leave();
  }, [projection, enter, leave]);

  return { projection, toggle, leave };
}

/**
 * Keeps the room that the lab takes on the page: were it to close up, the page would scroll away, and the
 * lab would count as out of sight.
 */
function holdPlace({ parentElement: place, offsetHeight }: HTMLElement): void {
  if (place) place.style.minBlockSize = `${offsetHeight}px`;
}

/** Makes everything outside of `element` inert; returns what was made so. */
function quietOutside(element: HTMLElement): HTMLElement[] {
  const quiet: HTMLElement[] = [];
  for (let at: HTMLElement = element; at.parentElement; at = at.parentElement) {
    for (const sibling of at.parentElement.children) {
      if (sibling === at || !(sibling instanceof HTMLElement) || sibling.inert) continue;
      sibling.inert = true;
      quiet.push(sibling);
    }
  }
  return quiet;
}
