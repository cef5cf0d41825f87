import type { ReactNode } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { plainText } from "../plainText.ts";
import { operationOf, outputAt, placeOf, seenAt, windowOf } from "../windowLab.ts";
import { channelName } from "../windowPicture.ts";

interface WindowSumProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The map on show, and for pooling the channel. */
  readonly map: number;
}

/** What the window computes where it lies, with its numbers. */
export function WindowSum(props: WindowSumProps) {
  return operationOf(props.frame.config) === "convolution" ? (
    <WeightedSum {...props} />
  ) : (
    <Pooled {...props} />
  );
}

const factor = (value: number): string => (value < 0 ? `(${plainText(value)})` : plainText(value));

function WeightedSum({ frame, lab, map }: WindowSumProps) {
  const { kernel } = windowOf(frame.config);
  const channels = Number(frame.config.c_in);
  const place = placeOf(frame);
  const { W, b } = frame.values;
  const size = kernel * kernel;
  const reach = extentOf(W?.data ?? []).reach;
  const parts = Array.from({ length: channels }, (_, channel) => {
    const first = (map * channels + channel) * size;
    const weights = Array.from({ length: size }, (_, i) => entry(W, first + i));
    const seen = seenAt(frame, place, channel);
    const products = weights.map((weight, i) => weight * (seen[i] ?? 0));
    return { first, weights, seen, products, sum: products.reduce((sum, value) => sum + value, 0) };
  });
  const setWeights = (first: number, values: readonly number[], gesture: string) => {
    if (!W) return;
    const data = W.data.slice();
    data.set(values, first);
    return lab.write("W", { shape: W.shape, data }, gesture);
  };
  const square = (data: readonly number[]) => ({ shape: [kernel, kernel], data });
  return (
    <div className="window-sum">
      {parts.map(({ first, weights, seen, products, sum }, channel) => {
        const name = channelName(channel, channels);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its place
          <div className="window-sum-channel" key={channel}>
            {channels > 1 && <span className="window-sum-name">{name}</span>}
            <Part caption="window" sym="x">
              <Heatmap
                values={square(seen)}
                label={`Window on ${name}`}
                scale="sequential"
                reach={1}
                digits={2}
              />
            </Part>
            <span className="window-sum-sign">·</span>
            <Part caption="kernel" sym="W">
              <EditableMatrix
                key={`${kernel} ${first}`}
                values={square(weights)}
                label={channels > 1 ? `Kernel for ${name}` : "Kernel"}
                reach={reach}
                digits={2}
                width={4.8}
                onChange={(values, gesture) => setWeights(first, values, gesture)}
              />
            </Part>
            <span className="window-sum-sign">=</span>
            <Part caption="products">
              <Heatmap
                values={square(products)}
                label={`Products for ${name}`}
                reach={reach}
                digits={2}
              />
            </Part>
            {channels > 1 && (
              <span className="window-sum-total">
                sum <strong>{plainText(sum)}</strong>
              </span>
            )}
          </div>
        );
      })}
      <p className="window-sum-line">
        <span data-sym="z">z</span> ={" "}
        {channels > 1
          ? parts.map(({ sum }, i) => (i === 0 ? plainText(sum) : plus(plainText(sum)))).join("")
          : written(parts[0]?.seen ?? [], parts[0]?.weights ?? [])}{" "}
        +{" "}
        <NumberField
          label="Bias b"
          value={entry(b, map)}
          initial={0}
          width={4.5}
          sym="b"
          onChange={(value, gesture) => {
            const biases = Array.from(b?.data ?? []);
            biases[map] = value;
            return lab.write("b", biases, gesture);
          }}
        />{" "}
        = <strong>{plainText(outputAt(frame, place, map))}</strong>
      </p>
    </div>
  );
}

const plus = (text: string): string =>
  text.startsWith("−") ? ` − ${text.slice(1)}` : ` + ${text}`;

/** The sum of products, those with a zero in them left out. */
function written(seen: readonly number[], weights: readonly number[]): string {
  const terms = seen.flatMap((x, i) => {
    const w = weights[i] ?? 0;
    return x === 0 || w === 0 ? [] : [`${plainText(x)} · ${factor(w)}`];
  });
  return terms.length === 0 ? "0" : terms.join(" + ");
}

function Part(props: { caption: string; sym?: string; children: ReactNode }) {
  return (
    <figure className="window-sum-part" data-sym={props.sym}>
      {props.children}
      <figcaption>{props.caption}</figcaption>
    </figure>
  );
}

function Pooled({ frame, map }: WindowSumProps) {
  const { kernel } = windowOf(frame.config);
  const place = placeOf(frame);
  const seen = seenAt(frame, place, map);
  const numbers = seen
    .map((value) => plainText(value))
    .join(operationOf(frame.config) === "max" ? ", " : " + ");
  const result = <strong>{plainText(outputAt(frame, place, map))}</strong>;
  return (
    <div className="window-sum">
      <div className="window-sum-channel">
        <Part caption="window" sym="x">
          <Heatmap
            values={{ shape: [kernel, kernel], data: seen }}
            label="Window"
            scale="sequential"
            reach={1}
            digits={2}
          />
        </Part>
      </div>
      <p className="window-sum-line">
        <span data-sym="p">p</span> ={" "}
        {operationOf(frame.config) === "max" ? (
          <>
            the greatest of {numbers} = {result}
          </>
        ) : (
          <>
            ({numbers}) / {kernel * kernel} = {result}
          </>
        )}
      </p>
    </div>
  );
}
