import { activationOptions } from "../../src/training/activationOptions.ts";
import type { Config } from "../../src/training/lab.ts";

/** The hidden layers that a network of this chapter can have. */
export const mostLayers = 6;
export const mostUnits = 16;

/** Of the settings that belong to a hidden layer each: `units1` … `units6`, `activation1` … */
export const positions = [1, 2, 3, 4, 5, 6] as const;

/** What the network may be given of a point, in the order in which it is given. */
export const features = [
  { name: "x1", label: "x₁" },
  { name: "x2", label: "x₂" },
  { name: "x1Squared", label: "x₁²" },
  { name: "x2Squared", label: "x₂²" },
  { name: "x1x2", label: "x₁x₂" },
  { name: "sinX1", label: "sin x₁" },
  { name: "sinX2", label: "sin x₂" },
] as const;

export const hiddenActivations = activationOptions(
  "tanh",
  "relu",
  "sigmoid",
  "leakyRelu",
  "gelu",
  "identity",
  "step",
);

export const initialiserOptions = [
  { value: "xavier", label: "Xavier" },
  { value: "he", label: "He" },
  { value: "pytorch", label: "PyTorch’s" },
  { value: "large", label: "Large" },
  { value: "small", label: "Small" },
  { value: "zeros", label: "All zero" },
] as const;

/** The units of each hidden layer. */
export function hiddenSizes(config: Config): number[] {
  return positions.slice(0, Number(config.depth)).map((at) => Number(config[`units${at}`]));
}

/** The features that are on. */
export function featuresOn(config: Config) {
  return features.filter(({ name }) => config[name] === true);
}

/** How many outputs the playground's network has: one a class from three classes on, else one. */
export function outputsOf(config: Config): number {
  const classes = Number(config.classes);
  return config.task === "classification" && classes > 2 ? classes : 1;
}

/** The size of every layer of the playground's network, inputs first. */
export function layerSizes(config: Config): number[] {
  return [featuresOn(config).length, ...hiddenSizes(config), outputsOf(config)];
}

/** Weights and biases of a network whose layers have these sizes. */
export function parameterCount(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, k, i) => sum + k * ((sizes[i] ?? 0) + 1), 0);
}
