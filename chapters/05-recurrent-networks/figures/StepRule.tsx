import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { isCutAfter, stopOf, subscript, units } from "../gradientLab.ts";

interface StepRuleProps extends Pick<FigureProps, "frame"> {
  readonly counted: readonly number[];
  readonly onInput: (x: number[], gesture: string) => unknown;
}

/** What happens at this stop of the walk, with its numbers. */
export function StepRule({ frame, counted, onInput }: StepRuleProps) {
  const stop = stopOf(frame);
  if (stop.kind === "start") {
    return (
      <div className="through-rule">
        <p>Only the sequence is given. Press Next for the first state.</p>
        <Input frame={frame} t={1} onInput={onInput} />
      </div>
    );
  }
  return (
    <div className="through-rule">
      {stop.kind === "forward" ? (
        <Forward frame={frame} t={stop.t} />
      ) : (
        <Backward frame={frame} t={stop.t} counted={counted} />
      )}
      <Input frame={frame} t={stop.t} onInput={onInput} />
    </div>
  );
}

interface InputProps extends Pick<FigureProps, "frame"> {
  readonly t: number;
  readonly onInput: (x: number[], gesture: string) => unknown;
}

/** The input of the step in hand. The first is also what the network is asked for. */
function Input({ frame, t, onInput }: InputProps) {
  const x = Array.from(frame.input.x?.data ?? []);
  return (
    <p>
      <span className="control">
        <span>x{subscript(t)} =</span>{" "}
        <NumberField
          key={t}
          label={`input at step ${t}`}
          value={x[t - 1] ?? 0}
          min={-2}
          max={2}
          step={0.05}
          onChange={(next, gesture) => onInput(x.with(t - 1, next), gesture)}
        />
      </span>
      {t === 1 && " This is the number to be remembered: the target at every step."}
    </p>
  );
}

/** Entries `from` to `from + size` of an array that may not have come. */
const part = (array: NDArray | undefined, from: number, size: number): number[] =>
  Array.from({ length: size }, (_, i) => entry(array, from + i));

function Forward({ frame, t }: Pick<FigureProps, "frame"> & { readonly t: number }) {
  const { values, config } = frame;
  const i = t - 1;
  const a = part(values["steps.*.a"], i * units, units);
  const h = part(values["steps.*.h"], i * units, units);
  const f = config.g === "identity" ? "" : config.g === "relu" ? "ReLU " : "tanh ";
  const here = subscript(t);
  return (
    <>
      <p>
        h{here} = {f}(Wₓ x{here} + Wₕ h{subscript(t - 1)} + b)
      </p>
      <p className="through-line">
        = {f}
        <Column numbers={a} /> = <Column numbers={h} />
      </p>
    </>
  );
}

interface BackwardProps extends Pick<FigureProps, "frame"> {
  readonly t: number;
  readonly counted: readonly number[];
}

/** ∂L/∂h_t = ∂L_t/∂h_t + J_{t+1}ᵀ ∂L/∂h_{t+1}, with its numbers. */
function Backward({ frame, t, counted }: BackwardProps) {
  const { values, config, input } = frame;
  const steps = Number(config.steps);
  const i = t - 1;
  const [here, next] = [subscript(t), subscript(t + 1)];
  const isCut = isCutAfter(t, Number(config.truncate));
  const own = counted.includes(t) ? 2 * (entry(values["steps.*.y_hat"], i) - entry(input.y, i)) : 0;
  const direct = part(values.W_y, 0, units).map((weight) => own * weight);
  const J = part(values["steps.*.J"], t * units * units, units * units);
  const transposed = J.map((_, at) => J[(at % units) * units + Math.floor(at / units)] ?? 0);
  const incoming = part(values["grad steps.*.h"], t * units, units);
  const gradient = part(values["grad steps.*.h"], i * units, units);
  return (
    <>
      <p>
        ∂L/∂h{here} = ∂L{here}/∂h{here}
        {t < steps && ` + J${next}ᵀ ∂L/∂h${next}`}
      </p>
      <p className="through-line">
        = <Column numbers={direct} />
        {t < steps && (
          <>
            {" "}
            +{" "}
            <span className={isCut ? "through-struck" : undefined}>
              <Square numbers={transposed} /> <Column numbers={incoming} />
            </span>
          </>
        )}{" "}
        = <Column numbers={gradient} isResult />
      </p>
      <p>
        {counted.includes(t)
          ? `The loss of this step counts: its own part is 2 (ŷ${here} − y${here}) times W_y.`
          : "The loss of this step does not count: its own part is 0."}
        {isCut && t < steps && " Here the way back is cut: nothing comes from the later steps."}
      </p>
    </>
  );
}

interface ColumnProps {
  readonly numbers: readonly number[];
  readonly isResult?: boolean;
}

/** A vector, upright. */
function Column({ numbers, isResult = false }: ColumnProps) {
  return (
    <span className="through-matrix" data-result={isResult || undefined}>
      {numbers.map((number, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place
        <span key={i}>{numberText(number)}</span>
      ))}
    </span>
  );
}

function Square({ numbers }: { readonly numbers: readonly number[] }) {
  return (
    <span className="through-matrix through-square">
      {numbers.map((number, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place
        <span key={i}>{numberText(number)}</span>
      ))}
    </span>
  );
}
