import type { ReactNode } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import type { HeadsConfig } from "../headsLab.ts";
import { headSizes } from "../headsSizes.ts";
import { patternOf, rowOf } from "./headNumbers.ts";

interface SplitHeadsProps extends Pick<FigureProps, "frame"> {
  readonly words: readonly string[];
  readonly place: number;
}

const { heads, d_head, d_model } = headSizes;

/** One word on its way through a layer: split among the heads, put side by side again, and written to the stream. */
export function SplitHeads({ frame, words, place }: SplitHeadsProps) {
  const { layer } = frame.config as HeadsConfig;
  const of = (name: string): NDArray | undefined => frame.values[`blocks.${layer - 1}.${name}`];
  const A = frame.values["blocks.*.attn.A"];
  const [Z, W_O] = [of("attn.Z"), of("attn.W_O")];
  const [x, concat, out] = ["resid_pre", "attn.concat", "attn.out"].map((name) =>
    rowOf(of(name), place),
  ) as [Float32Array, Float32Array, Float32Array];
  if (!A || !Z || !W_O) return null;
  const T = Z.shape.at(-2) ?? 1;
  const own = Array.from({ length: heads }, (_, head) => {
    const gathered = rowOf(Z, head * T + place);
    const passed = concat.subarray(head * d_head, (head + 1) * d_head);
    return {
      head: head + 1,
      looks: rowOf(patternOf(A, { layer, head: head + 1 }, words.length), place),
      gathered,
      written: written(passed, W_O, head),
    };
  });
  const reach = extentOf(own.flatMap(({ gathered }) => [...gathered])).reach;
  const outReach = extentOf([...out, ...own.flatMap((head) => [...head.written])]).reach;
  return (
    <section
      className="heads-split"
      aria-label={`“${words[place]}” on its way through layer ${layer}`}
    >
      <h3>
        “{words[place]}” on its way through layer {layer}
      </h3>
      <Strip values={x} label="its row of the stream" sym="resid_pre">
        the stream, {d_model} numbers: every head reads all of it
      </Strip>
      <div className="heads-split-heads">
        {own.map(({ head, looks, gathered }) => (
          <div key={head}>
            <p>
              Head {layer}.{head}
            </p>
            <Strip values={looks} label={`where head ${head} looks`} scale="ink">
              looks at {words[looks.indexOf(Math.max(...looks))]}
            </Strip>
            <Strip values={gathered} label={`what head ${head} gathers`} reach={reach} sym="Z">
              gathers {d_head} numbers
            </Strip>
          </div>
        ))}
      </div>
      <Strip values={concat} label="side by side" reach={reach} sym="concat">
        side by side, {heads} × {d_head} = {d_model}; a head taken out leaves zeros
      </Strip>
      <div className="heads-split-written">
        {own.map(({ head, written }) => (
          <Strip key={head} values={written} label={`what head ${head} adds`} reach={outReach}>
            {head === 1 ? "" : "+ "}
            {layer}.{head} through its rows of W<sub>O</sub>
          </Strip>
        ))}
      </div>
      <Strip values={out} label="what the layer adds" reach={outReach} sym="out">
        = what the layer adds to the stream at this word
      </Strip>
    </section>
  );
}

/** What a head adds to the stream: what it gathered times its matrix, `[d_head]` and `[h, d_head, d_model]`. */
function written(gathered: Float32Array, W_O: NDArray, head: number): Float32Array {
  return Float32Array.from({ length: d_model }, (_, column) =>
    gathered.reduce(
      (sum, value, k) => sum + value * entry(W_O, (head * d_head + k) * d_model + column),
      0,
    ),
  );
}

interface StripProps {
  readonly values: Float32Array;
  readonly label: string;
  readonly scale?: "ink" | "diverging";
  readonly reach?: number;
  readonly sym?: string;
  readonly children: ReactNode;
}

/** A row of numbers as one picture, with what it is. */
function Strip({ values, label, scale = "diverging", reach, sym, children }: StripProps) {
  return (
    <figure className="heads-strip">
      <div className="heads-strip-cells">
        <Picture
          values={{ shape: [1, values.length], data: values }}
          label={label}
          scale={scale}
          reach={reach}
          sym={sym}
        />
      </div>
      <figcaption>{children}</figcaption>
    </figure>
  );
}
