import { useState } from "react";
import { eigenvalues } from "../../../src/data/eigenvalues.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { numberOf, things, vocabulary } from "../phrases.ts";
import { twinOf } from "../skipLab.ts";
import { among, copyingScore, layerOf, type Tables } from "../skipNumbers.ts";
import { skipSizes } from "../skipSizes.ts";
import { WordTable } from "./WordTable.tsx";

interface CircuitsProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly tables: Tables;
}

/** The two tables of a head, and the eigenvalues of the second. */
export function Circuits({ frame, lab, tables }: CircuitsProps) {
  const [chosen, setChosen] = useState(0);
  const head = Math.min(chosen, tables.heads - 1);
  const twin = twinOf(frame);
  const options = Array.from({ length: tables.heads }, (_, i) => ({
    value: String(i),
    label: `head ${i + 1}`,
  }));
  const name = (number: number) => vocabulary[number] ?? "";
  const table = (kind: "QK" | "OV", title: string, nameOf: (i: number, j: number) => string) => {
    const values = layerOf(frame.values[`${twin}.${kind}_words`], head);
    return (
      <WordTable
        title={title}
        label={`${title}, word by word`}
        values={values}
        scale="diverging"
        nameOf={(i, j) =>
          `${nameOf(i, j)} ${signedText(values.data[i * vocabulary.length + j], 2)}`
        }
        onChoose={(i, j) => {
          const [source, last] = kind === "QK" ? [j, i] : [i, null];
          const text = last === null ? name(source) : `${name(source)} ${name(last)}`;
          return lab.configure({ text });
        }}
        sym={`${kind}_words`}
      />
    );
  };
  return (
    <section className="skip-circuits">
      <div className="skip-choose">
        <Segmented
          label="Tables of"
          value={String(head)}
          options={options}
          onChange={(value) => setChosen(Number(value))}
        />
        <Gate frame={frame} lab={lab} tables={tables} head={head} />
      </div>
      {table(
        "QK",
        "QK: the row’s word looks at the column’s",
        (i, j) => `${name(i)} at ${name(j)}`,
      )}
      {table(
        "OV",
        "OV: a look at the row’s word raises the column’s",
        (i, j) => `${name(i)} → ${name(j)}`,
      )}
      <Eigenvalues frame={frame} head={head} />
    </section>
  );
}

/** Takes the head out of the model, or puts it back. */
function Gate({ frame, lab, tables, head }: CircuitsProps & { readonly head: number }) {
  const name = `${twinOf(frame)}.blocks.0.attn.gate`;
  const isIn = (i: number) => (tables.gate[i] ?? 1) !== 0;
  const toggle = () => {
    const next = Array.from({ length: tables.heads }, (_, i) => isIn(i) !== (i === head));
    if (next.every(Boolean)) return lab.release(name);
    return lab.write(
      name,
      next.map((stays) => [[stays ? 1 : 0]]),
    );
  };
  return (
    <label className="skip-gate">
      <input type="checkbox" checked={isIn(head)} onChange={() => void toggle()} /> takes part
    </label>
  );
}

const sets = [
  { value: "all", label: "all words" },
  { value: "things", label: "the things" },
];

/** The eigenvalues of the OV table that are not 0, over all words or the things alone, as numbers of the plane. */
function Eigenvalues({ frame, head }: Pick<FigureProps, "frame"> & { readonly head: number }) {
  const [set, setSet] = useState("all");
  const of = (name: string) => layerOf(frame.values[`${twinOf(frame)}.${name}`], head).data;
  const all = finite(of("core")) ? eigenvalues(of("core"), skipSizes.d_head) : [];
  const own = among(things.map(numberOf), of("OV_words"));
  const ofThings = finite(own) ? eigenvalues(own, things.length) : [];
  const found = set === "all" ? all : ofThings;
  const reach = Math.max(1, ...found.map(({ re, im }) => Math.hypot(re, im)));
  const axis = { domain: [-1.1 * reach, 1.1 * reach], ticks: 3 } as const;
  const score = (values: typeof all) => copyingScore(values).toFixed(2).replace("-", "−");
  return (
    <figure className="skip-eigen">
      <figcaption>
        Copying score: over all words <strong>{score(all)}</strong>, among the things{" "}
        <strong>{score(ofThings)}</strong>
      </figcaption>
      <Segmented label="Eigenvalues" value={set} options={sets} onChange={setSet} />
      <Plane
        x={{ ...axis, label: "real part" }}
        y={{ ...axis, label: "imaginary part" }}
        width={340}
        height={340}
        label={`The eigenvalues of head ${head + 1}, the largest ${numberText(found[0]?.re, 2)}; copying score ${score(found)}`}
      >
        <Dots found={found} />
      </Plane>
    </figure>
  );
}

/** While training goes astray there may be none for a moment. */
const finite = (all: ArrayLike<number>): boolean =>
  all.length > 0 && Array.from(all).every(Number.isFinite);

function Dots({ found }: { readonly found: readonly { re: number; im: number }[] }) {
  const { x, y } = usePlane();
  return (
    <>
      {found.map(({ re, im }, i) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: an eigenvalue is its rank
          key={i}
          cx={x(re)}
          cy={y(im)}
          r={7}
          className={re < 0 ? "skip-negative" : "skip-positive"}
        />
      ))}
    </>
  );
}
