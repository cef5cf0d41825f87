import type { Page } from "playwright-core";
import { repeatSizes } from "../../../chapters/09-mechanistic-interpretability/repeats.ts";
import type { BackendName } from "../../../src/engine/methods.ts";
import { withoutGraphics } from "../../browser/chromium.ts";
import type { Bench, Measurement } from "../contender.ts";
import { median, tables } from "../report.ts";
import { Torch } from "../torch.ts";

/*
 * How long an induction head takes to form from nothing, in the page with its pictures live: until the induction
 * score of layer 2, as the lab itself states it, has reached a half. The control of one layer trains beside it.
 * PyTorch takes as many steps of both models, in batches of the same shape.
 */

/** No GPU, not even one in software: the processor alone. */
export const launch = withoutGraphics;

const labId = "mi-induction";
const batch = 32;
const formed = 0.5;
/** Gives up after so many milliseconds. */
const patience = 60_000;

const backends: readonly BackendName[] = ["cpu", "wasm"];

interface Formation {
  readonly milliseconds: number;
  readonly steps: number;
  /** Milliseconds between one frame of the page and the next. */
  readonly gaps: readonly number[];
  /** Tasks of the page's own thread that took over 50 ms. */
  readonly tasks: number;
}

function formation(page: Page, backend: BackendName, seed: number): Promise<Formation> {
  return page.evaluate(
    async ([id, backend, seed, formed, patience]) => {
      const lab = await labs.get(id);
      await lab.backend(backend);
      await lab.reset(seed);
      const section = document.querySelector(`section.lab[data-lab="${id}"]`);
      const step = section?.querySelector(".lab-step");
      // Without functions of its own: their names would not be known in the page.
      while (Number(step?.textContent?.replace(/\D/g, "")) !== 0) {
        await new Promise(requestAnimationFrame);
      }
      let tasks = 0;
      const observer = new PerformanceObserver((list) => {
        tasks += list.getEntries().length;
      });
      observer.observe({ type: "longtask" });
      const gaps: number[] = [];
      const began = performance.now();
      await lab.play();
      for (let last = began, score = 0; score < formed && last - began < patience; ) {
        const now = await new Promise<number>((resolve) => {
          requestAnimationFrame(() => resolve(performance.now()));
        });
        gaps.push(now - last);
        last = now;
        const text = section?.textContent ?? "";
        score = Number(/score of layer 2 is (\d+(?:\.\d+)?)/.exec(text)?.[1] ?? 0);
      }
      const milliseconds = performance.now() - began;
      const steps = Number(step?.textContent?.replace(/\D/g, ""));
      await lab.pause();
      observer.disconnect();
      return { milliseconds, steps, gaps, tasks };
    },
    [labId, backend, seed, formed, patience] as const,
  );
}

export async function measure(bench: Bench): Promise<string> {
  const found = await Torch.start("induction.py");
  const { V, T, d_model, heads } = repeatSizes;
  const torch = (steps: number) =>
    found?.torch.train("train", V, T, d_model, heads, batch, steps) ?? Promise.resolve(Number.NaN);
  const { page, live, close } = await bench.book.open("mechanistic-interpretability");
  await live(labId);
  const runs = new Map<BackendName, Formation[]>(backends.map((backend) => [backend, []]));
  const theirs: number[] = [];
  await torch(20);
  for (let round = 1; round <= bench.rounds; round++) {
    process.stderr.write(`  round ${round} of ${bench.rounds}\n`);
    let steps = 0;
    for (const backend of backends) {
      const one = await formation(page, backend, round);
      runs.get(backend)?.push(one);
      steps = one.steps;
    }
    if (found) theirs.push((await torch(steps)) / 1000);
  }
  await close();
  found?.torch.stop();
  const group = "From nothing to an induction score of 0.5: seconds";
  const measured: Measurement[] = backends.map((backend) => ({
    name: "Unrolled, in the page",
    backend,
    group,
    values: (runs.get(backend) ?? []).map(({ milliseconds }) => milliseconds / 1000),
  }));
  if (found) measured.push({ name: "PyTorch, as many steps", backend: "", group, values: theirs });
  const frames = backends.map((backend) => {
    const all = runs.get(backend) ?? [];
    const gaps = all.flatMap(({ gaps }) => gaps);
    const late = gaps.filter((gap) => gap > 25).length;
    const tasks = all.reduce((sum, one) => sum + one.tasks, 0);
    const speed = median(all.map(({ steps, milliseconds }) => (1000 * steps) / milliseconds));
    return `${backend}: steps ${all.map(({ steps }) => steps).join(", ")}; ${Math.round(speed)} a second; of ${gaps.length} frames ${late} were late (over 25 ms), the latest by ${Math.round(Math.max(...gaps))} ms; ${tasks} tasks over 50 ms`;
  });
  const about = found ? `PyTorch: ${found.about}.` : "No Python here has PyTorch: no comparison.";
  return `
Induction heads: two layers and one, side by side; seeds 1 to ${bench.rounds}, batches of ${batch}.

${tables(measured, { unit: "s", against: ["PyTorch, as many steps"], lessIsBetter: true })}

${frames.join("\n")}
${about}
`;
}
