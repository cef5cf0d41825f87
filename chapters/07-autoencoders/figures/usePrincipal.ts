import { useEffect, useState } from "react";
import type { Frame } from "../../../src/training/lab.ts";
import { keepPrincipal, knownPrincipal, type Principal } from "../principal.ts";

/** The principal components of a lab's pictures; null until a worker has found them. */
export function usePrincipal({ data, heldOut }: Pick<Frame, "data" | "heldOut">): Principal | null {
  const { x } = data;
  const [, setFound] = useState(0);
  const count = heldOut.length;
  const known = knownPrincipal({ data, heldOut });
  const isMissing = known === null;
  useEffect(() => {
    if (!x || !isMissing) return;
    const worker = new Worker(new URL("./principalWorker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: principal }: MessageEvent<Principal>) => {
      keepPrincipal(x, principal);
      setFound((times) => times + 1);
    };
    worker.postMessage({ x, heldOut: Array.from({ length: count }, (_, row) => row) });
    return () => worker.terminate();
  }, [x, count, isMissing]);
  return known;
}
