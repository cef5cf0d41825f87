import "./window.css";
import { useState } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { type Cell, windowSpan } from "../../../src/data/windows.ts";
import { channelsFirst, extentOf, type Grid, pictureAt } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { PictureGrid } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useDraft, useFrameWrite } from "../../../src/widgets/gesture.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import {
  operationOf,
  outputAt,
  outputOf,
  outputSide,
  placeOf,
  windowLab,
  windowOf,
} from "../windowLab.ts";
import { channelName, side, withCell } from "../windowPicture.ts";
import { CellPicture, WindowFrame } from "./CellPicture.tsx";
import { PencilPicture } from "./PencilPicture.tsx";
import { PlacePicture } from "./PlacePicture.tsx";
import { useWalk } from "./useWalk.ts";
import { WindowPictures } from "./WindowPictures.tsx";
import { WindowSettings } from "./WindowSettings.tsx";
import { WindowSum } from "./WindowSum.tsx";

/** A walk of the window is one step of undo. */
const walkGesture = "window walk";

const hands = [
  { value: "move", label: "moves the window" },
  { value: "draw", label: "draws" },
] as const;

/** A window on a picture, what it computes, and where the result goes. */
export function Window({ frame, lab }: FigureProps) {
  const [hand, setHand] = useState<string>("move");
  const [ink, setInk] = useState(1);
  const [cursor, setCursor] = useState<Cell>([0, 0]);
  const [chosenChannel, setChannel] = useState(0);
  const [chosenMap, setMap] = useState(0);
  const isStill = useStillness();
  const { config } = frame;
  const isConvolution = operationOf(config) === "convolution";
  const pencil = usePencil(frame.input.x, (x, gesture) => lab.input({ x }, gesture));
  const channels = Number(config.c_in);
  const channel = Math.min(chosenChannel, channels - 1);
  const map = isConvolution ? Math.min(chosenMap, Number(config.c_out) - 1) : channel;
  const window = windowOf(config);
  const size = outputSide(config);
  const place = placeOf(frame);
  const go = ([row, column]: Cell) => lab.configure({ row, column }, walkGesture);
  const walk = useWalk(place, size, go);
  const byHand = (to: Cell) => {
    walk.stop();
    return go(to);
  };
  const border = window.padding ?? 0;
  const pictures = channelsFirst(pencil.shown ?? { shape: [side, side, channels], data: [] });
  const maps = channelsFirst(outputOf(frame) ?? { shape: [size, size, 1], data: [] });
  const spot = `row ${place[0] + 1}, column ${place[1] + 1}: ${numberText(outputAt(frame, place, map))}`;
  const placeAt = ([row, column]: Cell): Cell => {
    const back = (at: number) =>
      Math.round((at - (windowSpan(window) - 1) / 2) / (window.stride ?? 1));
    return [back(row), back(column)];
  };
  const picture = (
    <CellPicture
      values={pictureAt(pictures, channel)}
      label="The picture"
      scale="ink"
      reach={1}
      border={border}
    >
      <WindowFrame place={place} window={window} />
      {hand === "draw" && (
        <rect className="cell-cursor" x={cursor[1]} y={cursor[0]} width={1} height={1} />
      )}
    </CellPicture>
  );
  return (
    <div className="window">
      <div className="window-choices">
        <button
          type="button"
          className="lab-primary"
          disabled={isStill}
          onClick={walk.isWalking ? walk.stop : walk.start}
        >
          {walk.isWalking ? "Stop" : "Slide"}
        </button>
        <Segmented
          label="The window computes"
          value={operationOf(config)}
          options={operations}
          onChange={(operation) => lab.configure({ operation })}
        />
        <Segmented label="The hand" value={hand} options={hands} onChange={setHand} />
      </div>
      <div className="window-pictures">
        <section className="window-side" data-sym="x" aria-label="The picture">
          {channels > 1 && (
            <Sheet
              values={pictures}
              label="Channels"
              nameOf={(i) => channelName(i, channels)}
              chosen={channel}
              onChoose={setChannel}
            />
          )}
          {hand === "move" || isStill ? (
            <PlacePicture
              label="The window’s place"
              place={place}
              size={size}
              valueText={spot}
              cells={[side + 2 * border, side + 2 * border]}
              placeAt={placeAt}
              onGo={byHand}
            >
              {picture}
            </PlacePicture>
          ) : (
            <PencilPicture
              label="The picture"
              size={side}
              border={border}
              cursor={cursor}
              onCursor={setCursor}
              valueAt={([row, column]) =>
                entry(pencil.shown, (row * side + column) * channels + channel)
              }
              ink={ink}
              onPaint={(cells, value, gesture) => pencil.paint(cells, channel, value, gesture)}
              onLift={pencil.lift}
            >
              {picture}
            </PencilPicture>
          )}
          <p className="window-caption">
            picture, {side} × {side}
            {channels > 1 && `, ${channelName(channel, channels)}`}
          </p>
        </section>
        <section
          className="window-side"
          data-sym={isConvolution ? "z" : "p"}
          aria-label="What comes out"
        >
          {maps.shape[0] !== 1 && (
            <Sheet
              values={maps}
              label="Maps"
              scale={isConvolution ? "diverging" : "ink"}
              nameOf={(i) => `map ${i + 1}`}
              chosen={map}
              onChoose={isConvolution ? setMap : setChannel}
            />
          )}
          <PlacePicture
            label="The place in what comes out"
            place={place}
            size={size}
            valueText={spot}
            cells={[size, size]}
            placeAt={(cell) => cell}
            onGo={byHand}
          >
            <CellPicture
              values={pictureAt(maps, map)}
              label="What comes out"
              scale={isConvolution ? "diverging" : "ink"}
              reach={isConvolution ? extentOf(maps.data).reach : 1}
              {...(walk.isWalking && { missingFrom: place[0] * size + place[1] + 1 })}
            >
              <WindowFrame place={place} window={{ kernel: 1 }} />
            </CellPicture>
          </PlacePicture>
          <p className="window-caption">
            what comes out, {size} × {size}
            {maps.shape[0] !== 1 && `, map ${map + 1} of ${maps.shape[0]}`}
          </p>
        </section>
      </div>
      {hand === "draw" && (
        <WindowPictures
          frame={frame}
          lab={lab}
          ink={ink}
          onInk={setInk}
          cursor={cursor}
          channel={channel}
          picture={pencil.shown}
        />
      )}
      <div className="window-below">
        <WindowSum frame={frame} lab={lab} map={map} />
        <WindowSettings frame={frame} lab={lab} />
      </div>
    </div>
  );
}

