import { useState } from "react";
import type { LabHandle } from "../../../src/engine/handle.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { useSecondLab } from "../../../src/widgets/useSecondLab.ts";
import { goal, percent, raceLab, racers, raceSteps } from "../raceLab.ts";
import { RacerMark } from "./RacerMark.tsx";

const seeds = [1, 2, 3, 4, 5] as const;
/** Steps between two looks at who has arrived. */
const leg = 10;

/** When each racer arrived, in the racers' order; null where it did not. */
type Run = readonly (number | null)[];

/** One race may be luck: the same settings from five seeds, in a lab of its own beside this one. */
export function RaceSeeds({ frame }: { readonly frame: Frame }) {
  const [runs, setRuns] = useState<readonly Run[] | null>(null);
  const [doing, setDoing] = useState("");
  const { isRunning, failure, run, stop } = useSecondLab(raceLab, "06-lstm-and-gru");
  const isStill = useStillness();

  const start = (): void => {
    setRuns([]);
    run(async (lab, isWanted) => {
      await lab.configure(frame.config);
      for (const seed of seeds) {
        const arrived = await oneRace(lab, seed, (step) => {
          if (isWanted()) setDoing(`seed ${seed}, step ${step} of ${raceSteps}`);
        });
        if (!isWanted()) return;
        setRuns((before) => [...(before ?? []), arrived]);
      }
    });
  };

  return (
    <div className="race-seeds">
      <button
        type="button"
        disabled={isStill}
        onClick={() => {
          if (!isRunning) return start();
          stop();
          setRuns(null);
        }}
      >
        {isRunning ? "Stop" : "Is it luck? Run five seeds"}
      </button>
      <p className="figure-note" aria-live="polite">
        {failure ??
          (isRunning
            ? `Running ${doing || "the first race"}.`
            : runs
              ? said(runs)
              : `The settings above from five starts, ${raceSteps} steps each, beside this lab.`)}
      </p>
      {runs && runs.length > 0 && <Table runs={runs} />}
    </div>
  );
}

/** A race from a seed: ends when all have arrived, or after the last step. */
async function oneRace(
  handle: LabHandle,
  seed: number,
  tell: (step: number) => void,
): Promise<Run> {
  await handle.reset(seed);
  let arrived: Run = racers.map(() => null);
  for (let step = leg; step <= raceSteps && arrived.includes(null); step += leg) {
    tell(step);
    await handle.train(leg);
    const { data } = await handle.read("accuracies@held");
    arrived = arrived.map((at, racer) => at ?? ((data[racer] ?? 0) >= goal ? step : null));
  }
  return arrived;
}

function said(runs: readonly Run[]): string {
  const each = racers.map(({ label }, i) => {
    const count = runs.filter((run) => run[i] !== null).length;
    return `${label} ${count} of ${runs.length}`;
  });
  return `Came to ${percent(goal)} within ${raceSteps} steps: ${each.join(", ")}.`;
}

function Table({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Steps to {percent(goal)}</th>
          {runs.map((_, i) => (
            <th key={seeds[i]} scope="col">
              seed {seeds[i]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {racers.map(({ name, label }, racer) => (
          <tr key={name}>
            <th scope="row">
              <RacerMark racer={name} /> {label}
            </th>
            {runs.map((run, i) => (
              <td key={seeds[i]}>{run[racer] ?? "never"}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
