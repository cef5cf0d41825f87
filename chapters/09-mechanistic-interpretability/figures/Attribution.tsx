import { entry } from "../../../src/data/ndarray.ts";
import { Bars, runningSpans } from "../../../src/viz/Bars.tsx";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type LensConfig, mostOf, ranked, sharesIn } from "../lensLab.ts";
import { nameOf, stages, writers } from "../lensText.ts";

interface AttributionProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly tokens: readonly number[];
  readonly place: number;
}

/** So many parts have a bar of their own; the rest share one. */
const shown = 7;
const choices = 8;

/** Of what the lead of one token over another is made: the parts that add most, and what they add up to. */
export function Attribution({ frame, lab, tokens, place }: AttributionProps) {
  const config = frame.config as LensConfig;
  const { asked, dla, ell, lens_p } = frame.values;
  const [token, other] = [entry(asked, 0), entry(asked, 1)];
  const parts = ranked(dla);
  const rest = parts.slice(shown).reduce((sum, { value }) => sum + value, 0);
  const values = [...parts.slice(0, shown).map(({ value }) => value), rest];
  const reach = Math.max(...runningSpans(values).map(({ to }) => Math.abs(to)));
  const sum = parts.reduce((total, { value }) => total + value, 0);
  const said = stages.map((_, stage) => mostOf(sharesIn(lens_p, stage, place), 1)[0] ?? 0);
  const last = mostOf(sharesIn(lens_p, stages.length - 1, place), choices);
  const candidates = [...new Set([token, ...last, ...said, ...(other >= 0 ? [other] : [])])];
  const options = candidates.map((one) => ({ value: String(one), label: nameOf(one) }));
  return (
    <section className="attribution">
      <h3>What puts it first?</h3>
      <div className="attribution-choices">
        <Select
          label="Why"
          value={String(token)}
          options={options}
          onChange={(next) => lab.configure({ token: Number(next) })}
        />
        <Select
          label="rather than"
          value={String(config.against === -1 ? -1 : other)}
          options={[
            { value: "-1", label: "the next likeliest" },
            { value: "-2", label: "the mean of all" },
            ...options.filter(({ value }) => Number(value) !== token),
          ]}
          onChange={(next) => lab.configure({ against: Number(next) })}
        />
      </div>
      <div className="attribution-bars" data-sym="dla">
        <Bars
          label={`What each part adds to the logit of “${nameOf(token)}”`}
          items={[
            ...parts.slice(0, shown).map(({ writer, value }) => ({
              label: <WriterName writer={writer} chosen={config.writer} lab={lab} />,
              value,
            })),
            { label: `the other ${Math.max(0, parts.length - shown)}`, value: rest },
          ]}
          reach={reach}
          total={{ label: `“${nameOf(token)}” over ${otherName(other)}` }}
        />
      </div>
      <p className="figure-note">
        The model’s own logits differ by {signedText(entry(ell), 6)}; the parts sum to{" "}
        {signedText(sum, 6)}.
      </p>
      <Through frame={frame} tokens={tokens} />
    </section>
  );
}

const otherName = (other: number) => (other < 0 ? "the mean" : `“${nameOf(other)}”`);

interface WriterNameProps extends Pick<FigureProps, "lab"> {
  readonly writer: number;
  readonly chosen: number;
}

/** A head can be opened; the others work on the token alone. */
function WriterName({ writer, chosen, lab }: WriterNameProps) {
  const isStill = useStillness();
  const { label, head } = writers[writer] ?? { label: "" };
  if (!head) return label;
  return (
    <button
      type="button"
      disabled={isStill}
      aria-pressed={writer === chosen}
      onClick={() => lab.configure({ writer: writer === chosen ? -1 : writer })}
    >
      {label}
    </button>
  );
}

const tokensNamed = 3;

/** Which tokens a head brought its share from. */
function Through({ frame, tokens }: Pick<AttributionProps, "frame" | "tokens">) {
  const { writer } = frame.config as LensConfig;
  const { through } = frame.values;
  const head = writers[writer]?.head;
  if (!head || !through) {
    return <p className="figure-note">Press a head to see which tokens it brought that from.</p>;
  }
  const [, heads = 0, T = 0] = through.shape;
  const first = (head.layer * heads + head.head) * T;
  const row = through.data.subarray(first, first + T);
  const most = mostOf(row.map(Math.abs), tokensNamed);
  return (
    <p className="figure-note" role="status">
      {writers[writer]?.label} brings{" "}
      {most.map((t, i) => (
        <span key={t}>
          {i > 0 && ", "}
          <b>{signedText(row[t], 2)}</b> from “{nameOf(tokens[t] ?? 0)}” ({numberText(t + 1)})
        </span>
      ))}
      .
    </p>
  );
}
