import { Curve } from "../../../src/viz/Curve.tsx";
import { classCss } from "../../../src/viz/colour.ts";
import { signedText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { streamsOf, strengths } from "../interventionsNumbers.ts";
import { letterOf, repeatSizes } from "../repeats.ts";
import { LetterBars } from "./LetterBars.tsx";
import type { ExperimentProps } from "./Patching.tsx";

const { V } = repeatSizes;
const letters = Array.from({ length: V }, (_, letter) => letter);
const letterOptions = letters.map((letter) => ({
  value: String(letter),
  label: letterOf(letter),
}));

/** A letter whose probability comes so far at some strength is drawn. */
const worthDrawing = 0.15;

/** What it says at every strength of a push, and at the one chosen. */
export function Steering({ config, values, lab }: ExperimentProps) {
  const p = values["steered_p@steering"]?.data;
  const streams = streamsOf(config);
  const at = (i: number, letter: number) => p?.[i * V + letter] ?? Number.NaN;
  const drawn = letters.filter((letter) => strengths.some((_, i) => at(i, letter) > worthDrawing));
  const now = p ? p.slice(strengths.length * V) : new Float32Array(V);
  return (
    <div className="steering">
      <div className="steering-controls">
        <Segmented
          label="Push the stream"
          value={String(Math.min(config.stream, streams.length - 1))}
          options={streams.map(({ label }, i) => ({ value: String(i), label }))}
          onChange={(stream) => lab.configure({ stream: Number(stream) })}
        />
        <Select
          label="towards having read"
          value={String(config.to)}
          options={letterOptions}
          onChange={(to) => lab.configure({ to: Number(to) })}
          sym="v"
        />
        <Slider
          label="Strength α"
          value={config.alpha}
          min={-1}
          max={2}
          step={0.05}
          valueText={(alpha) => signedText(alpha, 2)}
          onChange={(alpha, gesture) => lab.configure({ alpha }, gesture)}
          sym="alpha"
        />
      </div>
      <div className="steering-seen">
        <Plane
          x={{ domain: [-1, 2], label: "strength α" }}
          y={{
            domain: [0, 1.12],
            ticks: [0, 0.5, 1],
            tickText: String,
            label: "probability of the next letter",
          }}
          width={560}
          height={300}
          label={`Probability of each letter at every strength: ${drawn.map(letterOf).join(", ")}`}
        >
          {drawn.map((letter, i) => (
            <Letter
              key={letter}
              letter={letter}
              colour={classCss(i)}
              points={strengths.map((alpha, k) => [alpha, at(k, letter)] as const)}
            />
          ))}
          <Now alpha={config.alpha} />
        </Plane>
        <LetterBars title={`Pushed by ${signedText(config.alpha, 2)}`} p={now} isMarked />
      </div>
    </div>
  );
}

interface LetterProps {
  readonly letter: number;
  readonly colour: string;
  readonly points: readonly (readonly [number, number])[];
}

/** One letter's curve, and its name where it is highest. */
function Letter({ letter, colour, points }: LetterProps) {
  const { x, y } = usePlane();
  const most = Math.max(...points.map(([, p]) => p));
  const highest = points.filter(([, p]) => p > most - 0.02);
  const [alpha, p] = highest[Math.floor(highest.length / 2)] ?? [0, 0];
  return (
    <>
      <Curve points={points} colour={colour} />
      <text x={x(alpha)} y={y(p) - 6} className="steering-letter" style={{ fill: colour }}>
        {letterOf(letter)}
      </text>
    </>
  );
}

function Now({ alpha }: { readonly alpha: number }) {
  const { x, y } = usePlane();
  const [bottom, top] = y.range;
  return <line x1={x(alpha)} x2={x(alpha)} y1={bottom} y2={top} className="steering-now" />;
}
