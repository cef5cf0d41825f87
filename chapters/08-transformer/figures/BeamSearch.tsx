import { spanishWords } from "../../../src/data/translation.ts";
import type { BeamNode } from "../../../src/models/transformer/beamTree.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { searched, textOf } from "../translationLab.ts";
import { readSentence } from "../translationText.ts";
import { percentText, shownWord } from "./Alignment.tsx";

/** The tree of a beam search, and the sentences that it ended with. */
export function BeamSearch({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { nodes, sequences } = searched(frame);
  const width = Number(frame.config.width);
  const alpha = Number(frame.config.alpha);
  const right = readSentence(String(frame.config.sentence)).right?.join(" ");
  const best = new Set(sequences[0]?.path);
  return (
    <section className="beam">
      <div className="beam-controls">
        <Slider
          label="Beams"
          value={width}
          min={1}
          max={5}
          step={1}
          onChange={(next, gesture) => lab.configure({ width: next }, gesture)}
        />
        <Slider
          label="Power of length α"
          value={alpha}
          min={0}
          max={2}
          step={0.1}
          onChange={(next, gesture) => lab.configure({ alpha: next }, gesture)}
        />
      </div>
      <Tree nodes={nodes} best={best} width={width} />
      <table className="beam-sentences">
        <thead>
          <tr>
            <th scope="col">sentence</th>
            <th scope="col">ln p</th>
            <th scope="col">p</th>
            {alpha > 0 && <th scope="col">ln p / length^α</th>}
          </tr>
        </thead>
        <tbody>
          {sequences.map((sequence) => {
            const text = textOf(sequence);
            return (
              <tr key={sequence.path.join(" ")}>
                <td>
                  {text || "nothing"}
                  {!sequence.hasEnded && " …"}
                  {right !== undefined && text === right && <strong> ✓ right</strong>}
                </td>
                <td>{numberText(sequence.score, 3)}</td>
                <td>{numberText(Math.exp(sequence.score), 2)}</td>
                {alpha > 0 && (
                  <td>{numberText(sequence.score / sequence.path.length ** alpha, 3)}</td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** A step is so wide, and a beam so high, in the units of the drawing: ten of them are an em. */
const [stepWidth, beamHeight] = [64, 30];

interface TreeProps {
  readonly nodes: readonly BeamNode[];
  readonly best: ReadonlySet<number>;
  readonly width: number;
}

/** Step by step to the right; the likeliest beam of each step at the top. What was given up is faint. */
function Tree({ nodes, best, width }: TreeProps) {
  const steps = Math.max(1, ...nodes.map(({ step }) => step));
  const [across, down] = [(steps + 0.35) * stepWidth, width * beamHeight];
  const place = ({ step, beam }: Pick<BeamNode, "step" | "beam">) =>
    [step * stepWidth - stepWidth / 2 + 14, (beam + 0.5) * beamHeight] as const;
  const root = [6, beamHeight / 2] as const;
  const kindOf = (i: number, node: BeamNode) =>
    best.has(i) ? "best" : node.isAlive ? "alive" : "given-up";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
    <section className="alignment-scroll" tabIndex={0} aria-label="The tree of the search">
      <svg
        className="beam-tree"
        viewBox={`0 0 ${across} ${down}`}
        style={{ inlineSize: `${across / 10}em` }}
        role="img"
        aria-label={`The tree of a beam search with ${width} beams: ${nodes.length} words tried, ${nodes.filter(({ isAlive }) => !isAlive).length} of them given up`}
      >
        {nodes.map((node, i) => {
          const from = nodes[node.parent];
          const [x0, y0] = from ? place(from) : root;
          const [x, y] = place(node);
          const [left, right] = [x0 + (from ? 22 : 0), x - 22];
          const bend = (right - left) / 2;
          const own = node.score - (from?.score ?? 0);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a node is its place in the list
            <g key={i} data-kind={kindOf(i, node)}>
              <path
                d={`M${left} ${y0}C${left + bend} ${y0} ${right - bend} ${y} ${right} ${y}`}
                strokeWidth={0.8 + 3.2 * Math.exp(own)}
              />
              <text x={x} y={y + 1}>
                {shownWord(spanishWords[node.token] ?? "")}
              </text>
              <text x={x} y={y + 9} className="beam-p">
                {percentText(Math.exp(own))}
              </text>
            </g>
          );
        })}
        <circle cx={root[0]} cy={root[1]} r={3} />
      </svg>
    </section>
  );
}
