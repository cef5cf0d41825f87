import type { TorchTensor } from "../program.ts";

/** A layer normalisation as PyTorch's `nn.LayerNorm` of that name. */
export function normTorch(part: string, module: string): TorchTensor[] {
  return [
    { name: `${module}.weight`, rows: [`${part}.gamma`] },
    { name: `${module}.bias`, rows: [`${part}.beta`] },
  ];
}
