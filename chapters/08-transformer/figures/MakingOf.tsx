import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { LabActions } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { type Factor, makingOf, type Source, type Term } from "./makings.ts";
import { NumberGrid } from "./NumberGrid.tsx";
import { type PathModel, quantityTitles, type Spot, spotName, valueAt } from "./tokenPath.ts";

interface MakingOfProps {
  readonly model: PathModel;
  readonly spot: Spot;
  readonly term: number | null;
  readonly onTerm: (term: number) => void;
  readonly onGo: (spot: Spot) => void;
  readonly onWrite: LabActions["write"] | undefined;
}

/** So many terms are told one by one: the largest. */
const told = 6;

/** How one number was made, term by term; one of the terms in full. */
export function MakingOf({ model, spot, term, onTerm, onGo, onWrite }: MakingOfProps) {
  const making = makingOf(model, spot);
  const own = valueAt(model, spot);
  const name = spotName(spot);
  if (!making) {
    return (
      <section className="making" aria-live="polite">
        <p>Reading what {name} is made of …</p>
      </section>
    );
  }
  const { terms, after, equation, code, value } = making;
  const chosen = Math.min(term ?? largest(terms), terms.length - 1);
  const isProducts = terms.some(({ factors }) => factors.length === 2);
  const differs = Math.abs(value - own) > 1e-3 * (1 + Math.abs(own));
  return (
    <section className="making" aria-live="polite">
      <h3>
        {name} = {numberText(own)}
      </h3>
      <p className="figure-note">One number of {quantityTitles[spot.quantity]}.</p>
      <p className="making-equation">{equation}</p>
      <p>
        <code>{code}</code>
      </p>
      {terms.length > 2 && (
        <Terms terms={terms} isProducts={isProducts} chosen={chosen} onTerm={onTerm} />
      )}
      <OneTerm
        model={model}
        term={terms[chosen] as Term}
        which={terms.length > 1 ? `Term ${chosen + 1} of ${terms.length}` : "All of it"}
        onGo={onGo}
        onWrite={onWrite}
      />
      {terms.length === 2 && (
        <p className="lab-buttons">
          {terms.map((one, i) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a term is its place
              key={i}
              type="button"
              aria-pressed={i === chosen}
              onClick={() => onTerm(i)}
            >
              {termText(one)}
            </button>
          ))}
        </p>
      )}
      {after.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>
        {terms.length > 1 ? `All ${terms.length} together` : "So it"}{" "}
        {terms.length > 1 ? "make" : "is"} <strong>{numberText(value)}</strong>
        {differs
          ? `; the model has ${numberText(own)}, for something is held by hand.`
          : ", which is what the model has."}
      </p>
    </section>
  );
}

function largest(terms: readonly Term[]): number {
  return terms.reduce(
    (best, { value }, i) => (Math.abs(value) > Math.abs(terms[best]?.value ?? 0) ? i : best),
    0,
  );
}

const termText = ({ factors, value, of }: Term): string => {
  const product =
    factors.length === 2
      ? `${factors.map((factor) => factor.label).join(" · ")} = `
      : `${factors[0]?.label} = `;
  return `${of ? `${of}: ` : ""}${product}${numberText(value)}`;
};

interface TermsProps {
  readonly terms: readonly Term[];
  readonly isProducts: boolean;
  readonly chosen: number;
  readonly onTerm: (term: number) => void;
}

/** The terms as cells: both factors, and the product of each pair below them. */
function Terms({ terms, isProducts, chosen, onTerm }: TermsProps) {
  const rows = isProducts
    ? [
        terms.map(({ factors }) => (factors.length === 2 ? (factors[0]?.value ?? 0) : 1)),
        terms.map(({ factors }) => factors.at(-1)?.value ?? 0),
        terms.map(({ value }) => value),
      ]
    : [terms.map(({ value }) => value)];
  const names = isProducts ? ["first factor", "second factor", "product"] : ["term"];
  const largestFirst = terms
    .map((one, i) => ({ one, i }))
    .sort((a, b) => Math.abs(b.one.value) - Math.abs(a.one.value))
    .slice(0, told);
  return (
    <>
      {rows.map((row, i) => (
        <NumberGrid
          key={names[i]}
          values={{ shape: [1, row.length], data: row }}
          label={`${names[i]}s`}
          nameOf={(_, column) => `${names[i]} ${column + 1}`}
          chosen={[0, chosen]}
          onPick={(_, column) => onTerm(column)}
        />
      ))}
      <p className="figure-note">The {largestFirst.length} that count most:</p>
      <ol className="making-terms">
        {largestFirst.map(({ one, i }) => (
          <li key={i}>
            <button type="button" aria-pressed={i === chosen} onClick={() => onTerm(i)}>
              {termText(one)}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

interface OneTermProps {
  readonly model: PathModel;
  readonly term: Term;
  readonly which: string;
  readonly onGo: (spot: Spot) => void;
  readonly onWrite: LabActions["write"] | undefined;
}

/** One multiplication: two numbers, each of which can be asked where it comes from, or changed. */
function OneTerm({ model, term, which, onGo, onWrite }: OneTermProps) {
  return (
    <div className="making-term">
      <p className="figure-note">
        {which}
        {term.of ? `: ${term.of}` : ""}
      </p>
      <p className="making-product">
        {term.factors.map((factor, i) => (
          <span key={factor.label}>
            {i > 0 && " × "}
            <FactorOf model={model} factor={factor} onGo={onGo} onWrite={onWrite} />
          </span>
        ))}
        {term.factors.length > 1 && <span> = {numberText(term.value)}</span>}
      </p>
    </div>
  );
}

interface FactorOfProps extends Omit<OneTermProps, "term" | "which"> {
  readonly factor: Factor;
}

function FactorOf({ model, factor, onGo, onWrite }: FactorOfProps) {
  const { source, label, value } = factor;
  return (
    <span className="making-factor">
      {source?.from === "parameter" && onWrite ? (
        <NumberField
          label={`weight ${source.name}, entry ${source.index + 1}`}
          value={value}
          step={0.05}
          width={7}
          onChange={(next, gesture) => writeEntry(model, source, next, gesture, onWrite)}
        />
      ) : (
        <b>{numberText(value)}</b>
      )}
      {source?.from === "spot" ? (
        <button type="button" onClick={() => onGo(source.spot)}>
          {label}: where from?
        </button>
      ) : (
        <small>{source ? `${label}, a weight` : label}</small>
      )}
    </span>
  );
}

function writeEntry(
  model: PathModel,
  source: Extract<Source, { from: "parameter" }>,
  next: number,
  gesture: string,
  onWrite: LabActions["write"],
): unknown {
  const array = model.values[source.name];
  if (!array || entry(array, source.index) === next) return undefined;
  const data = Float32Array.from(array.data);
  data[source.index] = next;
  const changed: NDArray = { shape: array.shape, data };
  return onWrite(source.name, changed, gesture);
}
