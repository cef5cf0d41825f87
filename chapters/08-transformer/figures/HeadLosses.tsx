import { useState } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { useSecondLab } from "../../../src/widgets/useSecondLab.ts";
import { type Agreement, agreementNames, agreements } from "../agreement.ts";
import { gateOf, gates, headsLab, sharesOf } from "../headsLab.ts";
import { headSizes } from "../headsSizes.ts";
import { percentText } from "./headNumbers.ts";

type Shares = Readonly<Record<Agreement, number>>;

interface Row {
  readonly name: string;
  readonly shares: Shares;
}

const { layers, heads } = headSizes;

/** Takes each head out in turn, in a copy of the lab, and tells what is left. */
export function HeadLosses({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const isStill = useStillness();
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [step, setStep] = useState(0);
  const { isRunning, failure, run, stop } = useSecondLab(headsLab, "08-transformer");
  const start = (): void => {
    setRows([]);
    setStep(frame.step);
    run(async (copy, isWanted) => {
      await copy.load(await lab.save());
      const ask = async (name: string): Promise<void> => {
        const shares = sharesOf(await copy.read("right@asked"));
        if (isWanted()) setRows((before) => [...before, { name, shares }]);
      };
      await copy.edit({ release: true });
      await ask("all heads");
      for (let layer = 1; layer <= layers; layer++) {
        for (let head = 1; head <= heads; head++) {
          if (!isWanted()) return;
          const gate = gates((other) => other !== head);
          await copy.edit({ release: true, write: { [gateOf(layer)]: gate } });
          await ask(`without ${layer}.${head}`);
        }
      }
    });
  };
  return (
    <section className="heads-losses" aria-label="What each head is needed for">
      <p className="lab-buttons">
        <button type="button" disabled={isStill} onClick={isRunning ? stop : start}>
          {isRunning ? "Stop" : "Take out each head in turn"}
        </button>
        <span role="status">{failure ?? (isRunning ? "Asking …" : "")}</span>
      </p>
      {rows.length > 0 && (
        <table>
          <caption>Right on hard questions, at step {step}</caption>
          <thead>
            <tr>
              <td />
              {agreementNames.map((of) => (
                <th key={of} scope="col">
                  {agreements[of].label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, shares }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {agreementNames.map((of) => (
                  <td
                    key={of}
                    data-lost={shares[of] < (rows[0]?.shares[of] ?? 0) - 0.2 || undefined}
                  >
                    {percentText(shares[of])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
