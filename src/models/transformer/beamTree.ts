/** One token in the tree of a beam search. */
export interface BeamNode {
  readonly token: number;
  /** Step of the search, from 1. */
  readonly step: number;
  /** Its place among the beams of its step, the likeliest first. */
  readonly beam: number;
  /** ln of the probability of the sequence up to it. */
  readonly score: number;
  /** The node before it, by its place in the list; −1 at the first step. */
  readonly parent: number;
  /** Whether a sequence of the last step goes through it: the others were given up. */
  readonly isAlive: boolean;
}

/** A sequence that the search ended with. */
export interface BeamSequence {
  /** Its tokens, without the end. */
  readonly tokens: readonly number[];
  readonly score: number;
  readonly hasEnded: boolean;
  /** Its nodes, by their places in the list. */
  readonly path: readonly number[];
}

type Rows = readonly ArrayLike<number>[];

/** The search fills up with impossible sequences where there are fewer than beams. */
const isPossible = (score: number) => score > -15_000;
const nothing = -2;

/**
 * The tree of a beam search, from what it tapped at each step: `[steps][width]` tokens, parents and scores.
 * Of a beam that has ended there is no further node. The sequences come the likeliest first.
 */
export function beamTree(
  { token, parent, score }: { readonly token: Rows; readonly parent: Rows; readonly score: Rows },
  end: number,
): { readonly nodes: readonly BeamNode[]; readonly sequences: readonly BeamSequence[] } {
  const nodes: (BeamNode & { isAlive: boolean })[] = [];
  /** The last node of each beam of the step before. */
  let before: number[] = [];
  for (const [i, tokens] of token.entries()) {
    before = Array.from(tokens, (number, beam): number => {
      const from = i === 0 ? -1 : (before[parent[i]?.[beam] as number] as number);
      if (nodes[from]?.token === end) return from;
      const own = { token: number, step: i + 1, beam, score: score[i]?.[beam] as number };
      if (from === nothing || !isPossible(own.score)) return nothing;
      return nodes.push({ ...own, parent: from, isAlive: false }) - 1;
    });
  }
  const found = before.filter((last) => last !== nothing);
  const sequences = found.map((last): BeamSequence => {
    const path: number[] = [];
    for (let at = last; at >= 0; at = (nodes[at] as BeamNode).parent) path.unshift(at);
    for (const at of path) (nodes[at] as { isAlive: boolean }).isAlive = true;
    const tokens = path.map((at) => (nodes[at] as BeamNode).token);
    const hasEnded = tokens.at(-1) === end;
    return {
      tokens: hasEnded ? tokens.slice(0, -1) : tokens,
      score: (nodes[last] as BeamNode).score,
      hasEnded,
      path,
    };
  });
  return { nodes, sequences };
}

/**
 * The sequences, the best first by score / length^α: with α 0 the likeliest, and the larger α, the less does
 * length cost. The end counts as a token. Wu et al. 2016, § 7, in its simplest form.
 */
export function byLength(sequences: readonly BeamSequence[], alpha: number): BeamSequence[] {
  const worth = ({ score, path }: BeamSequence) => score / path.length ** alpha;
  return sequences.toSorted((a, b) => worth(b) - worth(a));
}
