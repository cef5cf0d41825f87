import { entry, filled, type NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { side } from "../digits.ts";
import { shownInput, slopeAt } from "../trickLab.ts";
import { Back, Box, Forward, Operation } from "./GraphParts.tsx";

interface SampleGraphProps extends Pick<FigureProps, "frame" | "lab"> {
  /** Which number of the code is on show. */
  readonly k: number;
}

/** From the picture to its code, by chance, and on to the picture made of it: numbers forwards, gradients back. */
export function SampleGraph({ frame, lab, k }: SampleGraphProps) {
  const { x, y } = frame.input;
  const digit = entry(y);
  return (
    <div className="sample-graph">
      <figure className="sample-picture sample-from">
        <Picture values={asPicture(x)} label={`The picture of a ${digit}`} sym="x" />
        <figcaption>
          x, into the <em>encoder</em>
        </figcaption>
      </figure>
      <div className="sample-wires">
        <Graph frame={frame} k={k} />
      </div>
      <figure className="sample-picture sample-to">
        <Picture
          values={asPicture(frame.values.x_hat)}
          label="What the decoder makes of z"
          sym="x_hat"
        />
        <figcaption>
          x̂, out of the <em>decoder</em>
        </figcaption>
      </figure>
      <Controls frame={frame} lab={lab} k={k} />
    </div>
  );
}

function asPicture(rows: NDArray | undefined): NDArray {
  return rows
    ? { shape: [side, side], data: rows.data.slice(0, side * side) }
    : filled([side, side]);
}

const digits = Array.from({ length: 10 }, (_, i) => ({ value: String(i), label: String(i) }));

/** Which picture, which draw; and μ, log σ² and ε of the number on show, by hand. */
function Controls({ frame, lab, k }: SampleGraphProps) {
  const { config, values, input, held } = frame;
  const isStill = useStillness();
  const show = (change: { readonly digit?: number; readonly draw?: number }) => {
    const next = { ...frame.config, ...change };
    return lab.edit({ config: change, input: shownInput(next) });
  };
  const hold = (name: "mu" | "log_var") => (value: number, gesture: string) => {
    const now = values[name];
    const next = Array.from(now?.data ?? [], (number, i) => (i === k ? value : number));
    return lab.write(name, [next], gesture);
  };
  const setEpsilon = (value: number, gesture: string) => {
    const { x, y, epsilon } = input;
    if (!x || !y || !epsilon) return;
    const data = epsilon.data.map((number, i) => (i === k ? value : number));
    return lab.input({ x, y, epsilon: { shape: epsilon.shape, data } }, gesture);
  };
  const isHeld = held.some((name) => name === "mu" || name === "log_var");
  return (
    <div className="sample-controls">
      <Select
        label="Picture of a"
        value={String(config.digit)}
        options={digits}
        onChange={(digit) => show({ digit: Number(digit) })}
      />
      <button
        type="button"
        disabled={isStill}
        onClick={() => void show({ draw: (Number(config.draw) % 9999) + 1 })}
      >
        Draw again
      </button>
      <span className="control">
        <span className="control-label" aria-hidden="true">
          ε
        </span>
        <NumberField
          label={`ε, number ${k + 1}`}
          value={entry(input.epsilon, k)}
          changed={false}
          min={-4}
          max={4}
          step={0.1}
          sym="epsilon"
          onChange={setEpsilon}
        />
      </span>
      <span className="control">
        <span className="control-label" aria-hidden="true">
          Hold μ at
        </span>
        <NumberField
          label={`Hold μ, number ${k + 1}, at`}
          value={entry(values.mu, k)}
          changed={held.includes("mu")}
          min={-6}
          max={6}
          step={0.1}
          sym="mu"
          onChange={hold("mu")}
        />
      </span>
      <span className="control">
        <span className="control-label" aria-hidden="true">
          log σ² at
        </span>
        <NumberField
          label={`Hold log σ², number ${k + 1}, at`}
          value={entry(values.log_var, k)}
          changed={held.includes("log_var")}
          min={-12}
          max={4}
          step={0.1}
          sym="log_var"
          onChange={hold("log_var")}
        />
      </span>
      <button
        type="button"
        disabled={isStill || !isHeld}
        onClick={() => void lab.edit({ release: ["mu", "log_var"] })}
      >
        Let go
      </button>
    </div>
  );
}

interface GraphProps {
  readonly frame: Frame;
  readonly k: number;
}

/** The graph of one number of the code. What comes back flows along the dashed lines, from right to left. */
function Graph({ frame, k }: GraphProps) {
  const { values, config, input } = frame;
  const at = (name: string) => entry(values[name], k);
  const slope = (name: string) => slopeAt(frame, name, k);
  const sampling = String(config.sampling);
  const [toMu, toVar] = [slope("drawn.mu"), slope("drawn.log_var")];
  const isCut = sampling === "plain";
  const isScore = sampling === "score";
  const epsilon = entry(input.epsilon, k);
  const sub = k + 1;
  const label = `μ is ${numberText(at("mu"))}, σ ${numberText(at("sigma"))}, ε ${numberText(epsilon)}, so z is ${numberText(at("z"))}. Through z comes back to μ ${numberText(toMu)}, to log σ² ${numberText(toVar)}; from the KL ${numberText(slope("priced.mu"))} and ${numberText(slope("priced.log_var"))}.`;
  return (
    <svg className="sample-svg" viewBox="0 0 500 372" role="img" aria-label={label}>
      <Forward d="M0 78H48M0 238H48" />
      <Forward d="M132 78H312V128" />
      <Forward d="M132 238H178" />
      <Forward d="M262 238H300" />
      <Forward d="M312 292V250" />
      <Forward d="M312 226V152" />
      <Forward d="M324 140H372" />
      <Forward d="M456 140H500" />
      <Forward d="M90 101V138M90 215V178" thin />
      {isScore ? (
        <Back
          d="M414 163V352H26V98M90 352V262"
          slope={toMu}
          text="f(z) ∇ log q(z)"
          at={[220, 346]}
          arrows={[
            [26, 98, "up"],
            [90, 262, "up"],
          ]}
        />
      ) : (
        <>
          <Back d="M500 152H456" slope={slope("z")} arrows={[[458, 152, "left"]]} />
          <Back
            d="M372 152H326"
            slope={isCut ? 0 : slope("z")}
            cut={isCut ? [349, 152] : undefined}
            arrows={isCut ? [] : [[328, 152, "left"]]}
          />
          <Back d="M300 128V90H132" slope={toMu} arrows={isCut ? [] : [[134, 90, "left"]]} />
          <Back
            d="M300 152V226H262M178 250H132"
            slope={toVar}
            arrows={isCut ? [] : [[134, 250, "left"]]}
          />
        </>
      )}
      <Back d="M78 138V101" slope={slope("priced.mu")} arrows={[[78, 103, "up"]]} />
      <Back d="M78 178V215" slope={slope("priced.log_var")} arrows={[[78, 213, "down"]]} />
      <Box
        x={90}
        y={78}
        name="mu"
        label={`μ${below(sub)}`}
        value={at("mu")}
        held={frame.held.includes("mu")}
      />
      <Box
        x={90}
        y={238}
        name="log_var"
        label={`log σ²${below(sub)}`}
        value={at("log_var")}
        held={frame.held.includes("log_var")}
      />
      <Box x={220} y={238} name="sigma" label={`σ${below(sub)}`} value={at("sigma")} />
      <Box x={312} y={314} name="epsilon" label={`ε${below(sub)}`} value={epsilon} chance />
      <Box
        x={414}
        y={140}
        name="z"
        label={`z${below(sub)}`}
        value={at("z")}
        chance={sampling !== "reparameterised"}
      />
      <Operation x={312} y={238} sign="×" />
      <Operation x={312} y={140} sign="+" />
      <g className="sample-price">
        <rect x={62} y={138} width={56} height={40} rx={4} />
        <text x={90} y={163} textAnchor="middle">
          KL
        </text>
      </g>
      <text className="sample-slope" x={142} y={66}>
        back to μ{below(sub)} {isScore ? "by the score" : "through z"}:{" "}
        {isCut ? "nothing" : signedText(toMu)}
      </text>
      <text className="sample-slope" x={176} y={286} textAnchor="middle">
        back to log σ²{below(sub)}:
      </text>
      <text className="sample-slope" x={176} y={306} textAnchor="middle">
        {isCut ? "nothing" : signedText(toVar)}
      </text>
      <text className="sample-slope" x={126} y={132}>
        KL, to μ: {signedText(slope("priced.mu"))}
      </text>
      <text className="sample-slope" x={126} y={196}>
        to log σ²: {signedText(slope("priced.log_var"))}
      </text>
      {!isScore && (
        <text className="sample-slope" x={414} y={106} textAnchor="middle">
          slope here: {signedText(slope("z"))}
        </text>
      )}
    </svg>
  );
}

const below = (number: number): string => "₀₁₂₃₄₅₆₇₈₉"[number] ?? String(number);
