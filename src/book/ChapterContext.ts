import { createContext, useContext } from "react";
import type { Symbols } from "./symbols.ts";

/** What the components of a page know of the chapter they stand in. */
export interface ChapterScope {
  readonly folder: string;
  readonly symbols: Symbols;
}

export const ChapterContext = createContext<ChapterScope>({ folder: "", symbols: {} });

export function useChapter(): ChapterScope {
  return useContext(ChapterContext);
}
