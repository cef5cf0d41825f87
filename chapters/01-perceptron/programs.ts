import { activationNamed, activations } from "../../src/models/activations.ts";
import { type Layer, layer } from "../../src/models/layer.ts";
import { named } from "../../src/models/named.ts";
import { type Neuron, neuron } from "../../src/models/neuron.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { binaryCrossEntropy, perceptronCriterion, squaredError } from "../../src/training/loss.ts";

const weights = (parameters: Tensors): Neuron => ({
  w: named(parameters, "w"),
  b: named(parameters, "b"),
});

/**
 * One neuron by hand. It starts on the first coordinate, w = (1, 0, …, 0), with b = ½. Loss: (ŷ − y)².
 * Given `z` in place of `x`, it is the activation alone: the curve on which the neuron's z stands.
 */
function neuronByHand(config: Config): Program {
  const g = activationNamed(config.activation);
  const n = Number(config.inputs);
  const e_1 = Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0));
  const run: Run = (parameters, inputs, tap) =>
    inputs.z
      ? tap("y_hat", g(tap("z", inputs.z)))
      : neuron(weights(parameters), named(inputs, "x"), g, tap).y_hat;
  return {
    parameters: {
      w: { shape: [n], initial: { kind: "values", values: e_1 } },
      b: { shape: [], initial: { kind: "constant", value: 0.5 } },
    },
    forward: run,
    loss: (parameters, batch, tap) =>
      tap("L", squaredError(run(parameters, batch, tap), tap("y", named(batch, "y")))),
  };
}

/**
 * A line in the plane, learnt by Rosenblatt's rule or by gradient descent on the cross-entropy.
 * Both are descents; they differ in activation and loss alone.
 */
function line(config: Config): Program {
  const rosenblatt = config.rule === "perceptron";
  const g = rosenblatt ? activations.step : activations.sigmoid;
  return {
    parameters: {
      w: { shape: [2], initial: { kind: "normal", deviation: 1 } },
      b: { shape: [], initial: { kind: "constant", value: 0 } },
    },
    forward: (parameters, inputs, tap) =>
      neuron(weights(parameters), named(inputs, "x"), g, tap).y_hat,
    // #region lineLoss
    loss: (parameters, batch, tap) => {
      const { z, y_hat } = neuron(weights(parameters), named(batch, "x"), g, tap);
      const y = tap("y", named(batch, "y"));
      return tap("L", rosenblatt ? perceptronCriterion(z, y_hat, y) : binaryCrossEntropy(z, y));
    },
    // #endregion
    metrics: (parameters, batch) => {
      const { z } = neuron(weights(parameters), named(batch, "x"), g);
      // Both activations say "1" where z > 0.
      return { accuracy: z.step().equal(named(batch, "y")).cast("float32").mean() };
    },
  };
}

/** An activation function alone: a = g(z). Its loss is Σ a, so that the gradient at z is the curve g′(z). */
function activationCurve(config: Config): Program {
  const g = activationNamed(config.activation);
  const run: Run = (_parameters, inputs, tap) => tap("a", g(tap("z", named(inputs, "x"))));
  return {
    parameters: {},
    forward: run,
    loss: (parameters, batch, tap) => tap("L", run(parameters, batch, tap).sum()),
  };
}

/** A layer of neurons, started as PyTorch's `nn.Linear` is. Loss: (Ŷ − Y)², averaged over all entries. */
function layerOfNeurons(config: Config): Program {
  const g = activationNamed(config.activation);
  const k = Number(config.neurons);
  const n = Number(config.inputs);
  const run: Run = (parameters, inputs, tap) => {
    const { Y_hat } = layer(
      { W: named(parameters, "W"), b: named(parameters, "b") } satisfies Layer,
      named(inputs, "x"),
      g,
      tap,
    );
    return Y_hat;
  };
  const limit = 1 / Math.sqrt(n);
  return {
    parameters: {
      W: { shape: [k, n], initial: { kind: "uniform", limit } },
      b: { shape: [k], initial: { kind: "uniform", limit } },
    },
    forward: run,
    loss: (parameters, batch, tap) =>
      tap("L", squaredError(run(parameters, batch, tap), named(batch, "y"))),
  };
}

type Run = Program["forward"];

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "perceptron-neuron": neuronByHand,
  "perceptron-line": line,
  "perceptron-activations": activationCurve,
  "perceptron-layer": layerOfNeurons,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
