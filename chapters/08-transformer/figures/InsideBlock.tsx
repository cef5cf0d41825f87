import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { PictureGrid } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { removalOf } from "../blockLab.ts";
import { alphabet } from "../blockTask.ts";

/** Which number is looked at: in which model, block, token and dimension; from 0. */
export interface At {
  readonly twin: "whole" | "without";
  readonly layer: number;
  readonly place: number;
  readonly number: number;
}

const partOf = ({ twin, layer }: At) => `${twin}.blocks.${layer}`;

/** What a block holds, of the parts that are there. */
function held({ twin }: At, removed: string) {
  const lacks = (name: string) => twin === "without" && removed === name;
  return { norms: !lacks("norm"), ffn: !lacks("ffn"), isPost: lacks("post") };
}

/** What is to be watched to open this block. */
export function insideWatches(at: At, removed: string): string[] {
  const { norms, ffn } = held(at, removed);
  const names = [
    "resid_pre",
    "attn.out",
    "resid_mid",
    "resid_post",
    ...(norms ? normTaps.map((name) => `norm_1.${name}`) : []),
    ...(norms ? ["norm_1.gamma", "norm_1.beta"] : []),
    ...(norms && ffn ? ["norm_2.y"] : []),
    ...(ffn ? ["ffn.a", "ffn.out"] : []),
  ];
  return names.map((name) => `${partOf(at)}.${name}`);
}

const normTaps = ["mu", "sigma2", "x_hat", "y"];
/** Added to a variance before its root is divided by: as in `layerNorm`. */
const epsilon = 1e-5;

interface InsideBlockProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly values: Frame["values"];
  readonly at: At;
  readonly onAt: (at: At) => void;
}

/** One block at one token: what the stream is after each part, and one of its numbers through the norm. */
export function InsideBlock({ frame, lab, values, at, onAt }: InsideBlockProps) {
  const removed = String(frame.config.removed);
  const { norms, ffn, isPost } = held(at, removed);
  const of = (name: string) => values[`${partOf(at)}.${name}`];
  const layers = Number(frame.config.layers);
  const tokens = Array.from(frame.input.x?.data ?? [], (token) => alphabet[token] ?? "?");
  const rows = [
    { name: "resid_pre", label: "the stream comes in" },
    ...(norms && !isPost ? [{ name: "norm_1.y", label: "norm: what attention reads" }] : []),
    { name: "attn.out", label: "attention writes" },
    ...(isPost ? [{ name: "norm_1.y", label: "norm of the sum" }] : []),
    { name: "resid_mid", label: "the stream after attention" },
    ...(norms && ffn && !isPost ? [{ name: "norm_2.y", label: "norm: what is fed forward" }] : []),
    ...(ffn ? [{ name: "ffn.out", label: "feed-forward writes" }] : []),
    { name: "resid_post", label: "the stream goes out" },
  ].map(({ name, label }) => ({ label, values: rowAt(of(name), at.place) }));
  const d = rows[0]?.values.length ?? 0;
  if (rows.some(({ values: row }) => row.length !== d || d === 0)) {
    return <p className="figure-note">The block is being read.</p>;
  }
  return (
    <div className="inside">
      <div className="inside-choice">
        <Segmented
          label="Model"
          value={at.twin}
          options={[
            { value: "whole", label: "whole" },
            { value: "without", label: removalOf(frame).without },
          ]}
          onChange={(twin) => onAt({ ...at, twin: twin as At["twin"] })}
        />
        {layers > 1 && (
          <Segmented
            label="Block"
            value={String(at.layer)}
            options={Array.from({ length: layers }, (_, i) => ({
              value: String(i),
              label: String(i + 1),
            }))}
            onChange={(layer) => onAt({ ...at, layer: Number(layer) })}
          />
        )}
        <Segmented
          label="Token"
          value={String(at.place)}
          options={tokens.map((token, place) => ({ value: String(place), label: token }))}
          onChange={(place) => onAt({ ...at, place: Number(place) })}
        />
      </div>
      <div className="inside-rows">
        <ol>
          {rows.map(({ label, values: row }) => (
            <li key={label}>
              <b>{label}</b>
              <span>length {numberText(Math.hypot(...row), 3)}</span>
            </li>
          ))}
        </ol>
        <PictureGrid
          values={{
            shape: [rows.length, 1, d],
            data: Float32Array.from(rows.flatMap(({ values: row }) => row)),
          }}
          label={`Block ${at.layer + 1} at “${tokens[at.place]}”, ${d} numbers a row`}
          columns={1}
          scale="diverging"
        />
      </div>
      {norms && <NormInNumbers lab={lab} at={at} onAt={onAt} of={of} isPost={isPost} />}
      {ffn ? (
        <Units a={rowAt(of("ffn.a"), at.place)} />
      ) : (
        <p>There is no feed-forward layer here.</p>
      )}
    </div>
  );
}

