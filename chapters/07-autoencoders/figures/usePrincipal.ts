import { useEffect, useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { type Principal, principalOf } from "../principal.ts";

/** What was found last, and of which pictures: a lab asks in every frame, and seldom of others. */
let found: { readonly x: NDArray; readonly principal: Principal } | null = null;

function knownOf(x: NDArray | undefined): Principal | null {
  return found && found.x === x ? found.principal : null;
}

/** The principal components of a lab's pictures; null until a worker has found them. */
export function usePrincipal({ data, heldOut }: Pick<Frame, "data" | "heldOut">): Principal | null {
  const { x } = data;
  const [, setFound] = useState(0);
  const count = heldOut.length;
  useEffect(() => {
    if (!x || knownOf(x)) return;
    const worker = new Worker(new URL("./principalWorker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: principal }: MessageEvent<Principal>) => {
      found = { x, principal };
      setFound((times) => times + 1);
    };
    worker.postMessage({ x, heldOut: Array.from({ length: count }, (_, row) => row) });
    return () => worker.terminate();
  }, [x, count]);
  const isBuild = typeof document === "undefined";
  if (isBuild && x && !knownOf(x)) found = { x, principal: principalOf(x, heldOut) };
  return knownOf(x);
}
