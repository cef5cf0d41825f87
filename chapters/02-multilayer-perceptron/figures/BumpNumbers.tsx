import { numberText, signedText } from "../../../src/viz/numberText.ts";
import type { LabActions } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import type { BumpShape } from "../bumpShape.ts";
import { subscript } from "../words.ts";

interface BumpNumbersProps {
  readonly shape: BumpShape;
  readonly index: number;
  readonly shapes: readonly BumpShape[];
  readonly lab: LabActions;
}

/** A number of one unit: of the slopes, the biases, or the weights of the output. */
type Key = "w" | "b" | "v";

/** The two units of a bump in numbers, each of which can be set. */
export function BumpNumbers({ shape, index, shapes, lab }: BumpNumbersProps) {
  const set = (key: Key, unit: number, value: number, gesture: string) => {
    const all = shapes.flatMap((own, at) =>
      own[key].map((old, side) => (at === index && side === unit ? value : old)),
    );
    if (key === "w")
      return lab.write(
        "layers.0.W",
        all.map((w) => [w]),
        gesture,
      );
    if (key === "b") return lab.write("layers.0.b", all, gesture);
    return lab.write("layers.1.W", [all], gesture);
  };
  const names: readonly [Key, string][] = [
    ["w", "layers.0.W"],
    ["b", "layers.0.b"],
    ["v", "layers.1.W"],
  ];
  return (
    <div className="bump-numbers">
      <p>
        Bump {index + 1} of {shapes.length}: units {2 * index + 1} and {2 * index + 2}
      </p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">w</th>
            <th scope="col">b</th>
            <th scope="col">steps at −b/w</th>
            <th scope="col">v</th>
          </tr>
        </thead>
        <tbody>
          {[0, 1].map((unit) => (
            <tr key={unit}>
              <th scope="row">a{subscript(2 * index + unit + 1)}</th>
              {names.map(([key, sym], column) => (
                <Cell
                  key={key}
                  withEdge={column === 1}
                  edge={unit === 0 ? shape.left : shape.right}
                >
                  <NumberField
                    // A bump that is chosen anew has other first values to return to.
                    key={`${index} ${key}`}
                    label={`${key} of unit ${2 * index + unit + 1}`}
                    value={shape[key][unit] ?? 0}
                    width={6}
                    changed={false}
                    sym={sym}
                    onChange={(value, gesture) => set(key, unit, value, gesture)}
                  />
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="figure-note">{noteOf(shape)}</p>
    </div>
  );
}

function noteOf({ isClean, v, height }: BumpShape): string {
  if (!isClean) {
    return "These two are no neat bump any more: their slopes or their weights differ. The network does not mind. Move the handle of the height, and the weights are opposite again.";
  }
  if (height === 0) return "The output takes nothing of either: pull the bump up or down.";
  const size = `${numberText(Math.abs(height))} ${height < 0 ? "deep" : "high"}`;
  return `The output takes ${signedText(v[0])} of the first and ${signedText(v[1])} of the second: a bump ${size}.`;
}

interface CellProps {
  readonly withEdge: boolean;
  readonly edge: number;
  readonly children: React.ReactNode;
}

function Cell({ withEdge, edge, children }: CellProps) {
  return (
    <>
      <td>{children}</td>
      {withEdge && (
        <td className="bump-step">{Number.isFinite(edge) ? numberText(edge) : "nowhere"}</td>
      )}
    </>
  );
}
