import { defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { lettersInput, repeats } from "./repeats.ts";

export const virtualLab = defineLab({
  id: "mi-virtual",
  version: 1,
  title: "Virtual weights",
  invitation:
    "Press the strongest wire between two heads, then cut it: the model no longer repeats.",
  fields: {
    ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
  },
  trains: true,
  data: (_config, random) => repeats(3200, random),
  scored: () => 64,
  input: () => lettersInput("GAMBLINGAMBLIN"),
  probes: () => ({ held: repeats(64, randomStream(1, "held repeats").uniform) }),
  watch: () => ["p"],
  describe: ({ loss, metrics }: Frame) =>
    `Of the letters that can be known it guesses ${numberText(100 * (metrics.accuracy ?? Number.NaN), 3)} % right; its loss is ${numberText(loss, 2)}.`,
  checkpoint: { steps: 400 },
});
