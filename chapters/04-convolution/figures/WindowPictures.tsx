import { filled, type NDArray } from "../../../src/data/ndarray.ts";
import type { Cell } from "../../../src/data/windows.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { OwnPictures } from "../../../src/widgets/OwnPictures.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { channelName, digitCells, firstPicture, side, tenths, withCell } from "../windowPicture.ts";

interface WindowPicturesProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly ink: number;
  readonly onInk: (ink: number) => void;
  readonly cursor: Cell;
  readonly channel: number;
  readonly picture: NDArray | undefined;
}

/** Where the picture comes from: the pencil, a digit, a file. */
export function WindowPictures(props: WindowPicturesProps) {
  const { frame, lab, ink, onInk, cursor, channel, picture } = props;
  const channels = Number(frame.config.c_in);
  const [row, column] = cursor;
  const name = `Row ${row + 1}, column ${column + 1}${channels > 1 ? `, ${channelName(channel, channels)}` : ""}`;
  const take = (x: NDArray) => lab.edit({ config: { c_in: x.shape.at(-1) ?? 1 }, input: { x } });
  return (
    <div className="window-draw">
      <div className="lab-controls">
        <Slider
          label="The pencil’s ink"
          min={0}
          max={1}
          step={0.1}
          value={ink}
          onChange={(value) => onInk(tenths(value))}
        />
        <span className="control">
          <span className="control-label" aria-hidden="true">
            {name}
          </span>
          <NumberField
            label={name}
            value={picture?.data[(row * side + column) * channels + channel] ?? 0}
            initial={0}
            changed={false}
            min={0}
            max={1}
            step={0.1}
            digits={2}
            onChange={(value, gesture) =>
              picture && lab.input({ x: withCell(picture, [row, column, channel], value) }, gesture)
            }
          />
        </span>
        <span className="lab-buttons">
          <button type="button" onClick={() => lab.input({ x: filled([side, side, channels]) })}>
            Clear
          </button>
          {Array.from({ length: 10 }, (_, digit) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a digit is its number
              key={digit}
              type="button"
              className="window-digit"
              aria-label={`Write a ${digit}`}
              onClick={() => take(digitCells(digit))}
            >
              {digit}
            </button>
          ))}
          <button type="button" onClick={() => take(firstPicture(3))}>
            A flower in colour
          </button>
        </span>
      </div>
      <OwnPictures
        size={side}
        most={1}
        labels="welcome"
        isOwn={false}
        ours="the book’s picture"
        onTake={({ x }) => take({ shape: [side, side, 1], data: x.data.map(tenths) })}
        onReturn={() => take(firstPicture(1))}
      />
    </div>
  );
}
