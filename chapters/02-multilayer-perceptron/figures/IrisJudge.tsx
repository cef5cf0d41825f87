import { type CSSProperties, type MouseEvent, useState } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { classCss, sequentialCss } from "../../../src/viz/colour.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { type Meaning, meaningOf, measureText, rowsInUnits, winners } from "../irisData.ts";
import { numbers } from "../words.ts";
import { Beliefs } from "./Beliefs.tsx";
import { IrisSeeds } from "./IrisSeeds.tsx";

/** What the network says of the rows that it has never learnt from: counted, and one by one. */
export function IrisJudge(props: FigureProps) {
  const { frame } = props;
  const meaning = meaningOf(frame.config);
  const truth = numbers(frame.input.y);
  const answers = winners(frame.values.y_hat);
  const right = truth.filter((label, row) => label === answers[row]).length;
  return (
    <div className="iris-judge">
      <div>
        <Confusion meaning={meaning} truth={truth} answers={answers} />
        <p className="iris-share">
          <strong>{numberText((100 * right) / truth.length)} %</strong> of the held-out{" "}
          {meaning.many} named rightly
        </p>
        <IrisSeeds {...props} />
      </div>
      <OneByOne frame={frame} meaning={meaning} truth={truth} answers={answers} />
    </div>
  );
}

interface AnswersProps {
  readonly meaning: Meaning;
  readonly truth: readonly number[];
  readonly answers: readonly number[];
}

/** The confusion matrix: in a row the rows of one class, by what the network called them. */
function Confusion({ meaning, truth, answers }: AnswersProps) {
  const { classes } = meaning;
  const counts = classes.map((_, is) =>
    classes.map((_, said) => truth.filter((t, i) => t === is && answers[i] === said).length),
  );
  return (
    <table className="confusion viz-cells-table">
      <caption>Held-out {meaning.many}: what they are, and what the network calls them</caption>
      <thead>
        <tr>
          <td />
          {classes.map((name, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
            <th key={k} scope="col">
              called {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counts.map((row, is) => {
          const all = row.reduce((sum, count) => sum + count, 0);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
            <tr key={is}>
              <th scope="row">is {classes[is]}</th>
              {row.map((count, said) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
                  key={said}
                  className="viz-cell"
                  data-wrong={(count > 0 && said !== is) || undefined}
                  style={{ "--cell": sequentialCss(count, Math.max(1, all)) } as CSSProperties}
                >
                  {count}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const high = 60;

/** Every held-out row as a column of its probabilities; one of them in numbers. */
function OneByOne({ frame, meaning, truth, answers }: AnswersProps & Pick<FigureProps, "frame">) {
  const [wish, setWish] = useState<number | null>(null);
  const y_hat = frame.values.y_hat;
  const count = truth.length;
  const k = meaning.classes.length;
  // The rows stand class by class, so that a column of the wrong hue is seen at once.
  const order = truth.map((_, row) => row).sort((a, b) => (truth[a] ?? 0) - (truth[b] ?? 0));
  const wrong = order.findIndex((row) => truth[row] !== answers[row]);
  const chosen = Math.min(wish ?? Math.max(0, wrong), count - 1);
  const row = order[chosen] ?? 0;
  const below = order.map(() => 0);
  const layers = meaning.classes.map((_, label) =>
    order
      .map((at, place) => {
        const share = entry(y_hat, at * k + label) || 0;
        const from = below[place] ?? 0;
        below[place] = from + share;
        return `M${place} ${(high * (1 - from)).toFixed(1)}v${(-high * share).toFixed(1)}h1v${(high * share).toFixed(1)}z`;
      })
      .join(""),
  );
  const choose = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setWish(Math.floor(((event.clientX - box.left) / box.width) * count));
  };
  const measured = rowsInUnits(frame.input.x, frame.config, meaning)[row] ?? [];
  const isRight = truth[row] === answers[row];
  return (
    <div className="one-by-one">
      <p className="figure-note">
        Every held-out {meaning.one} as a column: how probable the network thinks each class. Choose
        one.
      </p>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the slider below does the same by keyboard */}
      <svg
        className="belief-columns"
        viewBox={`0 -6 ${count} ${high + 12}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`The probabilities of ${count} held-out ${meaning.many}`}
        onClick={choose}
      >
        {layers.map((path, label) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
          <path key={label} d={path} fill={classCss(label)} />
        ))}
        {order.map((at, place) =>
          truth[at] === answers[at] ? null : (
            <path key={at} className="belief-wrong" d={`M${place + 0.1} -3h.8`} />
          ),
        )}
        <rect className="belief-chosen" x={chosen} y={-5} width={1} height={high + 10} />
        <g className="belief-truth">
          {order.map((at, place) => (
            <path
              key={at}
              d={`M${place} ${high + 4}h1`}
              style={{ stroke: classCss(truth[at] ?? 0) }}
            />
          ))}
        </g>
      </svg>
      <Slider
        label={meaning.one}
        value={chosen + 1}
        min={1}
        max={count}
        step={1}
        valueText={(value) => `${value} of ${count}`}
        onChange={(value) => setWish(value - 1)}
      />
      <p className="figure-note one-row">
        {measured
          .map(
            (value, column) =>
              `${meaning.columns[column]?.name} ${measureText(value, meaning.unit)}${meaning.unit && ` ${meaning.unit}`}`,
          )
          .join(" · ")}
        . It is <strong>{meaning.classes[truth[row] ?? 0]}</strong>
        {isRight
          ? ", and is called so."
          : `, but is called ${meaning.classes[answers[row] ?? 0] ?? ""}.`}
      </p>
      <Beliefs
        classes={meaning.classes}
        shares={meaning.classes.map((_, label) => entry(y_hat, row * k + label))}
      />
    </div>
  );
}
