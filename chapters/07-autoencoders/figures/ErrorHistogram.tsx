import { histogram } from "../../../src/viz/histogram.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { errorNow, errorsOf, mostError, thresholdOf } from "../oddLab.ts";
import { thresholdFor } from "../roc.ts";

const bins = 40;
const top = 0.4;

/** The errors of normal pictures above the line, of odd ones below it, and the threshold between. */
export function ErrorHistogram({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const isStill = useStillness();
  const { normal, odd } = errorsOf(frame);
  const threshold = thresholdOf(frame.config);
  const now = errorNow(frame);
  return (
    <figure>
      <Plane
        x={{
          domain: [0, mostError],
          label: "error e of a picture",
          tickText: (at) => (at === mostError ? `${at}+` : String(at)),
          ticks: [0, 10, 20, 30, 40],
        }}
        y={{
          domain: [-top, top],
          label: "%: the normal upwards, the odd downwards",
          ticks: [-0.4, -0.2, 0, 0.2, 0.4],
          tickText: (share) => String(Math.abs(100 * share)),
        }}
        width={480}
        height={340}
        label="How often errors of each size occur among normal and among odd pictures, and the threshold"
      >
        <Side values={normal} kind="normal" />
        <Side values={odd} kind="odd" />
        {Number.isFinite(now) && <Now error={now} />}
        <ThresholdLine threshold={threshold} />
        <Movable
          at={[threshold, 0]}
          axis="x"
          step={0.5}
          label="Threshold: above it a picture is called odd"
          valueText={([at]) => numberText(at)}
          onMove={([at], gesture) => lab.configure({ threshold: at }, gesture)}
        />
      </Plane>
      <p className="odd-threshold">
        <span>Threshold {numberText(threshold)}</span>
        <button
          type="button"
          disabled={isStill}
          onClick={() =>
            lab.configure({ threshold: Math.min(mostError, thresholdFor(normal, 0.05)) })
          }
        >
          5 % false alarms
        </button>
      </p>
    </figure>
  );
}

/** The histogram of one kind: normal upwards, odd downwards. */
function Side({
  values,
  kind,
}: {
  readonly values: ArrayLike<number>;
  readonly kind: "normal" | "odd";
}) {
  const { x, y } = usePlane();
  const counts = histogram(Array.from(values), [0, mostError], bins);
  const sign = kind === "normal" ? 1 : -1;
  const wide = mostError / bins;
  const d = counts
    .map((count, bin) => {
      const share = Math.min(top, count / Math.max(1, values.length));
      const [left, right] = [x(bin * wide), x((bin + 1) * wide)];
      return share === 0 ? "" : `M${left} ${y(0)}V${y(sign * share)}H${right}V${y(0)}z`;
    })
    .join("");
  return (
    <g>
      <path className={`odd-bars odd-bars-${kind}`} d={d} />
      <text className="odd-bars-name" x={x(mostError)} y={y(sign * top) + (sign > 0 ? 18 : -12)}>
        {kind}
      </text>
    </g>
  );
}

function ThresholdLine({ threshold }: { readonly threshold: number }) {
  const { x, y } = usePlane();
  return <path className="odd-threshold-line" d={`M${x(threshold)} ${y(-top)}V${y(top)}`} />;
}

/** Where the picture on show stands. */
function Now({ error }: { readonly error: number }) {
  const { x, y } = usePlane();
  const at = x(Math.min(error, mostError));
  return (
    <g className="odd-now" transform={`translate(${at} ${y(top)})`}>
      <path d="M0 2l-7 -11h14z" />
      <title>{`The picture on show: ${numberText(error)}`}</title>
    </g>
  );
}
