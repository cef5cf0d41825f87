import "./lens.css";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { type LensConfig, placeIn, sharesIn } from "../lensLab.ts";
import { isTooLong, nameOf, stages, tokensOf } from "../lensText.ts";
import { Attribution } from "./Attribution.tsx";
import { LensGrid } from "./LensGrid.tsx";
import { TokenBars } from "./TokenBars.tsx";

/** A text, and what the GPT's stream says of it at every stage; and of what a logit at its end is made. */
export function Lens({ frame, lab }: FigureProps) {
  const config = frame.config as LensConfig;
  const tokens = tokensOf(config.text);
  const place = placeIn(config);
  const { lens_p } = frame.values;
  const here = sharesIn(lens_p, config.stage, place);
  const stage = stages[config.stage]?.label ?? "";
  return (
    <div className="lens">
      <LiveTextField
        label="Text"
        value={config.text}
        longest={300}
        describedBy="lens-note"
        onChange={(text, gesture) =>
          lab.configure({ text, place: 0, token: -1, against: -1 }, gesture)
        }
      />
      <p id="lens-note" className="figure-note" role="status">
        {isTooLong(config.text) && `It reads ${tokens.length} tokens; of your text, the last ones.`}
      </p>
      <LensGrid
        tokens={tokens}
        lens_p={lens_p}
        chosen={{ stage: config.stage, place }}
        onChoose={(at) => lab.configure({ stage: at.stage, place: at.place + 1 })}
      />
      <div className="lens-below">
        <TokenBars
          title={`After “${nameOf(tokens[place] ?? 0)}”, ${stage}`}
          shares={here}
          came={tokens[place + 1]}
        />
        <Attribution frame={frame} lab={lab} tokens={tokens} place={place} />
      </div>
    </div>
  );
}
