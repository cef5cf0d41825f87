import { describe, expect, test } from "vitest";
import { bracketsLab, heldDepths, outOf } from "../../chapters/06-lstm-and-gru/bracketsLab.ts";
import {
  cellName,
  depthCorrelations,
  inputOf,
  longestText,
  shownText,
} from "../../chapters/06-lstm-and-gru/bracketsText.ts";
import { entry } from "../../src/data/ndarray.ts";
import { runningLab } from "../contract/runningLab.ts";

describe("a text on show", () => {
  test("comes back as it was written, fillers as dots, with its truth", () => {
    const { x } = inputOf("f(x[1])", 2);
    const { characters, depth, closes } = shownText(x, 2);
    expect(characters.join("")).toBe("·(·[·])");
    expect(depth).toEqual([0, 1, 1, 2, 2, 1, 0]);
    expect(closes).toEqual([0, 1, 1, 2, 2, 1, 0]);
  });

  test("is neither empty nor longer than there is room", () => {
    expect(() => inputOf("", 1)).toThrow("There is nothing to read");
    expect(() => inputOf("(".repeat(longestText + 1), 1)).toThrow("there is room for 40");
  });
});

describe("the correlation with the depth", () => {
  const depths = [
    [0, 1],
    [2, 3],
  ];
  // Two steps, two texts, three cells: the depth itself, its opposite, and one that never moves.
  const c = { shape: [2, 2, 3], data: Float32Array.from([0, 0, 5, 2, -2, 5, 1, -1, 5, 3, -3, 5]) };

  test("is 1 for a cell that is the depth, −1 for its opposite, 0 for one that never moves", () => {
    const [same, opposite, still] = depthCorrelations(c, depths);
    expect(same).toBeCloseTo(1, 6);
    expect(opposite).toBeCloseTo(-1, 6);
    expect(still).toBe(0);
  });
});

test("cells are counted from one", () => {
  expect([cellName(0), cellName(9)]).toEqual(["c₁", "c₁₀"]);
});

describe("a cell that is held at zero", () => {
  test("is zero at every step, leaves the others' first step as it was, and works again when released", async () => {
    const lab = await runningLab("06-lstm-and-gru", bracketsLab, "wasm");
    const before = await lab.read("steps.*.c");
    await lab.write("keep", [1, 0, 1, 1]);
    const frame = await lab.frame();
    expect(outOf(frame)).toEqual([1]);
    const { data } = await lab.read("steps.*.c");
    for (let at = 1; at < data.length; at += 4) expect(data[at]).toBeCloseTo(0, 9);
    expect(data[0]).toBe(before.data[0]);
    expect(data.slice(4)).not.toEqual(before.data.slice(4));
    await lab.release("keep");
    expect((await lab.read("steps.*.c")).data).toEqual(before.data);
    await lab.close();
  });

  test("costs as much as the bar beside it says", async () => {
    const lab = await runningLab("06-lstm-and-gru", bracketsLab, "wasm");
    const bars = (await lab.frame()).values["accuracy_without@ablated"];
    for (const unit of [0, 3]) {
      await lab.write(
        "keep",
        Array.from({ length: 4 }, (_, i) => (i === unit ? 0 : 1)),
      );
      const share = entry(await lab.read("accuracy_closing@held"));
      expect(share).toBeCloseTo(entry(bars, unit), 5);
    }
    await lab.close();
  });

  test("is told apart in texts that are held out, whose depths are known", () => {
    for (const kinds of ["one", "two"]) {
      const depths = heldDepths(kinds).flat();
      expect(Math.min(...depths)).toBe(0);
      expect(Math.max(...depths)).toBe(8);
    }
  });
});

test("a text of the reader's goes into the lab, and one that it cannot read is refused and changes nothing", async () => {
  const lab = await runningLab("06-lstm-and-gru", bracketsLab, "wasm");
  await lab.configure({ text: "((a))" });
  expect((await lab.read("y_hat")).shape).toEqual([1, 5, 2]);
  await expect(lab.configure({ text: "(()}" })).rejects.toThrow("which the model does not know");
  expect((await lab.frame()).config.text).toBe("((a))");
  await lab.close();
});
