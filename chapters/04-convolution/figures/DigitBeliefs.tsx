import { entry } from "../../../src/data/ndarray.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { asInput, classCount, pictureAt, unknown } from "../digitsData.ts";
import { askedClass, likeliest, percent } from "../digitsLab.ts";

/** How sure it is of each class; a press asks what speaks for that class. */
export function Beliefs({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { input, values } = frame;
  const isStill = useStillness();
  const best = likeliest(values.y_hat);
  const asked = askedClass(frame);
  const truth = entry(input.y);
  const ask = (digit: number) =>
    lab.input(asInput(pictureAt(input.x, 0), truth, digit === best ? unknown : digit));
  return (
    <fieldset className="digits-beliefs" data-sym="y_hat">
      <legend>what it says, and how sure it is</legend>
      {Array.from({ length: classCount }, (_, digit) => {
        const belief = entry(values.y_hat, digit);
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
            key={digit}
            type="button"
            disabled={isStill}
            aria-pressed={digit === asked}
            data-best={digit === best || undefined}
            onClick={() => ask(digit)}
          >
            <b>{digit}</b>
            <span className="digits-bar" aria-hidden="true">
              <span style={{ inlineSize: `${100 * belief}%` }} />
            </span>
            <span>{percent(belief)}</span>
          </button>
        );
      })}
      <p className="figure-note">
        {truth === unknown
          ? "What it should say, nobody has told it."
          : `In truth it is a ${truth}.`}
      </p>
    </fieldset>
  );
}
