import "./cell.css";
import { useMemo, useState } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { answersOf, kindOf, sequenceOf, tapAt } from "../cellLab.ts";
import { type LatchStep, latchExample } from "../latch.ts";
import { CellWords } from "./CellWords.tsx";
import { seriesOf } from "./cellText.ts";
import { GruDiagram } from "./GruDiagram.tsx";
import { LstmDiagram } from "./LstmDiagram.tsx";
import { Strips } from "./Strips.tsx";

const cells = [
  { value: "lstm", label: "LSTM" },
  { value: "gru", label: "GRU" },
] as const;

const brushes = [
  { value: "shut", label: "shut (0)" },
  { value: "open", label: "open (1)" },
  { value: "at", label: "at" },
  { value: "free", label: "let go" },
] as const;
type Brush = (typeof brushes)[number]["value"];

/** A walk along the sequence is one step of undo. */
const walk = "walk along the sequence";

/** The cell at one step, its wires lit by their numbers; and every quantity over all steps. */
export function Cell({ frame, lab }: FigureProps) {
  const [brush, setBrush] = useState<Brush>("shut");
  const [level, setLevel] = useState(0.5);
  const [chosenUnit, setUnit] = useState(0);
  const isStill = useStillness();
  const kind = kindOf(frame);
  const units = Number(frame.config.units);
  const unit = Math.min(chosenUnit, units - 1);
  const steps = sequenceOf(frame);
  const step = Math.min(Number(frame.config.step), steps.length);
  const series = useMemo(
    () => seriesOf(frame.values, kind, unit, units),
    [frame.values, kind, unit, units],
  );
  const answers = answersOf(frame);

  const choose = (next: number): void => {
    if (next !== step) void lab.configure({ step: next }, walk);
  };
  const hold = (name: string, from: number, to: number, gesture: string): void => {
    const taps = Array.from({ length: to - from + 1 }, (_, i) => tapAt(kind, from + i, name));
    const value = brush === "open" ? 1 : brush === "shut" ? 0 : level;
    const row = [new Array<number>(units).fill(value)];
    const edit =
      brush === "free"
        ? { release: taps }
        : { write: Object.fromEntries(taps.map((tap) => [tap, row])) };
    void lab.edit(edit, gesture);
  };
  const setStep = (at: number, next: LatchStep): void => {
    void lab.input(latchExample(steps.with(at - 1, next)));
  };
  const Diagram = kind === "lstm" ? LstmDiagram : GruDiagram;
  const held = new Set(frame.held);
  return (
    <div className="cell">
      <div className="cell-choices">
        <Segmented
          label="Cell"
          value={kind}
          options={cells}
          onChange={(cell) => lab.configure({ cell })}
        />
        {units > 1 && (
          <Segmented
            label="Unit"
            value={String(unit)}
            options={Array.from({ length: units }, (_, k) => ({
              value: String(k),
              label: String(k + 1),
            }))}
            onChange={(next) => setUnit(Number(next))}
          />
        )}
      </div>
      <div className="cell-now">
        <Diagram
          series={series}
          step={step}
          asked={steps[step - 1]}
          isHeld={(name) => held.has(tapAt(kind, step, name))}
        />
        <CellWords
          frame={frame}
          kind={kind}
          unit={unit}
          series={series}
          step={step}
          asked={steps[step - 1]}
          said={answers.said[step - 1]}
          wanted={answers.wanted[step - 1]}
        />
      </div>
      <Slider
        label="Step"
        min={1}
        max={steps.length}
        step={1}
        value={step}
        valueText={(at) => `${at} of ${steps.length}`}
        onChange={(at, gesture) => lab.configure({ step: at }, gesture)}
      />
      <div className="cell-choices">
        <Segmented
          label="Hold gates"
          value={brush}
          options={brushes}
          onChange={(next) => setBrush(next as Brush)}
        />
        {brush === "at" && (
          <NumberField
            label="The value at which gates are held"
            value={level}
            min={0}
            max={1}
            changed={false}
            onChange={setLevel}
          />
        )}
        <button
          type="button"
          disabled={isStill || frame.held.length === 0}
          onClick={() => lab.edit({ release: true })}
        >
          Let all go
        </button>
      </div>
      <Strips
        kind={kind}
        series={series}
        sequence={steps}
        answers={answers}
        step={step}
        held={held}
        onChoose={choose}
        onHold={hold}
        onStep={setStep}
      />
    </div>
  );
}
