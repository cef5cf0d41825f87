import { entry } from "../../../src/data/ndarray.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { numbers, pointText } from "../words.ts";
import type { Line } from "./geometry.ts";

interface NextStepProps {
  readonly frame: FigureProps["frame"];
  readonly y_hat: readonly number[];
  readonly line: Line;
}

/** What the next step will do to w and b, with its numbers, where one example at a time is learnt. */
export function NextStep({ frame, y_hat, line }: NextStepProps) {
  const { batch, config } = frame;
  const [index = 0, ...others] = batch;
  if (config.optimiser !== "sgd") {
    return (
      <p className="figure-note">
        This optimiser also remembers earlier steps. Choose SGD to see a step written out.
      </p>
    );
  }
  if (batch.length === 0 || others.length > 0) {
    return (
      <p className="figure-note">
        A step now averages over {batch.length} dots. Set the examples a step to 1 to see one step
        written out.
      </p>
    );
  }
  const x = numbers(frame.data.x).slice(2 * index, 2 * index + 2);
  const y = entry(frame.data.y, index);
  const eta = Number(config.learningRate);
  const error = y - (y_hat[index] ?? Number.NaN);
  // The result is the engine's own gradient's; the sum beside it shows how the rule comes to it.
  const slope = { w: frame.values["grad w@batch"], b: entry(frame.values["grad b@batch"]) };
  const w = line.w.map((weight, i) => weight - eta * entry(slope.w, i));
  const b = line.b - eta * slope.b;
  return (
    <div className="next-step">
      <p>
        Next: the dot {pointText(frame.data.x, index)}. It wants <span data-sym="y">y</span> ={" "}
        {numberText(y)} and gets <span data-sym="y_hat">ŷ</span> = {numberText(y_hat[index])}.{" "}
        {error === 0 ? "Right: nothing will change." : `The error y − ŷ is ${signedText(error)}.`}
      </p>
      {error !== 0 && (
        <p className="next-step-sums">
          <span data-sym="w">w</span> ← {pair(line.w)} + {numberText(eta)} × ({signedText(error)}) ×{" "}
          {pair(x)} = <strong>{pair(w)}</strong>
          <br />
          <span data-sym="b">b</span> ← {numberText(line.b)} + {numberText(eta)} × (
          {signedText(error)}) = <strong>{numberText(b)}</strong>
        </p>
      )}
    </div>
  );
}

function pair(values: readonly number[]): string {
  return `(${values.map((value) => numberText(value)).join(", ")})`;
}
