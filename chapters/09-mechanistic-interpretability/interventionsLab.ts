import { type Arrays, entry, ndarray } from "../../src/data/ndarray.ts";
import {
  type Config,
  type ConfigOf,
  defineLab,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText, signedText } from "../../src/viz/numberText.ts";
import {
  partsOf,
  patientOf,
  patients,
  sitesOf,
  streamsOf,
  strengths,
} from "./interventionsNumbers.ts";
import { letterOf, readLetters, repeatSizes, repeats } from "./repeats.ts";

const { T, V } = repeatSizes;

/** Texts on which the loss without a part is taken, and by which means are taken: few, for each part costs a run. */
const cutTexts = 24;
const steerTexts = 32;

export type Act = "cut" | "patch" | "steer";

const fields = {
  model: {
    kind: "choice",
    label: "Model",
    initial: "two",
    options: Object.entries(patients).map(([value, { label }]) => ({ value, label })),
    restarts: true,
    place: "figure",
  },
  act: {
    kind: "choice",
    label: "Do",
    initial: "patch",
    options: [
      { value: "cut", label: "Cut" },
      { value: "patch", label: "Swap" },
      { value: "steer", label: "Push" },
    ],
    place: "figure",
  },
  text: { kind: "text", label: "Text", initial: "CFADBHCFA", longest: 40, place: "figure" },
  other: { kind: "text", label: "Other text", initial: "CFGDBHCFA", longest: 40, place: "figure" },
  how: {
    kind: "choice",
    label: "Put in its place",
    initial: "mean",
    options: [
      { value: "zero", label: "nothing" },
      { value: "mean", label: "its mean" },
      { value: "resample", label: "another text’s" },
    ],
    place: "figure",
  },
  out: { kind: "text", label: "Parts cut", initial: "", longest: 80, place: "figure" },
  site: {
    kind: "number",
    label: "Site",
    initial: 0,
    min: 0,
    max: 8,
    integer: true,
    place: "figure",
  },
  at: {
    kind: "number",
    label: "Letter",
    initial: 3,
    min: 1,
    max: T,
    integer: true,
    place: "figure",
  },
  stream: {
    kind: "number",
    label: "Push after layer",
    initial: 1,
    min: 0,
    max: 2,
    integer: true,
    place: "figure",
  },
  to: {
    kind: "number",
    label: "Towards letter",
    initial: 1,
    min: 0,
    max: V - 1,
    integer: true,
    place: "figure",
  },
  alpha: { kind: "number", label: "Strength α", initial: 0, min: -1, max: 2, place: "figure" },
  ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
} as const;

export type InterventionsConfig = ConfigOf<typeof fields>;

/** What each experiment is seen by. */
export const watches: Readonly<Record<Act, readonly string[]>> = {
  cut: ["cut_loss@cutting", "cut_p@cutting"],
  patch: ["r@patching", "patched@patching", "before@patching"],
  steer: ["steered_p@steering"],
};

export const interventionsLab = defineLab({
  id: "mi-interventions",
  version: 1,
  title: "Cut, swap, push",
  invitation:
    "Press a square: what the first text made there is put into the run on the second. Then try Cut, and Push.",
  fields,
  trains: true,
  data: (_config, random) => repeats(3200, random),
  scored: () => 64,
  input: ({ text }) => ({ x: ndarray([readLetters(text).tokens]) }),
  probes: probesOf,
  watch: () => ["p"],
  closely: ({ act }) => watches[act as Act],
  describe: describeInterventions,
  presets: [
    {
      label: "Whose letter came before?",
      edit: { config: { act: "patch", text: "CFADBHCFA", other: "CFGDBHCFA", site: 0, at: 3 } },
    },
    {
      label: "Another letter to find",
      edit: { config: { act: "patch", text: "CFADBHCFA", other: "CFAGBHCFA", site: 0, at: 4 } },
    },
    {
      label: "Cut a head",
      edit: { config: { act: "cut", text: "CFADBHCFA", how: "mean", out: "" } },
    },
    {
      label: "Make it think of another letter",
      edit: { config: { act: "steer", text: "CFADBHCFA", to: 1, stream: 1, alpha: 0 } },
    },
  ],
  checkpoint: { of: "mi-virtual" },
});

const held = (count: number) => repeats(count, randomStream(1, "texts to intervene in").uniform);

