/** What each activation is called in the interface. */
const labels = {
  identity: "None",
  step: "Step",
  sigmoid: "Sigmoid",
  tanh: "tanh",
  relu: "ReLU",
  leakyRelu: "Leaky ReLU",
  gelu: "GELU",
} as const;

/** The options of a field that chooses among these activations, in this order. */
export function activationOptions<const N extends keyof typeof labels>(
  ...names: readonly N[]
): readonly { readonly value: N; readonly label: string }[] {
  return names.map((value) => ({ value, label: labels[value] }));
}
