import type { Activation } from "./activations.ts";
import type { Cell, CellStart } from "./cell.ts";
import { gruCell, gruOf, gruParameters, gruTorch } from "./gru.ts";
import { lstmCell, lstmOf, lstmParameters, lstmTorch } from "./lstm.ts";
import type { ParameterSpec, Tensors, TorchTensor } from "./program.ts";
import { rnnCell, rnnOf, rnnParameters, rnnTorch } from "./rnn.ts";

export const cellNames = ["rnn", "lstm", "gru"] as const;
export type CellName = (typeof cellNames)[number];

interface Kind {
  parameters(part: string, I: number, H: number, start?: CellStart): Record<string, ParameterSpec>;
  of(parameters: Tensors, part: string, g?: Activation): Cell;
  torch(part: string, module?: string): TorchTensor[];
}

const kinds: Readonly<Record<CellName, Kind>> = {
  rnn: {
    parameters: rnnParameters,
    of: (parameters, part, g) => rnnCell(rnnOf(parameters, part), g),
    torch: rnnTorch,
  },
  lstm: {
    parameters: lstmParameters,
    of: (parameters, part) => lstmCell(lstmOf(parameters, part)),
    torch: lstmTorch,
  },
  gru: {
    parameters: gruParameters,
    of: (parameters, part) => gruCell(gruOf(parameters, part)),
    torch: gruTorch,
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

/** The cell of this kind within `part` as PyTorch names and packs its own, named `module`, for `Program.torch`. */
export function cellTorch(kind: CellName, part: string, module = part): TorchTensor[] {
  return kinds[kind].torch(part, module);
}
