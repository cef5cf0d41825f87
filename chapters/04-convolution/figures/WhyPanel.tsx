import type { NDArray } from "../../../src/data/ndarray.ts";
import { ColourLegend } from "../../../src/viz/ColourLegend.tsx";
import { extentOf } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { patchSide, side } from "../digitsData.ts";
import { askedClass } from "../digitsLab.ts";

interface WhyPanelProps extends Pick<FigureProps, "frame"> {
  readonly picture: NDArray;
  /** The logits of the picture with a patch blanked about each pixel, `[256, 10]`; none until they are computed. */
  readonly occludedLogits: NDArray | undefined;
  /** The logit asked about, of the whole picture. */
  readonly logit: number;
}

/** What speaks for a class: the slope of its logit at each pixel, and what each place is worth when it is covered. */
export function WhyPanel({ frame, picture, occludedLogits, logit }: WhyPanelProps) {
  const asked = askedClass(frame);
  const slope = frame.values["grad x"];
  const slopes = { shape: [side, side], data: slope?.data ?? new Float32Array(side * side) };
  const lost = lostTo(occludedLogits, asked, logit);
  return (
    <div className="why">
      <p>
        What speaks for a <b>{asked}</b>, whose logit is {numberText(logit)}? To ask about another
        digit, press its bar above.
      </p>
      <figure>
        <figcaption>the picture</figcaption>
        <Picture values={picture} label="The picture" />
      </figure>
      <figure>
        <figcaption>
          saliency: where more ink would raise (orange) or lower (blue) the logit
        </figcaption>
        <Picture
          values={slopes}
          label={`Slope of the logit of ${asked} at each pixel`}
          scale="diverging"
        />
        <ColourLegend reach={extentOf(slopes.data).reach} />
      </figure>
      <figure aria-busy={lost === null || undefined}>
        <figcaption>
          occlusion: what the logit loses when {patchSide} × {patchSide} pixels there are covered
        </figcaption>
        <Picture
          values={lost ?? { shape: [side, side], data: new Float32Array(side * side) }}
          label={`What the logit of ${asked} loses when a patch there is covered`}
          scale="diverging"
        />
        {lost ? (
          <ColourLegend reach={extentOf(lost.data).reach} />
        ) : (
          <p className="figure-note">Covering {side * side} places, one after the other…</p>
        )}
      </figure>
    </div>
  );
}

/** How much less the logit of a class is with each patch covered, `[16, 16]`. */
function lostTo(logits: NDArray | undefined, asked: number, whole: number): NDArray | null {
  const [places = 0, classes = 1] = logits?.shape ?? [];
  if (!logits || places !== side * side) return null;
  const data = Float32Array.from(
    { length: places },
    (_, place) => whole - (logits.data[place * classes + asked] ?? Number.NaN),
  );
  return { shape: [side, side], data };
}
