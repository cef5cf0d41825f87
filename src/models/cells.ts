import type { Activation } from "./activations.ts";
import type { Cell, CellStart } from "./cell.ts";
import { gruCell, gruOf, gruParameters } from "./gru.ts";
import { lstmCell, lstmOf, lstmParameters } from "./lstm.ts";
import type { ParameterSpec, Tensors } from "./program.ts";
import { rnnCell, rnnOf, rnnParameters } from "./rnn.ts";

export const cellNames = ["rnn", "lstm", "gru"] as const;
export type CellName = (typeof cellNames)[number];

interface Kind {
  parameters(part: string, I: number, H: number, start?: CellStart): Record<string, ParameterSpec>;
  of(parameters: Tensors, part: string, g?: Activation): Cell;
}

const kinds: Readonly<Record<CellName, Kind>> = {
  rnn: {
    parameters: rnnParameters,
    of: (parameters, part, g) => rnnCell(rnnOf(parameters, part), g),
  },
  lstm: {
    parameters: lstmParameters,
    of: (parameters, part) => lstmCell(lstmOf(parameters, part)),
  },
  gru: {
    parameters: gruParameters,
    of: (parameters, part) => gruCell(gruOf(parameters, part)),
  },
};

/** The parameters of a cell of this kind within `part`, from I inputs to H units. */
export function cellParameters(
  kind: CellName,
  part: string,
  I: number,
  H: number,
  start: CellStart = {},
): Record<string, ParameterSpec> {
  return kinds[kind].parameters(part, I, H, start);
}

/** The cell of this kind whose weights are within `part`; `g` is the activation of an `rnn`, else tanh. */
export function cellOf(kind: CellName, parameters: Tensors, part: string, g?: Activation): Cell {
  return kinds[kind].of(parameters, part, g);
}
