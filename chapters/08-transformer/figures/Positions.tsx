import "./positions.css";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { settingsOf, viewOptions } from "../positionsLab.ts";
import { AddedToWords } from "./AddedToWords.tsx";
import { Dials } from "./Dials.tsx";
import { PlaceGuess } from "./PlaceGuess.tsx";
import { PlaceProducts } from "./PlaceProducts.tsx";
import { PlaceTables } from "./PlaceTables.tsx";

const views = {
  waves: PlaceTables,
  products: PlaceProducts,
  shift: Dials,
  words: AddedToWords,
  guess: PlaceGuess,
} as const;

const isView = (name: string): name is keyof typeof views => Object.hasOwn(views, name);

/** Which numbers of a view the reader sets by a slider. */
const sliders: Readonly<Record<keyof typeof views, readonly ("place" | "dimension" | "shift")[]>> =
  {
    waves: ["place", "dimension"],
    products: ["place"],
    shift: ["place", "shift"],
    words: [],
    guess: ["place"],
  };

/** The codes of places: waves beside learned ones. */
export function Positions({ frame, lab, projected }: FigureProps) {
  const name = String(frame.config.view);
  const view = isView(name) ? name : "waves";
  const View = views[view];
  const { T, d, t, dimension, k } = settingsOf(frame);
  const all = {
    place: { label: "Place t", value: t, max: T - 1 },
    dimension: { label: "Number", value: dimension, max: d - 1 },
    shift: { label: "Shift k", value: k, max: 63 },
  };
  return (
    <div className="positions">
      <Segmented
        label="Look at"
        value={view}
        options={viewOptions}
        onChange={(next) => lab.configure({ view: next })}
      />
      <div className="positions-view">
        <View frame={frame} lab={lab} projected={projected} />
      </div>
      <div className="positions-sliders">
        {sliders[view].map((field) => (
          <Slider
            key={field}
            {...all[field]}
            min={0}
            step={1}
            onChange={(value, gesture) => lab.configure({ [field]: value }, gesture)}
          />
        ))}
      </div>
    </div>
  );
}
