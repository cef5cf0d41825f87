import {
  type Config,
  defineLab,
  type Edit,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { counts, drawsOf, errorsByCount, klStart } from "./klNumbers.ts";

/** The bounds within which means and deviations can be dragged. */
export const meanReach = 5;
export const deviationRange = [0.3, 3] as const;

export const klLab = defineLab({
  id: "vae-kl",
  version: 1,
  title: "KL by hand",
  invitation:
    "Drag the two bells, by their tops and by their sides. Which of the two divergences grows faster?",
  fields: {
    direction: {
      kind: "choice",
      label: "Divergence",
      initial: "qp",
      options: [
        { value: "qp", label: "KL(q ‖ p)" },
        { value: "pq", label: "KL(p ‖ q)" },
      ],
      place: "figure",
    },
    twoHumps: { kind: "switch", label: "p has two humps", initial: false },
    draw: {
      kind: "number",
      label: "Draw",
      initial: 1,
      min: 1,
      max: 9999,
      integer: true,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.05, batchSize: 0 }),
  },
  trains: true,
  data: ({ draw }) => drawsOf(draw),
  // The loss is exact: it needs no draws.
  scored: () => 1,
  input: ({ draw }) => drawsOf(draw),
  watch: () => [
    "mu_q",
    "log_var_q",
    "mu_p",
    "log_var_p",
    "density_q",
    "density_p",
    "integrand",
    "KL_qp",
    "KL_pq",
    "estimates",
    "draws",
  ],
  describe: describeKl,
  presets: [
    { label: "Apart", edit: bells(klStart) },
    { label: "Narrow q, wide p", edit: bells({ ...at(0, 0.4), ...under(0, 1.6) }) },
    { label: "Wide q, narrow p", edit: bells({ ...at(0, 1.6), ...under(0, 0.4) }) },
    { label: "Two humps", edit: bells({ ...at(0.3, 1), ...under(2, 0.6) }, true) },
  ],
});

function at(mu: number, sigma: number) {
  return { mu_q: mu, log_var_q: 2 * Math.log(sigma) };
}

function under(mu: number, sigma: number) {
  return { mu_p: mu, log_var_p: 2 * Math.log(sigma) };
}

function bells(write: Readonly<Record<string, number>>, twoHumps = false): Edit {
  return { config: { twoHumps }, write };
}

/** The two distributions of a frame: means and deviations. */
export function bellsOf({ values }: Pick<Frame, "values">) {
  const number = (name: string) => values[name]?.data[0] ?? Number.NaN;
  return {
    q: { mu: number("mu_q"), sigma: Math.exp(number("log_var_q") / 2) },
    p: { mu: number("mu_p"), sigma: Math.exp(number("log_var_p") / 2) },
  };
}

/** Both divergences, and the one that is looked at. */
export function divergencesOf({ values, config }: Pick<Frame, "values" | "config">) {
  const qp = values.KL_qp?.data[0] ?? Number.NaN;
  const pq = values.KL_pq?.data[0] ?? Number.NaN;
  return { qp, pq, shown: config.direction === "qp" ? qp : pq };
}

export const nameOf = (direction: Config[string]): string =>
  direction === "qp" ? "KL(q ‖ p)" : "KL(p ‖ q)";

/** The estimates of the first run, by count. */
export function estimatesOf({ values }: Pick<Frame, "values">): ArrayLike<number> {
  return values.estimates?.data ?? [];
}

function describeKl(frame: Frame): string {
  const { qp, pq, shown } = divergencesOf(frame);
  const estimates = estimatesOf(frame);
  const errors = errorsByCount(estimates, shown);
  const most = counts.at(-1) as number;
  return `KL(q ‖ p) is ${numberText(qp)} nats and KL(p ‖ q) ${numberText(pq)}. ${nameOf(frame.config.direction ?? "qp")} from ${most} draws: ${numberText(estimates[counts.length - 1] ?? Number.NaN)}; such an estimate is off by ${numberText(errors.at(-1), 2)} on average, one from 32 draws by ${numberText(errors[5], 2)}.`;
}
