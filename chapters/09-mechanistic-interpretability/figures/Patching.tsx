import type { NDArray } from "../../../src/data/ndarray.ts";
import { ColourLegend } from "../../../src/viz/ColourLegend.tsx";
import { ChoosableMatrix } from "../../../src/widgets/ChoosableMatrix.tsx";
import type { FigureProps, LabActions } from "../../../src/widgets/figure.ts";
import { bothTexts, greatest, type InterventionsConfig } from "../interventionsLab.ts";
import { sitesOf } from "../interventionsNumbers.ts";
import { letterOf, repeatSizes } from "../repeats.ts";
import { LetterBars } from "./LetterBars.tsx";

export interface ExperimentProps {
  readonly config: InterventionsConfig;
  readonly values: FigureProps["frame"]["values"];
  readonly lab: Pick<LabActions, "configure">;
}

const { V } = repeatSizes;
/** With more letters there is no room for numbers. */
const mostNumbers = 14;

/** Every site and place in turn from the first text's run into the second's: how much of the answer each brings back. */
export function Patching({ config, values, lab }: ExperimentProps) {
  const { from, into } = bothTexts(config);
  const sites = sitesOf(config);
  const r = values["r@patching"];
  const n = from.length;
  if (!r || r.shape[0] !== sites.length || r.shape[1] !== n) return <div className="patching" />;
  const site = Math.min(config.site, sites.length - 1);
  const at = Math.min(config.at, n) - 1;
  const before = values["before@patching"];
  const answer = greatest(before?.data, 0).token;
  const answers = [answer, greatest(before?.data, 1, answer).token];
  const isSame = String(from) === String(into);
  const percent = (share: number) => (Number.isFinite(share) ? Math.round(100 * share) : 0);
  return (
    <div className="patching">
      <div className="patching-grid" data-crowded={n > mostNumbers || undefined}>
        <ChoosableMatrix
          values={{ shape: r.shape, data: r.data.map(percent) }}
          label="How much of the first text’s answer comes back, in per cent, by site and letter"
          sym="r"
          reach={100}
          rowLabels={sites.map(({ label }) => label)}
          columnLabels={from.map((letter, t) => headOf(letter, into[t] ?? letter))}
          entryLabel={(row, column) =>
            `${sites[row]?.label}, letter ${column + 1}, per cent that come back`
          }
          chosen={[site, at]}
          onChoose={(row, column) => lab.configure({ site: row, at: column + 1 })}
        />
        <p className="figure-note">
          Top line: the first text; below it: the second. Number: per cent of the way from the
          second text’s answer to the first’s.
        </p>
        <ColourLegend reach={100} label="r, %" />
      </div>
      <div className="patching-says">
        <LetterBars title="After the first text" p={shares(before, 0)} first={answers} />
        <LetterBars title="After the second" p={shares(before, 1)} first={answers} />
        <LetterBars
          title={`With letter ${at + 1}, ${sites[site]?.label}, of the first`}
          p={shares(values["patched@patching"], site * n + at)}
          first={answers}
          isMarked
        />
      </div>
      <p className="figure-note" role="status">
        {isSame &&
          "The two texts are the same, so there is nothing to bring back. Change a letter of one."}
      </p>
    </div>
  );
}

/** What stands at a place in both texts. */
const headOf = (from: number, into: number) => (
  <span className="patching-letter" data-differs={from !== into || undefined}>
    <span>{letterOf(from)}</span>
    <span>{letterOf(into)}</span>
  </span>
);

/** The probabilities of one row of logits `[…, V]`. */
function shares(logits: NDArray | undefined, row: number): Float32Array {
  const own = logits?.data.slice(row * V, (row + 1) * V) ?? new Float32Array(V);
  const greatest = own.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const powers = own.map((value) => Math.exp(value - greatest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