/** The numbers of one token, of an array `[1, T, d]`. */
function rowAt(array: NDArray | undefined, place: number): number[] {
  const d = array?.shape.at(-1) ?? 0;
  return Array.from(array?.data.subarray(place * d, (place + 1) * d) ?? []);
}

interface NormProps extends Pick<FigureProps, "lab"> {
  readonly at: At;
  readonly onAt: (at: At) => void;
  readonly of: (name: string) => NDArray | undefined;
  readonly isPost: boolean;
}

/** One number through the first norm of the block: less the mean, by the deviation, then scaled and shifted. */
function NormInNumbers({ lab, at, onAt, of, isPost }: NormProps) {
  const { place, number } = at;
  const [gamma, beta] = [of("norm_1.gamma"), of("norm_1.beta")];
  const d = gamma?.shape[0] ?? 0;
  const before = rowAt(of("resid_pre"), place)[number] ?? Number.NaN;
  const added = isPost ? (rowAt(of("attn.out"), place)[number] ?? Number.NaN) : 0;
  const x = before + added;
  const [mu, sigma2] = [entry(of("norm_1.mu"), place), entry(of("norm_1.sigma2"), place)];
  const x_hat = rowAt(of("norm_1.x_hat"), place)[number];
  const y = rowAt(of("norm_1.y"), place)[number];
  const put = (name: "gamma" | "beta", array: NDArray | undefined) => {
    return (value: number, gesture: string) => {
      const data = Float32Array.from(array?.data ?? []);
      data[number] = value;
      return lab.write(`${partOf(at)}.norm_1.${name}`, { shape: [d], data }, gesture);
    };
  };
  const two = (value: number | undefined) => numberText(value, 3);
  const signed = (value: number) => (value < 0 ? `(${two(value)})` : two(value));
  return (
    <section className="inside-norm">
      <h3>The first norm of this block, in numbers</h3>
      <Slider
        label={`Number, of ${d}`}
        value={number + 1}
        min={1}
        max={d}
        step={1}
        onChange={(next) => onAt({ ...at, number: next - 1 })}
      />
      <p>
        Of the {d} numbers the mean is μ = {two(mu)} and the variance σ² = {two(sigma2)}. Number{" "}
        {number + 1} is x = {two(x)}.
      </p>
      <p>
        x̂ = ({two(x)} − {signed(mu)}) / √({two(sigma2)} + ε) = <b>{two(x_hat)}</b>, with ε ={" "}
        {epsilon.toFixed(5)}, so that nothing is ever divided by zero.
      </p>
      <p>
        y = γ x̂ + β ={" "}
        <NumberField
          key={`gamma ${partOf(at)} ${number}`}
          label={`γ, number ${number + 1}`}
          value={entry(gamma, number)}
          onChange={put("gamma", gamma)}
        />{" "}
        · {signed(x_hat ?? Number.NaN)} +{" "}
        <NumberField
          key={`beta ${partOf(at)} ${number}`}
          label={`β, number ${number + 1}`}
          value={entry(beta, number)}
          onChange={put("beta", beta)}
        />{" "}
        = <b>{two(y)}</b>
      </p>
    </section>
  );
}

/** The units of the feed-forward layer at one token. */
function Units({ a }: { readonly a: readonly number[] }) {
  const lit = a.filter((value) => value > 0).length;
  return (
    <section className="inside-units">
      <p>
        Between its two matrices the feed-forward layer has {a.length} units. At this token {lit} of
        them answer; the others are cut off at 0.
      </p>
      <PictureGrid
        values={{ shape: [1, 1, a.length], data: Float32Array.from(a) }}
        label="The units of the feed-forward layer"
        columns={1}
        reach={Math.max(...a, 1e-6)}
      />
    </section>
  );
}
