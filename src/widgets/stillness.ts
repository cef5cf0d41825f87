import { createContext, useContext } from "react";

/** True inside a still picture, where controls have a face but do nothing. */
export const Stillness = createContext(false);

export function useStillness(): boolean {
  return useContext(Stillness);
}

/**
 * For an input whose disabled face the browser draws in grey: in a still it looks as it will look live.
 * The style keeps the pointer off.
 */
export const stillInput = { "aria-disabled": true, tabIndex: -1 } as const;
