import "./interventions.css";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import {
  bothTexts,
  type InterventionsConfig,
  interventionsLab,
  type View,
  watches,
} from "../interventionsLab.ts";
import { patients } from "../interventionsNumbers.ts";
import { readLetters } from "../repeats.ts";
import { Cutting } from "./Cutting.tsx";
import { Patching } from "./Patching.tsx";
import { Steering } from "./Steering.tsx";

/** How often the experiments are made while the model learns, in milliseconds. */
const pause = 700;

const { view: viewField } = interventionsLab.fields;
const viewOptions = viewField?.kind === "choice" ? viewField.options : [];
const modelOptions = Object.entries(patients).map(([value, { label }]) => ({ value, label }));

/** A model, and three ways to interfere with its work. */
export function Interventions({ frame, lab }: FigureProps) {
  const config = frame.config as InterventionsConfig;
  const view = config.view as View;
  const close = usePulsedWatch({ frame, lab }, watches[view], pause);
  const values = close?.values ?? frame.values;
  const problem = view === "patch" ? bothTexts(config).problem : readLetters(config.text).problem;
  const shared = { config, values, lab };
  return (
    <div className="interventions">
      <div className="interventions-choices">
        <Segmented
          label="Model"
          value={config.model}
          options={modelOptions}
          onChange={(model) => lab.configure({ model, out: "", site: 0 })}
        />
        <Segmented
          label="Do"
          value={view}
          options={viewOptions}
          onChange={(next) => lab.configure({ view: next })}
        />
      </div>
      <div className="interventions-texts">
        <LiveTextField
          label={view === "patch" ? "First text" : "Text"}
          value={config.text}
          longest={40}
          describedBy="interventions-note"
          onChange={(text, gesture) => lab.configure({ text }, gesture)}
        />
        {view === "patch" && (
          <LiveTextField
            label="Second text"
            value={config.other}
            longest={40}
            describedBy="interventions-note"
            onChange={(other, gesture) => lab.configure({ other }, gesture)}
          />
        )}
      </div>
      <p id="interventions-note" className="figure-note" role="status">
        {problem}
      </p>
      {view === "patch" && <Patching {...shared} />}
      {view === "cut" && <Cutting {...shared} />}
      {view === "steer" && <Steering {...shared} />}
    </div>
  );
}
