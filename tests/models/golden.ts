import type { Nested } from "../../src/data/ndarray.ts";
import type { Config } from "../../src/training/lab.ts";
import images from "../golden/images.json";
import networks from "../golden/networks.json";
import perceptron from "../golden/perceptron.json";
import recurrent from "../golden/recurrent.json";
import superposition from "../golden/superposition.json";
import transformer from "../golden/transformer.json";

type Values = Readonly<Record<string, Nested>>;

/** One run of a program, as PyTorch computed it (the script beside the JSON says how). */
export interface GoldenCase {
  readonly program: string;
  /** What the cases with these words have in common; else their activation or rule. */
  readonly group?: string;
  readonly config: Config;
  readonly title: string;
  readonly parameters: Values;
  readonly inputs: Values;
  readonly output: Nested;
  /** The loss `L` among them. */
  readonly taps: Values;
  /** Of the loss, with respect to every parameter and every tap but `L`. */
  readonly gradients: Values;
  readonly metrics?: Values;
}

export const perceptronCases = perceptron.cases as unknown as readonly GoldenCase[];
export const networkCases = networks.cases as unknown as readonly GoldenCase[];
export const recurrentCases = recurrent.cases as unknown as readonly GoldenCase[];
export const imageCases = images.cases as unknown as readonly GoldenCase[];
export const transformerCases = transformer.cases as unknown as readonly GoldenCase[];
export const superpositionCases = superposition.cases as unknown as readonly GoldenCase[];
export const goldenCases = [
  ...perceptronCases,
  ...networkCases,
  ...recurrentCases,
  ...imageCases,
  ...transformerCases,
  ...superpositionCases,
];

/** The case of this group and title. */
export function goldenCase(group: string, title: string): GoldenCase {
  const found = goldenCases.find((one) => one.group === group && one.title === title);
  if (!found) throw new Error(`There is no golden case "${group}", "${title}".`);
  return found;
}

/** The cases by program and what configures it: "perceptron-neuron, gelu". */
export function grouped(cases: readonly GoldenCase[]): Map<string, GoldenCase[]> {
  const groups = new Map<string, GoldenCase[]>();
  for (const golden of cases) {
    const { activation, rule } = golden.config;
    const name = golden.group ?? `${golden.program}, ${activation ?? rule}`;
    groups.set(name, [...(groups.get(name) ?? []), golden]);
  }
  return groups;
}