const operations =
  windowLab.fields.operation?.kind === "choice" ? windowLab.fields.operation.options : [];

interface SheetProps {
  readonly values: Grid;
  readonly label: string;
  readonly scale?: "ink" | "diverging";
  readonly nameOf: (index: number) => string;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

/** All channels, or all maps, small, to choose one from. */
function Sheet(props: SheetProps) {
  const [count = 1] = props.values.shape;
  const isStill = useStillness();
  return (
    <div className="window-sheet" style={{ inlineSize: `${4.5 * count}em` }}>
      <PictureGrid {...props} columns={count} disabled={isStill} />
    </div>
  );
}

/** The picture under the pencil: what was drawn last, until the lab shows it too. */
function usePencil(x: NDArray | undefined, write: (x: NDArray, gesture: string) => unknown) {
  const draft = useDraft(x, (a, b) => a !== undefined && b !== undefined && sameData(a, b));
  const { write: put, flush } = useFrameWrite(write);
  const paint = (cells: readonly Cell[], channel: number, value: number, gesture: string): void => {
    if (!draft.shown) return;
    const next = cells.reduce(
      (picture, [row, column]) => withCell(picture, [row, column, channel], value),
      draft.shown,
    );
    draft.hold(next);
    put(next, gesture);
  };
  return { shown: draft.shown, paint, lift: () => draft.letGo(flush()) };
}

function sameData(a: NDArray, b: NDArray): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}
