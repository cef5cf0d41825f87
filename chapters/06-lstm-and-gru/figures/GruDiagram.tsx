import { short } from "./cellText.ts";
import { type DiagramProps, inputText } from "./LstmDiagram.tsx";
import { Box, Label, Operation, Wire } from "./Wires.tsx";

/** The GRU at one step: one line of state; the update gate keeps of it what it does not replace. */
export function GruDiagram({ series, step, asked, isHeld }: DiagramProps) {
  const at = (name: string, t = step) => (t < 1 ? 0 : (series[name]?.[t - 1] ?? 0));
  const [z, r, candidate, h] = ["z", "r", "h_tilde", "h"].map((n) => at(n)) as Four;
  const before = at("h", step - 1);
  const [kept, written] = [z * before, (1 - z) * candidate];
  return (
    <svg
      className="cell-diagram"
      viewBox="0 0 480 400"
      role="img"
      aria-label={`The GRU at step ${step}: update gate ${short(z)} times the old state ${short(before)}, plus ${short(1 - z)} times the candidate ${short(candidate)}, is the state ${short(h)}; the reset gate is ${short(r)}.`}
    >
      <Wire d="M10 70H100" value={before} />
      <Wire d="M100 70H320" value={kept} />
      <Wire d="M320 70H470" value={h} />
      <Wire d="M100 235V70" value={z} />
      <Wire d="M100 150H210" value={z} />
      <Wire d="M210 150H320" value={1 - z} />
      <Wire d="M320 235V150" value={candidate} />
      <Wire d="M320 150V70" value={written} />
      <Wire d="M225 260H265V320" value={r} />
      <Wire d="M10 320H265M100 320V285M195 320V285" />
      <Wire d="M265 320H320V285" />
      <Wire d="M50 380V350H340V285M120 350V285M215 350V285" />
      <Operation x={100} y={70} sign="×" />
      <Operation x={320} y={70} sign="+" />
      <Operation x={320} y={150} sign="×" />
      <Operation x={265} y={320} sign="×" />
      <g className="cell-operation">
        <rect x={188} y={138} width="44" height="24" rx="12" />
        <text x={210} y={150} textAnchor="middle" dominantBaseline="central">
          1 −
        </text>
      </g>
      <Box x={100} y={260} name="z" label="z" value={z} curve="σ" isHeld={isHeld("z")} />
      <Box x={195} y={260} name="r" label="r" value={r} curve="σ" isHeld={isHeld("r")} />
      <Box
        x={320}
        y={260}
        name="h_tilde"
        label="h̃"
        value={candidate}
        isGate={false}
        curve="tanh"
        isHeld={isHeld("h_tilde")}
      />
      <Label x={6} y={32}>
        old state
      </Label>
      <Label x={6} y={52}>
        {short(before)}
      </Label>
      <Label x={210} y={52} anchor="middle">
        {short(kept)}
      </Label>
      <Label x={400} y={52} anchor="middle" sym="h">
        h = {short(h)}
      </Label>
      <Label x={332} y={112}>
        {short(written)}
      </Label>
      <Label x={250} y={132}>
        {short(1 - z)}
      </Label>
      <Label x={6} y={312}>
        {short(before)}
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

type Four = [number, number, number, number];
