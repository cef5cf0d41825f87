import { DataMark } from "../../../src/viz/DataPoints.tsx";

/** Which mark and hue belongs to which class. */
export function ClassKey({ classes }: { readonly classes: readonly string[] }) {
  return (
    <ul className="class-key">
      {classes.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
        <li key={index}>
          <svg viewBox="-8 -8 16 16" aria-hidden="true">
            <DataMark class={index} size={5} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
