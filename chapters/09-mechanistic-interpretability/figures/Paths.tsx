import "./paths.css";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { Toggle } from "../../../src/widgets/Toggle.tsx";
import { askedOf, ranked } from "../pathsNumbers.ts";
import { letterOf, readLetters, repeatSizes } from "../repeats.ts";
import { LetterRow } from "./LetterRow.tsx";
import { OpenPath, StartTable } from "./OpenPath.tsx";
import { PathList } from "./PathList.tsx";
import { PathScores } from "./PathScores.tsx";
import { PathWays } from "./PathWays.tsx";

/** A two-layer model as the sum of all ways through it: what each says, why, and what is lost without it. */
export function Paths({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const all = ranked(frame);
  return (
    <div className="paths">
      <Question frame={frame} lab={lab} />
      <div className="paths-body">
        <PathWays frame={frame} all={all} />
        <PathList frame={frame} lab={lab} all={all} />
      </div>
      {!isStill && (
        <div className="paths-inside">
          <div>
            <OpenPath frame={frame} />
            <PathScores frame={frame} lab={lab} />
          </div>
          <StartTable frame={frame} />
        </div>
      )}
    </div>
  );
}

/** What the model reads, from which place it is asked, and for which letter. */
function Question({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { config } = frame;
  const { tokens, place, letter } = askedOf(frame);
  const { problem } = readLetters(String(config.letters));
  return (
    <div className="paths-question">
      <LiveTextField
        label="Letters"
        value={String(config.letters)}
        longest={60}
        describedBy="paths-note"
        onChange={(letters, gesture) =>
          lab.configure({ letters, place: 0, letter: 0, from: 0 }, gesture)
        }
      />
      <p id="paths-note" className="figure-note" role="status">
        {problem}
      </p>
      <LetterRow
        label="What comes after"
        tokens={tokens}
        chosen={place}
        onChoose={(at) => lab.configure({ place: at + 1, letter: 0, from: 0 })}
      />
      <div className="paths-controls">
        <Select
          label="Logit of"
          value={String(config.letter)}
          options={Array.from({ length: repeatSizes.V + 1 }, (_, i) => ({
            value: String(i),
            label:
              i === 0
                ? `the likeliest${Number(config.letter) === 0 ? `: ${letterOf(letter)}` : ""}`
                : letterOf(i - 1),
          }))}
          onChange={(value) => lab.configure({ letter: Number(value) })}
        />
        <Toggle
          label="Letter and place apart"
          value={config.apart === true}
          onChange={(apart) => lab.edit({ config: { apart, open: 0 }, release: true })}
        />
      </div>
    </div>
  );
}
