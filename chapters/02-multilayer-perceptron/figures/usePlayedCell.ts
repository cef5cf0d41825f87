import { useCallback, useEffect, useState } from "react";

/** How long a cell is looked at while it plays, in milliseconds. */
const pace = 650;

/**
 * Goes through `count` cells, by hand or by itself; where motion is reduced, by hand alone. `of` names
 * the product: another one begins at the cell `first`.
 */
export function usePlayedCell(count: number, of: string, first: number) {
  const [state, setState] = useState({ cell: first, of });
  const [isPlaying, setPlaying] = useState(false);
  const [canPlay, setCanPlay] = useState(true);
  const cell = Math.min(state.of === of ? state.cell : first, count - 1);
  const goTo = useCallback((next: number) => setState({ cell: next, of }), [of]);
  const togglePlay = useCallback(() => setPlaying((before) => !before), []);

  useEffect(() => {
    const reduced = matchMedia("(prefers-reduced-motion: reduce)");
    const follow = () => {
      setCanPlay(!reduced.matches);
      if (reduced.matches) setPlaying(false);
    };
    follow();
    reduced.addEventListener("change", follow);
    return () => reduced.removeEventListener("change", follow);
  }, []);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => goTo(cell + 1 < count ? cell + 1 : cell), pace);
    return () => clearTimeout(timer);
  }, [isPlaying, cell, count, goTo]);
  return { cell, goTo, isPlaying, togglePlay, canPlay };
}
