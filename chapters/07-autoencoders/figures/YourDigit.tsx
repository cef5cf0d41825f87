import { filled, type NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import { InkPad } from "../../../src/widgets/InkPad.tsx";
import { side } from "../digits.ts";
import { nearest, neighbours, rowOf } from "../planeNumbers.ts";
import { classCharacter } from "./CodePlane.tsx";

/** What the reader has drawn, `[side, side]`. */
export type OwnDigit = NDArray;

/** The reader's digit as an input; `digit` is what a conditional model is told that it is. */
export function ownProbes(own: OwnDigit | null, digit: number) {
  if (!own) return { watches: [], probes: {} };
  return {
    watches: ["mu@own", "log_var@own", "x_hat@own"],
    probes: {
      own: { x: { shape: [1, side, side], data: own.data }, y: filled([1], digit) },
    },
  };
}

interface YourDigitProps {
  readonly frame: Frame;
  readonly own: OwnDigit | null;
  readonly onDraw: (own: OwnDigit | null) => void;
}

/** A digit of the reader's: what the encoder makes of it, and what the decoder makes of that. */
export function YourDigit({ frame, own, onDraw }: YourDigitProps) {
  const { values } = frame;
  const x_hat = values["x_hat@own"];
  const pictures = [
    { name: "what goes in", values: own ?? filled([side, side]) },
    {
      name: "what comes out",
      values: x_hat ? { shape: [side, side], data: x_hat.data } : filled([side, side]),
    },
  ];
  return (
    <div className="latent-yours">
      <InkPad
        label="Draw a digit"
        size={side}
        onDraw={({ strokes, picture }) => onDraw(strokes.length > 0 ? picture : null)}
      />
      <div className="latent-yours-pictures">
        {pictures.map(({ name, values }) => (
          <figure key={name}>
            <Picture values={values} label={name} />
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
      <p className="figure-note" aria-live="polite">
        {own
          ? landed(frame)
          : "Draw a digit, or take one that is written already: it lands on the plane."}
      </p>
    </div>
  );
}

/** Where it has landed, in words. */
function landed(frame: Frame): string {
  const { values, data, heldOut } = frame;
  const [mu, log_var] = [rowOf(values["mu@own"], 0), rowOf(values["log_var@own"], 0)];
  const codes = values["mu@test"];
  if (mu.length === 0 || !codes || codes.shape[1] !== mu.length) return "";
  const places = mu
    .slice(0, 2)
    .map((at, k) => `${numberText(at, 2)} ± ${numberText(Math.exp((log_var[k] ?? 0) / 2), 2)}`);
  const around = nearest(codes, mu, neighbours).map((row) =>
    classCharacter(data.y?.data[heldOut[row] ?? 0] ?? 0),
  );
  const more = mu.length > 2 ? ", …" : "";
  return `It lands at μ ± σ = (${places.join(", ")}${more}). Its nearest neighbours there are ${around.join(", ")}. The ellipses on the plane are one σ and two.`;
}
