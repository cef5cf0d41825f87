import type { LatchStep } from "../latch.ts";
import { type Series, short } from "./cellText.ts";
import { Box, Label, Operation, Wire } from "./Wires.tsx";

export interface DiagramProps {
  readonly series: Series;
  /** From 1. */
  readonly step: number;
  readonly asked: LatchStep | undefined;
  readonly isHeld: (name: string) => boolean;
}

/** The input of a step in a few characters. */
export function inputText(asked: LatchStep | undefined): string {
  if (!asked) return "x";
  const command = asked.command === "none" ? "" : `, ${asked.command}`;
  return `x: ${asked.value > 0 ? "+1" : "−1"}${command}`;
}

/** The LSTM cell at one step: above, the line of the cell state; below, the gates that act on it. */
export function LstmDiagram({ series, step, asked, isHeld }: DiagramProps) {
  const at = (name: string, t = step) => (t < 1 ? 0 : (series[name]?.[t - 1] ?? 0));
  const [f, i, o, candidate, c, h] = ["f", "i", "o", "c_tilde", "c", "h"].map((n) => at(n)) as Six;
  const [before, hBefore] = [at("c", step - 1), at("h", step - 1)];
  const [kept, written, shown] = [f * before, i * candidate, Math.tanh(c)];
  return (
    <svg
      className="cell-diagram"
      viewBox="0 0 480 400"
      role="img"
      aria-label={`The LSTM at step ${step}: forget gate ${short(f)} times the old cell state ${short(before)}, plus input gate ${short(i)} times the candidate ${short(candidate)}, is the cell state ${short(c)}; output gate ${short(o)} times its tanh is the hidden state ${short(h)}.`}
    >
      <Wire d="M10 70H90" value={before} />
      <Wire d="M90 70H235" value={kept} />
      <Wire d="M235 70H470" value={c} />
      <Wire d="M90 235V70" value={f} />
      <Wire d="M180 235V150H235" value={i} />
      <Wire d="M275 235V150H235" value={candidate} />
      <Wire d="M235 150V70" value={written} />
      <Wire d="M410 70V180" value={shown} />
      <Wire d="M365 235V180H410" value={o} />
      <Wire d="M410 180H470" value={h} />
      <Wire d="M10 320H365V285M90 320V285M180 320V285M275 320V285" />
      <Wire d="M50 380V350H385V340M110 350V285M200 350V285M295 350V285M385 350V285" />
      <Operation x={90} y={70} sign="×" />
      <Operation x={235} y={70} sign="+" />
      <Operation x={235} y={150} sign="×" />
      <Operation x={410} y={180} sign="×" />
      <g className="cell-operation">
        <rect x={384} y={98} width="52" height="24" rx="12" />
        <text x={410} y={110} textAnchor="middle" dominantBaseline="central">
          tanh
        </text>
      </g>
      <Box x={90} y={260} name="f" label="f" value={f} curve="σ" isHeld={isHeld("f")} />
      <Box x={180} y={260} name="i" label="i" value={i} curve="σ" isHeld={isHeld("i")} />
      <Box
        x={275}
        y={260}
        name="c_tilde"
        label="c̃"
        value={candidate}
        isGate={false}
        curve="tanh"
        isHeld={isHeld("c_tilde")}
      />
      <Box x={365} y={260} name="o" label="o" value={o} curve="σ" isHeld={isHeld("o")} />
      <Label x={6} y={32}>
        old cell state
      </Label>
      <Label x={6} y={52}>
        {short(before)}
      </Label>
      <Label x={162} y={52} anchor="middle">
        {short(kept)}
      </Label>
      <Label x={330} y={52} anchor="middle" sym="c">
        c = {short(c)}
      </Label>
      <Label x={247} y={112}>
        {short(written)}
      </Label>
      <Label x={422} y={150}>
        {short(shown)}
      </Label>
      <Label x={476} y={206} anchor="end" sym="h">
        h = {short(h)}
      </Label>
      <Label x={6} y={312}>
        {short(hBefore)}
      </Label>
      <Label x={6} y={342}>
        old h
      </Label>
      <Label x={64} y={384}>
        {inputText(asked)}
      </Label>
    </svg>
  );
}

type Six = [number, number, number, number, number, number];
