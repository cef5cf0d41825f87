/**
 * How often a second `once` can be done: after a warm-up (kernels compile on first use), for about so
 * many milliseconds, `settle` waiting for what is queued.
 */
export async function measuredSpeed(
  once: () => void,
  settle: () => Promise<void>,
  milliseconds: number,
): Promise<number> {
  for (let i = 0; i < 2; i++) once();
  await settle();
  let [count, batch] = [0, 1];
  const began = performance.now();
  while (performance.now() - began < milliseconds) {
    for (let i = 0; i < batch; i++) once();
    await settle();
    count += batch;
    batch = Math.min(batch * 2, 64);
  }
  return (count * 1000) / (performance.now() - began);
}
