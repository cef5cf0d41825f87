import "./latentPlane.css";
import { useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { OwnPictures } from "../../../src/widgets/OwnPictures.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import type { Place } from "../../../src/widgets/useMovable.ts";
import { side } from "../digits.ts";
import {
  classes,
  codeAt,
  codesOf,
  groundOf,
  pairOf,
  type Slice,
  shareOfKind,
  withDraws,
} from "../planeLab.ts";
import { rowOf } from "../planeNumbers.ts";
import { BetweenTwo, betweenProbes } from "./BetweenTwo.tsx";
import { CodePlane, type PlaneShows } from "./CodePlane.tsx";
import { CostCurves } from "./CostCurves.tsx";
import { EachNumber, traversalProbes } from "./EachNumber.tsx";
import { FromThePrior, priorProbes } from "./FromThePrior.tsx";
import { useProbes } from "./useProbes.ts";
import { type OwnDigit, ownProbes, YourDigit } from "./YourDigit.tsx";

const panels = [
  { value: "numbers", label: "Number by number" },
  { value: "between", label: "Between two" },
  { value: "prior", label: "Out of nothing" },
  { value: "own", label: "Your digit" },
] as const;
type Panel = (typeof panels)[number]["value"];

/** A variational autoencoder's codes on a plane, with the decoder under the reader's hand. */
export function LatentPlane({ frame, lab, projected }: FigureProps) {
  const { config, values } = frame;
  const d = Number(config.z);
  const [walk, setWalk] = useState<Place>([0, 0]);
  const [hover, setHover] = useState<Place | null>(null);
  const [across, setAcross] = useState(0);
  const [up, setUp] = useState(1);
  const [digit, setDigit] = useState(0);
  const [panel, setPanel] = useState<Panel>("numbers");
  const [shows, setShows] = useState<PlaneShows>("both");
  const [draw, setDraw] = useState(1);
  const [own, setOwn] = useState<OwnDigit | null>(null);

  const ends = [rowOf(values.mu, 0), rowOf(values.mu, 1)] as const;
  const slice: Slice = {
    base: d > 2 && ends[0].length === d ? ends[0] : new Float32Array(d),
    axes: across < d && up < d && across !== up ? [across, up] : [0, 1],
    digit,
  };
  const place = hover ?? walk;
  const code = codeAt(slice, place);
  const { watches, probes } = probesOf(panel, { d, code, ends, digit, draw, own });
  useProbes(lab, [...watches, "x_hat@walk"], {
    ...probes,
    walk: codesOf([code], digit),
    ground: groundOf(slice),
  });

  return (
    <div className="latent" data-projected={projected || undefined}>
      <div className="latent-plane">
        <CodePlane
          frame={frame}
          slice={slice}
          shows={shows}
          walk={walk}
          onWalk={setWalk}
          onHover={setHover}
          own={panel === "own" && own !== null}
          marksEnds={panel === "between"}
        />
        <div className="latent-controls">
          <Segmented
            label="On the plane"
            value={shows}
            options={[
              { value: "both", label: "both" },
              { value: "pictures", label: "pictures" },
              { value: "codes", label: "codes" },
            ]}
            onChange={(next) => setShows(next as PlaneShows)}
          />
          {d > 2 && <Axes d={d} axes={slice.axes} onAcross={setAcross} onUp={setUp} />}
          {config.conditional === true && (
            <Select
              label="Decode as a"
              value={String(digit)}
              options={numbered(classes, 0)}
              onChange={(next) => setDigit(Number(next))}
            />
          )}
        </div>
      </div>
      <div className="latent-side">
        <UnderHand frame={frame} code={code} />
        <Home frame={frame} />
        <CostCurves frame={frame} probe="test" />
      </div>
      <div className="latent-more">
        <Segmented
          label="Look at it"
          value={panel}
          options={panels}
          onChange={(next) => setPanel(next as Panel)}
        />
        {panel === "numbers" && <EachNumber frame={frame} />}
        {panel === "between" && <BetweenTwo frame={frame} lab={lab} />}
        {panel === "prior" && (
          <FromThePrior frame={frame} onDraw={() => setDraw((before) => before + 1)} />
        )}
        {panel === "own" && <YourDigit frame={frame} own={own} onDraw={setOwn} />}
      </div>
      <OwnPictures
        size={side}
        labels="welcome"
        isOwn={config.source === "own"}
        onTake={({ x, y }) => {
          const data = withDraws({ x, ...(y && { y }) });
          return lab.edit({
            config: { source: "own" },
            data,
            input: pairOf(data, [0, Math.min(1, (x.shape[0] ?? 1) - 1)]),
          });
        }}
        onReturn={() => lab.configure({ source: "digits" })}
      />
    </div>
  );
}

interface Looking {
  readonly d: number;
  readonly code: readonly number[];
  readonly ends: readonly [readonly number[], readonly number[]];
  readonly digit: number;
  readonly draw: number;
  readonly own: OwnDigit | null;
}

function probesOf(panel: Panel, { d, code, ends, digit, draw, own }: Looking) {
  if (panel === "numbers") return traversalProbes(code, digit);
  if (panel === "between") return betweenProbes(ends, digit);
  if (panel === "prior") return priorProbes(d, draw, digit);
  return ownProbes(own, digit);
}

const numbered = (count: number, first: number) =>
  Array.from({ length: count }, (_, i) => ({ value: String(i), label: String(i + first) }));

interface AxesProps {
  readonly d: number;
  readonly axes: readonly [number, number];
  readonly onAcross: (axis: number) => void;
  readonly onUp: (axis: number) => void;
}

/** Which two numbers of a longer code the plane shows. */
function Axes({ d, axes: [across, up], onAcross, onUp }: AxesProps) {
  return (
    <>
      <Select
        label="Across: number"
        value={String(across)}
        options={numbered(d, 1).filter(({ value }) => value !== String(up))}
        onChange={(next) => onAcross(Number(next))}
      />
      <Select
        label="Up: number"
        value={String(up)}
        options={numbered(d, 1).filter(({ value }) => value !== String(across))}
        onChange={(next) => onUp(Number(next))}
      />
    </>
  );
}

/** What the decoder makes of the place under the hand. */
function UnderHand({ frame, code }: { readonly frame: Frame; readonly code: readonly number[] }) {
  const x_hat = frame.values["x_hat@walk"];
  const text = code.slice(0, 2).map((number) => numberText(number, 2));
  return (
    <figure className="latent-hand">
      <Picture
        values={firstPicture(x_hat)}
        label="What the decoder makes of the place under your hand"
        sym="x_hat"
      />
      <figcaption>
        decoded from z = ({text.join(", ")}
        {code.length > 2 ? ", …" : ""})
      </figcaption>
    </figure>
  );
}

function firstPicture(rows: NDArray | undefined): NDArray {
  const data = rows?.data.slice(0, side * side) ?? new Float32Array(side * side);
  return { shape: [side, side], data };
}

/** How well the codes keep the classes apart. */
function Home({ frame }: { readonly frame: Frame }) {
  const share = shareOfKind(frame);
  if (Number.isNaN(share)) return null;
  const told = frame.config.conditional === true;
  return (
    <p className="figure-note">
      {numberText(100 * share)} % of the pictures held out lie, by their five nearest neighbours,
      among their own kind.{" "}
      {told
        ? "Encoder and decoder are told the digit, so the code need not say it."
        : "Nobody has told the encoder which digit is which."}
    </p>
  );
}
