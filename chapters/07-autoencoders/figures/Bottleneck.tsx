import "./bottleneck.css";
import { useState } from "react";
import { filled, type NDArray, sizeOf } from "../../../src/data/ndarray.ts";
import { projected as projectedOn, rebuilt } from "../../../src/data/pca.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture, PictureGrid } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { OwnPictures } from "../../../src/widgets/OwnPictures.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { heldErrorNow, litUnits, modeOf, ownPictures, widthOf } from "../bottleneckLab.ts";
import { side } from "../digits.ts";
import { CodeByHand } from "./CodeByHand.tsx";
import { usePrincipal } from "./usePrincipal.ts";
import { WidthChart } from "./WidthChart.tsx";

/** Pictures, what is made of them, and the few numbers between. */
export function Bottleneck({ frame, lab, projected }: FigureProps) {
  const [chosen, setChosen] = useState(2);
  const principal = usePrincipal(frame);
  const width = widthOf(frame.config);
  return (
    <div className="ae">
      <Sheets frame={frame} principal={principal} chosen={chosen} onChoose={setChosen} />
      <div className="ae-inside">
        <Codes frame={frame} chosen={chosen} />
        <CodeByHand
          key={`${chosen} ${width} ${modeOf(frame.config)}`}
          frame={frame}
          lab={lab}
          chosen={chosen}
        />
      </div>
      <Penalty frame={frame} lab={lab} />
      {!projected && <WidthChart frame={frame} principal={principal} />}
      {!projected && <Own frame={frame} lab={lab} />}
    </div>
  );
}

type SheetsProps = Pick<FigureProps, "frame"> & {
  readonly principal: ReturnType<typeof usePrincipal>;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
};

/** Rows of pictures as pictures: `[m, side, side]`. */
function asSquares(rows: NDArray | undefined): NDArray | null {
  if (!rows) return null;
  const shape = [rows.shape[0] ?? 0, side, side];
  return sizeOf(shape) === rows.data.length ? { shape, data: rows.data } : null;
}

function Sheets({ frame, principal, chosen, onChoose }: SheetsProps) {
  const { values, input, config } = frame;
  const width = widthOf(config);
  const x = asSquares(input.x);
  const spoilt = Number(config.share) > 0 ? asSquares(values.x_tilde) : null;
  const made = asSquares(values.x_hat);
  const shown = spoilt ?? x;
  const byComponents =
    principal && shown
      ? asSquares(rebuilt(projectedOn(shown, principal.components), principal.components, width))
      : null;
  const nameOf = (index: number) => `picture ${index + 1}`;
  const columns = x?.shape[0] ?? 1;
  return (
    <div className="ae-sheets">
      {x && (
        <Sheet title="The pictures, held out of training">
          <PictureGrid
            values={x}
            label="The pictures"
            columns={columns}
            nameOf={nameOf}
            chosen={chosen}
            onChoose={onChoose}
            sym="x"
          />
        </Sheet>
      )}
      {spoilt && (
        <Sheet title="What the encoder is shown">
          <PictureGrid values={spoilt} label="Spoilt pictures" columns={columns} sym="x_tilde" />
        </Sheet>
      )}
      <Sheet
        title={`Made again from ${numbersText(width)}`}
        error={heldErrorNow(frame)}
        isSpoilt={spoilt !== null}
      >
        {made && <PictureGrid values={made} label="Made again" columns={columns} sym="x_hat" />}
      </Sheet>
      <Sheet
        title={`By PCA, from ${numbersText(width)}`}
        error={principal?.errors[width]}
        isSpoilt={spoilt !== null}
      >
        <PictureGrid
          values={byComponents ?? filled([columns, side, side])}
          label="Made again by PCA"
          columns={columns}
        />
      </Sheet>
    </div>
  );
}

const numbersText = (width: number): string => (width === 1 ? "1 number" : `${width} numbers`);

interface SheetProps {
  readonly title: string;
  /** The mean over all pictures held out, as they are. */
  readonly error?: number | undefined;
  readonly isSpoilt?: boolean;
  readonly children: React.ReactNode;
}

function Sheet({ title, error, isSpoilt = false, children }: SheetProps) {
  return (
    <figure>
      <figcaption>
        {title}
        {error !== undefined && (
          <span>
            error {isSpoilt ? "on whole pictures " : ""}
            <strong>{Number.isNaN(error) ? "–" : numberText(error)}</strong>
          </span>
        )}
      </figcaption>
      {children}
    </figure>
  );
}

/** The codes of all pictures on show, one a row. */
function Codes({ frame, chosen }: Pick<FigureProps, "frame"> & { readonly chosen: number }) {
  const h = frame.values.h;
  const [rows = 0, width = 0] = h?.shape ?? [];
  const mode = modeOf(frame.config);
  const isSparse = mode === "l1" || mode === "kl";
  if (!h) return null;
  const { mean, ever } = litUnits(h);
  return (
    <figure className="ae-codes">
      <figcaption>
        The codes, a row for each picture{isSparse ? "; dark: the unit answers" : ""}
      </figcaption>
      <div style={{ inlineSize: `min(100%, ${(width * 1.15).toFixed(2)}em)` }}>
        <Picture
          values={h}
          label="The codes"
          scale={isSparse ? "ink" : "diverging"}
          reach={isSparse ? Math.max(...h.data, 1e-6) : undefined}
          sym="h"
        >
          <rect className="ae-row" x={0} y={Math.min(chosen, rows - 1)} width={width} height={1} />
        </Picture>
      </div>
      <p className="figure-note">
        {isSparse
          ? `Of ${width} units ${numberText(mean, 2)} answer to a picture, on average; ${ever} answer to one of the ten at all.`
          : "Orange is positive, blue negative."}
      </p>
    </figure>
  );
}

/** The settings of a penalty, where there is one. */
function Penalty({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const mode = modeOf(frame.config);
  if (mode !== "l1" && mode !== "kl") return null;
  return (
    <div className="ae-penalty">
      <Slider
        label="Penalty λ"
        value={Number(frame.config.lambda)}
        min={0}
        max={3}
        step={0.05}
        valueText={(lambda) => numberText(lambda, 2)}
        onChange={(lambda, gesture) => lab.configure({ lambda }, gesture)}
        sym="lambda"
      />
      {mode === "kl" && (
        <Slider
          label="Each unit’s mean ρ"
          value={Number(frame.config.rho)}
          min={0.01}
          max={0.5}
          step={0.01}
          valueText={(rho) => numberText(rho, 2)}
          onChange={(rho, gesture) => lab.configure({ rho }, gesture)}
          sym="rho"
        />
      )}
    </div>
  );
}

function Own({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  return (
    <OwnPictures
      size={side}
      labels="welcome"
      isOwn={frame.config.source === "own"}
      onTake={async (set) => lab.edit(ownPictures(set))}
      onReturn={() => lab.configure({ source: "digits" })}
    />
  );
}
