import type { Peer, PeerModule } from "./peer.ts";
import type { Goal } from "./peers.ts";

export type PeerQuestion =
  | { readonly kind: "prepare"; readonly part: string; readonly settings: unknown }
  | { readonly kind: "train"; readonly steps: number }
  | ({ readonly kind: "until" } & Goal);

export type PeerAnswer = { readonly milliseconds: number | null } | { readonly failure: string };

const modules = import.meta.glob<PeerModule>("./peers/*.ts");

let peer: Peer | undefined;

async function prepared(part: string, settings: unknown): Promise<Peer> {
  const load = modules[`./peers/${part}.ts`];
  if (!load) throw new Error(`There is no module peers/${part}.ts.`);
  return (await load()).peer(settings);
}

async function reach(running: Peer, { seed, loss, stride, most }: Goal): Promise<number | null> {
  if (!running.loss || !running.reset) throw new Error("This peer cannot tell its loss.");
  await running.reset(seed);
  const began = performance.now();
  for (let step = 0; step < most; step += stride) {
    await running.train(stride);
    if ((await running.loss()) < loss) return performance.now() - began;
  }
  return null;
}

async function answer(question: PeerQuestion): Promise<number | null> {
  const began = performance.now();
  if (question.kind === "prepare") {
    peer = await prepared(question.part, question.settings);
  } else {
    if (!peer) throw new Error("This peer has not been prepared.");
    if (question.kind === "until") return reach(peer, question);
    await peer.train(question.steps);
  }
  return performance.now() - began;
}

self.onmessage = async ({ data }: MessageEvent<PeerQuestion>) => {
  try {
    self.postMessage({ milliseconds: await answer(data) } satisfies PeerAnswer);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    self.postMessage({ failure } satisfies PeerAnswer);
  }
};
