import type { ReactNode } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { type CellKind, isRight } from "../cellLab.ts";
import type { LatchStep } from "../latch.ts";
import { factor, type Series, short } from "./cellText.ts";

interface CellWordsProps {
  readonly frame: Frame;
  readonly kind: CellKind;
  readonly unit: number;
  readonly series: Series;
  readonly step: number;
  readonly asked: LatchStep | undefined;
  readonly said: number | undefined;
  readonly wanted: number | undefined;
}

/** The chosen step in words and sums. */
export function CellWords(props: CellWordsProps) {
  const { kind, series, step, asked, said, wanted } = props;
  const at = (name: string, t = step) => (t < 1 ? 0 : series[name]?.[t - 1]);
  return (
    <div className="cell-words">
      <p>
        <strong>Step {step}.</strong> {asked && askedText(asked)}
      </p>
      {kind === "lstm" ? <LstmSums at={at} step={step} /> : <GruSums at={at} step={step} />}
      <AnswerSum {...props} />
      <p>
        Wanted: {wanted === undefined ? "–" : signOf(wanted)}.{" "}
        {isRight(said, wanted) ? "Right." : "Wrong."}
      </p>
    </div>
  );
}

const signOf = (value: number): string => (value === 0 ? "0" : value > 0 ? "+1" : "−1");

function askedText({ value, command }: LatchStep): string {
  const sign = value > 0 ? "+1" : "−1";
  if (command === "write") return `The value is ${sign}, to be written.`;
  if (command === "read") return "The memory is asked what it holds.";
  return `A value of ${sign} goes by, not to be written.`;
}

interface SumsProps {
  readonly at: (name: string, t?: number) => number | undefined;
  readonly step: number;
}

function Sum({ left, terms, right }: { left: ReactNode; terms: string; right: string }) {
  return (
    <p className="cell-sum">
      {left} = {terms} = <strong>{right}</strong>
    </p>
  );
}

function LstmSums({ at, step }: SumsProps) {
  const c = at("c");
  return (
    <>
      <Sum
        left={<>c{sub(step)}</>}
        terms={`f·c${sub(step - 1)} + i·c̃ = ${short(at("f"))}·${factor(at("c", step - 1))} + ${short(at("i"))}·${factor(at("c_tilde"))}`}
        right={short(c)}
      />
      <Sum
        left={<>h{sub(step)}</>}
        terms={`o·tanh(c${sub(step)}) = ${short(at("o"))}·${factor(c === undefined ? c : Math.tanh(c))}`}
        right={short(at("h"))}
      />
    </>
  );
}

function GruSums({ at, step }: SumsProps) {
  const z = at("z");
  return (
    <Sum
      left={<>h{sub(step)}</>}
      terms={`z·h${sub(step - 1)} + (1 − z)·h̃ = ${short(z)}·${factor(at("h", step - 1))} + ${short(z === undefined ? z : 1 - z)}·${factor(at("h_tilde"))}`}
      right={short(at("h"))}
    />
  );
}

function AnswerSum({ frame, kind, unit, series, step, said }: CellWordsProps) {
  const weights = frame.values[`${kind}.head.W`]?.data ?? [];
  const h = series.h?.[step - 1];
  const own = `${short(weights[unit])}·${factor(h)}`;
  const terms =
    weights.length > 1
      ? `${own} + the other units’ parts + ${factor(entry(frame.values[`${kind}.head.b`]))}`
      : `${own} + ${factor(entry(frame.values[`${kind}.head.b`]))}`;
  return <Sum left={<>ŷ{sub(step)}</>} terms={terms} right={short(said)} />;
}

const digits = "₀₁₂₃₄₅₆₇₈₉";

/** A subscript of digits. */
function sub(number: number): string {
  return [...String(number)].map((digit) => digits[Number(digit)]).join("");
}
