import "./digits.css";
import { useState } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import type { OwnPictureSet } from "../../../src/data/ownPictures.ts";
import { Outline, Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { InkPad } from "../../../src/widgets/InkPad.tsx";
import { OwnPictures } from "../../../src/widgets/OwnPictures.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { asInput, classCount, heldOutRows, occluded, pictureAt, side } from "../digitsData.ts";
import {
  askedClass,
  confusion,
  heldOutBelief,
  heldOutTruths,
  percent,
  rightShare,
  rowAsInput,
} from "../digitsLab.ts";
import { Beliefs } from "./DigitBeliefs.tsx";
import { Stage } from "./DigitStage.tsx";
import { HeldOut } from "./DigitsHeldOut.tsx";
import { MapPanel } from "./MapPanel.tsx";
import { type Unit, unitAsText, unitField } from "./units.ts";
import { type SeenSeldom, useSeldom } from "./useSeldom.ts";
import { WhyPanel } from "./WhyPanel.tsx";

const panels = [
  { value: "map", label: "The chosen map" },
  { value: "why", label: "What decided?" },
  { value: "held", label: "Held-out pictures" },
] as const;

type Panel = (typeof panels)[number]["value"];

const occludedLogits = "logits@occluded";

/** A small CNN at work on one picture: every map, every filter, and what it all comes to. */
export function Digits({ frame, lab }: FigureProps) {
  const [panel, setPanel] = useState<Panel>("map");
  const [chosen, setChosen] = useState<Unit>({ stage: 0, map: 0, row: 6, column: 7 });
  const [pointed, setPointed] = useState<Unit | null>(null);
  const { input, values, config } = frame;
  const picture = pictureAt(input.x, 0);
  const seen = useSeldom(
    { frame, lab },
    {
      watches: panel === "why" ? [heldOutBelief, occludedLogits] : [heldOutBelief],
      ...(panel === "why" && { probes: { occluded: { x: occluded(picture) } } }),
      key: keyOf(frame, panel),
    },
  );
  const unit = pointed ?? chosen;
  const show = { frame, lab, chosen, onChoose: setChosen, onPoint: setPointed };
  return (
    <div className="digits">
      <div className="digits-net">
        <div className="digits-input">
          <InkPad
            label="Draw a digit"
            size={side}
            value={input.x}
            onDraw={({ picture }, gesture) =>
              lab.input(asInput(picture, undefined, entry(input.asked)), gesture)
            }
          />
          <figure className="digits-seen">
            <figcaption>
              what it sees: <span data-sym="x">x</span>
            </figcaption>
            <Picture values={picture} label="The picture that the network sees" sym="x">
              <Outline {...unitField(config, unit)} kind={pointed ? "seen" : "chosen"} />
            </Picture>
          </figure>
        </div>
        <div className="digits-stages">
          <Stage stage={0} {...show} />
          <Stage stage={1} {...show} />
          <p className="figure-note digits-unit">{unitAsText(frame, unit)}</p>
        </div>
        <Beliefs frame={frame} lab={lab} />
      </div>
      <div className="digits-look">
        <Segmented
          label="Look at"
          value={panel}
          options={panels}
          onChange={(next) => setPanel(next as Panel)}
        />
        <p className="figure-note">{heldOutText(frame, seen)}</p>
      </div>
      <div className="digits-panel">
        {panel === "map" && <MapPanel {...show} />}
        {panel === "why" && (
          <WhyPanel
            frame={frame}
            picture={picture}
            occludedLogits={seen?.values[occludedLogits]}
            logit={entry(values.logits, askedClass(frame))}
          />
        )}
        {panel === "held" && (
          <HeldOut frame={frame} lab={lab} belief={seen?.values[heldOutBelief]} step={seen?.step} />
        )}
      </div>
      <Source frame={frame} lab={lab} />
    </div>
  );
}

/** How it does on pictures that it has not learnt from, in a few words. */
function heldOutText(frame: FigureProps["frame"], seen: SeenSeldom | null): string {
  const belief = seen?.values[heldOutBelief];
  const truths = heldOutTruths(frame);
  if (!seen || belief?.shape[0] !== truths.length) return "";
  const share = rightShare(confusion(belief, truths));
  return `Of ${truths.length} pictures held out it named ${percent(share)} rightly, at step ${seen.step}.`;
}

/** Tells apart what the costly numbers are of. */
function keyOf({ step, loss, config, input, held }: FigureProps["frame"], panel: Panel): string {
  const picture = panel === "why" ? Array.from(input.x?.data ?? []).join() : "";
  return [panel, step, loss, config.source, config.pool, held, picture].join(" ");
}

function Source({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const isStill = useStillness();
  const isOwn = frame.config.source === "own";
  const take = ({ x, y, classes }: OwnPictureSet): Promise<unknown> => {
    if (classes > classCount) {
      throw new RangeError(
        `This network tells ${classCount} classes apart, from 0 to ${classCount - 1}; these go up to ${classes - 1}.`,
      );
    }
    const data = { x, y: y as NDArray };
    const [row = 0] = heldOutRows(data);
    return lab.edit({ config: { source: "own" }, data, input: rowAsInput(data, row) });
  };
  if (isStill) return null;
  return (
    <OwnPictures
      size={side}
      labels="needed"
      isOwn={isOwn}
      onTake={async (set) => take(set)}
      onReturn={() => lab.configure({ source: "digits" })}
    />
  );
}
