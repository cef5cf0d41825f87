import { expect, test } from "vitest";
import { backpropLab } from "../../chapters/03-learning/backpropLab.ts";
import {
  edges,
  localDerivative,
  nodeNames,
  nodes,
  stops,
} from "../../chapters/03-learning/graph.ts";
import { entry, ndarray } from "../../src/data/ndarray.ts";
import { runningLab } from "./runningLab.ts";

const open = () => runningLab("03-learning", backpropLab);

test("what comes back along the edges of a node adds up to the engine's gradient", async () => {
  const lab = await open();
  const { values } = await lab.frame();
  const value = (name: string) => entry(values[name]);
  for (const name of nodeNames.filter((candidate) => candidate !== "y" && candidate !== "L")) {
    const parts = edges
      .filter(([from]) => from === name)
      .map(([, to]) => value(`grad ${to}`) * localDerivative(name, to, value).number);
    const sum = parts.reduce((total, part) => total + part, 0);
    expect(sum, nodes[name].label).toBeCloseTo(value(`grad ${name}`), 6);
  }
  await lab.close();
});

test("the walk goes back over every edge once, and never before the gradient is there", () => {
  const reached = new Set<string>(["L"]);
  const crossed: string[] = [];
  for (const stop of stops) {
    if (stop.kind !== "backward") continue;
    expect(reached).toContain(stop.to);
    reached.add(stop.from);
    crossed.push(`${stop.from} ${stop.to}`);
  }
  expect(crossed.sort()).toEqual(edges.map((edge) => edge.join(" ")).sort());
});

test("nudging any number of the graph moves the loss by its gradient, and leaves the state alone", async () => {
  const lab = await open();
  const h = 0.01;
  for (const name of nodeNames.filter((candidate) => candidate !== "y" && candidate !== "L")) {
    const nudged = (by: number) => ({
      x: ndarray([[1, 2]]),
      y: ndarray([1]),
      [`nudge ${name}`]: ndarray(by),
    });
    await lab.watch(["L@more", "L@less"], { more: nudged(h), less: nudged(-h) });
    const { values, canUndo } = await lab.frame();
    const quotient = (entry(values["L@more"]) - entry(values["L@less"])) / (2 * h);
    // Truncation is of the order h², float32 leaves 1e-7 / 2h.
    expect(quotient, name).toBeCloseTo(entry(values[`grad ${name}`]), 3);
    expect(canUndo).toBe(false);
  }
  await lab.close();
});
