import { useEffect } from "react";
import { messageOf } from "./actions.ts";
import type { LabActions } from "./figure.ts";
import { sharedState } from "./shareLink.ts";

/** Puts the state that the page's address carries for this lab into it, now and when the address changes. */
export function useSharedState(
  labId: string,
  still: boolean,
  actions: LabActions,
  fail: (message: string) => void,
): void {
  useEffect(() => {
    if (still) return;
    const load = async (): Promise<void> => {
      const text = sharedState(location.hash, labId);
      if (text === null) return;
      try {
        const { capsuleFromLink } = await import("../training/capsuleLink.ts");
        await actions.load(await capsuleFromLink(text));
      } catch (error) {
        fail(messageOf(error));
      }
    };
    void load();
    const onHash = (): void => void load();
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, [labId, still, actions, fail]);
}
