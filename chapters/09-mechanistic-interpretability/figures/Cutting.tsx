import type { CSSProperties } from "react";
import { niceReach } from "../../../src/viz/Bars.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { cutParts, greatest, interventionsLab } from "../interventionsLab.ts";
import { partsOf } from "../interventionsNumbers.ts";
import { percentText } from "./LetterBars.tsx";
import type { ExperimentProps } from "./Patching.tsx";

const howField = interventionsLab.fields.how;
const hows = howField?.kind === "choice" ? howField.options : [];

/** Each part cut alone, and those ticked together: the loss on other texts, and what is said after this one. */
export function Cutting({ config, values, lab }: ExperimentProps) {
  const isStill = useStillness();
  const parts = partsOf(config);
  const cut = cutParts(config);
  const loss = values["cut_loss@cutting"];
  const p = values["cut_p@cutting"];
  const isThere = loss?.data.length === parts.length + 2;
  const reach = niceReach(Math.max(...(isThere ? loss.data : [1])));
  const toggle = (label: string) => {
    const next = parts.filter((part) => cut.has(part.label) !== (part.label === label));
    return lab.configure({ out: next.map((part) => part.label).join(",") });
  };
  const numbers = (row: number) => {
    const says = greatest(p?.data, row);
    return (
      <>
        <td>
          <span
            className="cutting-bar"
            style={{ "--p": (isThere ? (loss.data[row] ?? 0) : 0) / reach } as CSSProperties}
          />
        </td>
        <td>{isThere ? numberText(loss.data[row], 3) : ""}</td>
        <td>{isThere ? `${says.letter}, ${percentText(says.value)}` : ""}</td>
      </>
    );
  };
  return (
    <div className="cutting">
      <Segmented
        label="In its place"
        value={config.how}
        options={hows}
        onChange={(how) => lab.configure({ how })}
      />
      <table>
        <thead>
          <tr>
            <th scope="col">Cut</th>
            <th scope="col" colSpan={2}>
              Loss on other texts, nats
            </th>
            <th scope="col">After the text it says</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">nothing</th>
            {numbers(0)}
          </tr>
          {parts.map(({ label }, i) => (
            <tr key={label} data-cut={cut.has(label) || undefined}>
              <th scope="row">
                <label>
                  <input
                    type="checkbox"
                    disabled={isStill}
                    checked={cut.has(label)}
                    onChange={() => toggle(label)}
                  />{" "}
                  {label}
                </label>
              </th>
              {numbers(i + 1)}
            </tr>
          ))}
          <tr className="cutting-all">
            <th scope="row">{cut.size === 0 ? "all that are ticked" : [...cut].join(", ")}</th>
            {numbers(parts.length + 1)}
          </tr>
        </tbody>
      </table>
      <p className="figure-note">
        A row is the model with that part alone cut. Tick parts to cut them together: last row. The
        loss is the mean where the next letter can be known; a guess among all costs{" "}
        {numberText(Math.log(16))}.
      </p>
    </div>
  );
}