/** The texts that are swapped between, of one length: the longer is cut at its end. */
export function bothTexts({ text, other }: Pick<InterventionsConfig, "text" | "other">) {
  const [one, two] = [readLetters(text), readLetters(other)];
  const length = Math.min(one.tokens.length, two.tokens.length);
  return {
    from: one.tokens.slice(0, length),
    into: two.tokens.slice(0, length),
    problem: [
      one.problem,
      two.problem,
      one.tokens.length === two.tokens.length
        ? ""
        : `Both texts are read up to letter ${length}, where the shorter ends.`,
    ]
      .filter(Boolean)
      .join(" "),
  };
}

/** Which parts are cut, by their labels. */
export function cutParts(config: Config): ReadonlySet<string> {
  return new Set(String(config.out).split(",").filter(Boolean));
}

function probesOf(config: InterventionsConfig): Readonly<Record<string, Arrays>> {
  if (config.act === "cut") return { cutting: cuttingInput(config) };
  if (config.act === "patch") {
    const { from, into } = bothTexts(config);
    return { patching: { from: ndarray([from]), into: ndarray([into]) } };
  }
  const { x } = held(steerTexts);
  return {
    steering: {
      text: ndarray([readLetters(config.text).tokens]),
      ...(x && { texts: x }),
      alphas: ndarray([...strengths, config.alpha]),
      to: ndarray(config.to),
    },
  };
}

function cuttingInput(config: InterventionsConfig): Arrays {
  const { x, y } = held(cutTexts);
  const { tokens } = readLetters(config.text);
  const row = Array.from({ length: T }, (_, t) => tokens[t] ?? 0);
  const cut = cutParts(config);
  const shape = [cutTexts + 1, T];
  return {
    all: { shape, data: Float32Array.from([...(x?.data ?? []), ...row]) },
    y: { shape, data: Float32Array.from([...(y?.data ?? []), ...row.map(() => -1)]) },
    place: ndarray(tokens.length - 1),
    out: ndarray(partsOf(config).map(({ label }) => Number(cut.has(label)))),
  };
}

/** The likeliest letter of a row of `[…, V]`, and its number there; the likeliest but one that is left out. */
export function greatest(data: ArrayLike<number> | undefined, row: number, but = -1) {
  let token = but === 0 ? 1 : 0;
  for (let i = 1; i < V; i++) {
    if (i === but) continue;
    if ((data?.[row * V + i] ?? Number.NaN) > (data?.[row * V + token] ?? Number.NaN)) token = i;
  }
  return { token, letter: letterOf(token), value: data?.[row * V + token] ?? Number.NaN };
}

function describeInterventions(frame: Frame): string {
  const config = frame.config as InterventionsConfig;
  const { layers } = patientOf(config);
  const act = config.act as Act;
  if (watches[act].some((watch) => !(watch in frame.values))) return describePlain(frame);
  if (act === "cut") return describeCut(frame);
  if (act === "patch") return describePatch(frame);
  const rows = frame.values["steered_p@steering"];
  const now = greatest(rows?.data, strengths.length);
  const where = streamsOf(config)[Math.min(config.stream, layers)]?.label;
  return `Pushed ${where} by ${signedText(config.alpha)} towards “${letterOf(config.to)}”, it says “${now.letter}” with ${numberText(100 * now.value, 3)} %.`;
}

/** What it says when it is left alone: all that is known before an experiment has been made. */
function describePlain({ values, config }: Frame): string {
  const { tokens } = readLetters(String(config.text));
  const { letter, value } = greatest(values.p?.data, tokens.length - 1);
  return `Left alone, after ${tokens.map(letterOf).join("")} it says “${letter}” with ${numberText(100 * value, 3)} %.`;
}

function describeCut({ values, config }: Frame): string {
  const loss = values["cut_loss@cutting"];
  const out = [...cutParts(config)].join(", ");
  const whole = numberText(entry(loss, 0));
  if (out === "") return `Nothing is cut; the loss on texts that it never read is ${whole}.`;
  return `Without ${out} the loss is ${numberText(loss?.data.at(-1))}; with all parts it is ${whole}.`;
}

function describePatch({ values, config }: Frame): string {
  const { site, at } = config as InterventionsConfig;
  const before = values["before@patching"];
  const r = values["r@patching"];
  const { from, into } = bothTexts(config as InterventionsConfig);
  const sites = sitesOf(config);
  const chosen = Math.min(site, sites.length - 1);
  const place = Math.min(at, from.length);
  const [a, b] = [greatest(before?.data, 0).letter, greatest(before?.data, 1).letter];
  if (String(from) === String(into)) {
    return `The two texts are the same, and after both it says “${a}”: change a letter.`;
  }
  const share = numberText(100 * entry(r, chosen * from.length + place - 1), 3);
  return `After the first text it says “${a}”, after the second “${b}”. Letter ${place}, ${sites[chosen]?.label}, from the first brings back ${share} %.`;
}
