import { createContext, useContext } from "react";

/** True inside a still picture, where controls have a face but do nothing. */
export const Stillness = createContext(false);

export function useStillness(): boolean {
  return useContext(Stillness);
}
