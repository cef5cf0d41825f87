import { type CellKind, quantities } from "../cellLab.ts";

/** A number of a cell as its strips and wires print it: two decimals and a true minus sign. */
export function short(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text.replace("-", "−");
}

/** A factor in a product: a negative one in brackets. */
export function factor(value: number | undefined): string {
  return value !== undefined && value < -0.005 ? `(${short(value)})` : short(value);
}

/** What all the strips of a cell show, of one unit: each quantity by name, a number a step. */
export type Series = Readonly<Record<string, readonly number[]>>;

/** The numbers of unit `unit` (from 0) of `[T, 1, H]` arrays, by quantity. */
export function seriesOf(
  values: Readonly<Record<string, { readonly data: Float32Array } | undefined>>,
  kind: CellKind,
  unit: number,
  units: number,
): Series {
  return Object.fromEntries(
    quantities[kind].map(({ name }) => {
      const data = values[`${kind}.steps.*.${name}`]?.data ?? new Float32Array();
      return [
        name,
        Array.from({ length: data.length / units }, (_, t) => data[t * units + unit] as number),
      ];
    }),
  );
}
