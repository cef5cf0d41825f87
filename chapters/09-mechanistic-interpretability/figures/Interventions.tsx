import "./interventions.css";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import {
  type Act,
  bothTexts,
  type InterventionsConfig,
  interventionsLab,
  watches,
} from "../interventionsLab.ts";
import { patients } from "../interventionsNumbers.ts";
import { readLetters } from "../repeats.ts";
import { Cutting } from "./Cutting.tsx";
import { Patching } from "./Patching.tsx";
import { Steering } from "./Steering.tsx";

/** How often the experiments are made while the model learns, in milliseconds. */
const pause = 1500;

/** A loss above which a model has learnt nothing, in nats: a guess among all 16 letters costs 2.77. */
const ignorant = 2.5;

const { act: actField } = interventionsLab.fields;
const actOptions = actField?.kind === "choice" ? actField.options : [];
const modelOptions = Object.entries(patients).map(([value, { label }]) => ({ value, label }));

/** A model, and three ways to interfere with its work. */
export function Interventions({ frame, lab }: FigureProps) {
  const config = frame.config as InterventionsConfig;
  const act = config.act as Act;
  const close = usePulsedWatch({ frame, lab }, watches[act], pause);
  const values = close?.values ?? frame.values;
  const isIgnorant = frame.step === 0 && frame.loss > ignorant;
  const problem = act === "patch" ? bothTexts(config).problem : readLetters(config.text).problem;
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
          value={act}
          options={actOptions}
          onChange={(next) => lab.configure({ act: next })}
        />
      </div>
      <div className="interventions-texts">
        <LiveTextField
          label={act === "patch" ? "First text" : "Text"}
          value={config.text}
          longest={40}
          describedBy="interventions-note"
          onChange={(text, gesture) => lab.configure({ text }, gesture)}
        />
        {act === "patch" && (
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
        {isIgnorant && " This model has learnt nothing yet: press Train, and wait for 200 steps."}
      </p>
      {act === "patch" && <Patching {...shared} />}
      {act === "cut" && <Cutting {...shared} />}
      {act === "steer" && <Steering {...shared} />}
    </div>
  );
}
