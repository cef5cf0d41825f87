import { useState } from "react";
import type { LabHandle } from "../../../src/engine/handle.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { useSecondLab } from "../../../src/widgets/useSecondLab.ts";
import { rightAnswers } from "../irisData.ts";
import { iris } from "../irisLab.ts";
import { resplit } from "./Iris.tsx";

/** So many runs, each with a split and first weights of its own, and so many steps each. */
export const runs = { count: 20, steps: 50 } as const;

type Shares = readonly number[];

/** The middle of a list, or the mean of the two in the middle. */
export function median(values: Shares): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

/** One number may be luck: the same network on twenty splits, from twenty starts. */
export function IrisSeeds({ frame }: Pick<FigureProps, "frame">) {
  const [shares, setShares] = useState<Shares | null>(null);
  const { isRunning, failure, run, stop } = useSecondLab(iris, "02-multilayer-perceptron");
  const isStill = useStillness();

  const start = (): void => {
    setShares([]);
    run(async (lab, isWanted) => {
      const { config, data, input } = frame;
      const own = config.source === "own" ? { data, input } : {};
      await lab.edit({ config: { ...config, view: "look" }, ...own });
      for (let seed = 1; seed <= runs.count && isWanted(); seed++) {
        const share = await oneRun(lab, frame, seed);
        if (isWanted()) setShares((before) => [...(before ?? []), share]);
      }
    });
  };

  return (
    <div className="iris-seeds">
      <button
        type="button"
        disabled={isStill}
        onClick={() => {
          if (!isRunning) return start();
          stop();
          setShares(null);
        }}
      >
        {isRunning
          ? `Stop (${shares?.length ?? 0} of ${runs.count})`
          : `Is it luck? ${runs.count} runs`}
      </button>
      <p className="figure-note" aria-live="polite">
        {failure ?? said(shares)}
      </p>
      {shares && shares.length > 0 && <Strip shares={shares} />}
    </div>
  );
}

async function oneRun(
  handle: LabHandle,
  frame: FigureProps["frame"],
  seed: number,
): Promise<number> {
  await handle.edit(resplit({ frame }, { split: seed }));
  await handle.reset(seed);
  await handle.train(runs.steps);
  // The current input is what is held out, and the loss taps its targets.
  const y = await handle.read("y");
  return rightAnswers(await handle.read("y_hat"), y) / y.data.length;
}

const percent = (share: number): string => `${numberText(100 * share)} %`;

function said(shares: Shares | null): string {
  if (shares === null || shares.length === 0) {
    return `Each with a split and first weights of its own, ${runs.steps} steps long, beside this lab.`;
  }
  const spread = `from ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`;
  return shares.length < runs.count
    ? `${shares.length} runs so far: ${spread}.`
    : `${runs.count} runs of ${runs.steps} steps: the median of the held-out share named rightly is ${percent(median(shares))}, ${spread}.`;
}

/** The runs as dots from half to all. */
function Strip({ shares }: { readonly shares: Shares }) {
  const place = (share: number): number => 100 * Math.max(0, 2 * share - 1);
  const counts = new Map<number, number>();
  const most = Math.max(...shares.map((share) => shares.filter((other) => other === share).length));
  const rise = Math.min(0.45, 5.5 / most);
  return (
    <div className="seed-strip" aria-hidden="true">
      {shares.map((share, run) => {
        const above = counts.get(share) ?? 0;
        counts.set(share, above + 1);
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a run is its number
            key={run}
            style={{ insetInlineStart: `${place(share)}%`, insetBlockEnd: `${rise * above}em` }}
          />
        );
      })}
      <span className="seed-median" style={{ insetInlineStart: `${place(median(shares))}%` }} />
      <span className="seed-end">50 %</span>
      <span className="seed-end seed-full">100 %</span>
    </div>
  );
}
