import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { densities, modelAt } from "../superpositionNumbers.ts";

/** What a feature has to itself in the shapes that are found, and what these are called. */
const shapes = [
  { share: 1, name: "alone" },
  { share: 2 / 3, name: "triangle" },
  { share: 1 / 2, name: "pair" },
  { share: 2 / 5, name: "pentagon" },
] as const;

/** The rarer, the further to the right: decades below 1. */
const rarity = (p: number): number => -Math.log10(p);

/** How much of a dimension each feature has to itself, in every model, from those always there to rare ones. */
export function Phases({ frame }: Pick<FigureProps, "frame">) {
  const all = densities(Number(frame.config.p));
  return (
    <figure className="superposition-phases">
      <figcaption>
        How much of a dimension each feature has to itself, <span data-sym="D">D</span>: a dot for
        each feature of each model
      </figcaption>
      <Plane
        x={{
          domain: [-0.06, 2.06],
          label: "how often a feature is there, p",
          ticks: [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01].map(rarity),
          tickText: (at) => numberText(10 ** -at, 2),
        }}
        y={{ domain: [0, 1.08], ticks: [0, 1] }}
        width={460}
        height={330}
        label="The dimensionality of each feature by how often it is there"
      >
        <Shapes />
        {all.map((p, index) => (
          <Dots
            // biome-ignore lint/suspicious/noArrayIndexKey: a model is its place; two may have one density
            key={index}
            at={rarity(p)}
            shares={modelAt(frame.values.D, index).data}
            isOwn={index === 0}
          />
        ))}
      </Plane>
    </figure>
  );
}

function Shapes() {
  const { x, y } = usePlane();
  const [left, right] = x.range;
  return (
    <g className="superposition-shapes">
      {shapes.map(({ share, name }) => (
        <g key={name}>
          <path d={`M${left} ${y(share)}H${right}`} />
          <text x={right - 4} y={y(share) - 4}>
            {name}
          </text>
        </g>
      ))}
    </g>
  );
}

/** One path whose pieces have no length: their round ends are the dots. */
function Dots({
  at,
  shares,
  isOwn,
}: {
  readonly at: number;
  readonly shares: ArrayLike<number>;
  readonly isOwn: boolean;
}) {
  const { x, y } = usePlane();
  const [bottom, top] = y.range;
  const across = x(at).toFixed(1);
  const dots = Array.from(shares, (share) => `M${across} ${y(share).toFixed(1)}h0`).join("");
  return (
    <g className="superposition-dots" data-own={isOwn || undefined}>
      {isOwn && <path className="superposition-now" d={`M${across} ${bottom}V${top}`} />}
      <path d={dots} data-sym="D" />
    </g>
  );
}
