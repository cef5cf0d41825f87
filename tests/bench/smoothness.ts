import type { Page } from "playwright-core";

export interface FrameTimes {
  /** Milliseconds between one frame of the page and the next. */
  readonly gaps: readonly number[];
  /** Tasks of the page's own thread that took over 50 ms, in milliseconds. */
  readonly tasks: readonly number[];
  /** Training steps a second. */
  readonly speed: number;
  readonly backend: string;
}

/** How the page keeps up while a lab plays for so many milliseconds. */
export function frameTimes(page: Page, lab: string, milliseconds: number): Promise<FrameTimes> {
  return page.evaluate(
    async ([id, milliseconds]) => {
      const lab = await labs.get(id);
      const { step: before } = await lab.train(0);
      await lab.play();
      const started = performance.now();
      // What starting costs (a first picture, a first compilation) is not the picture of training.
      await new Promise((resolve) => setTimeout(resolve, 500));
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
      });
      observer.observe({ type: "longtask" });
      const gaps: number[] = [];
      const began = performance.now();
      for (let last = began; last - began < milliseconds; ) {
        const now = await new Promise<number>((resolve) => {
          requestAnimationFrame(() => resolve(performance.now()));
        });
        gaps.push(now - last);
        last = now;
      }
      observer.disconnect();
      await lab.pause();
      const speed = (1000 * ((await lab.train(0)).step - before)) / (performance.now() - started);
      return { gaps, tasks, speed, backend: await lab.backend() };
    },
    [lab, milliseconds] as const,
  );
}
