/** Who writes to the stream of the two-layer model, in order. Heads are named as "layer.head", both from 1. */
export const writers = ["token", "place", "1.1", "1.2", "2.1", "2.2"] as const;
export type Writer = (typeof writers)[number];

/** What each head reads the stream for. */
export const readKinds = ["Q", "K", "V"] as const;
export type ReadKind = (typeof readKinds)[number] | "U";

/** Who reads from it: the queries, keys and values of each head, layer by layer, and the unembedding last. */
export const readers = [
  ...["1.1", "1.2", "2.1", "2.2"].flatMap((head) =>
    readKinds.map((kind) => ({ head, kind, layer: Number(head[0]) })),
  ),
  { head: "", kind: "U", layer: 3 },
] as const satisfies readonly {
  readonly head: string;
  readonly kind: ReadKind;
  /** From 1; the unembedding comes after the last. */
  readonly layer: number;
}[];

/** Readers of one layer: two heads with three reads each. */
export const readersALayer = 6;

export interface Wire {
  /** Its value in the lab's settings: "1.1>2.1.K", "token>U". */
  readonly name: string;
  /** Places in `writers` and `readers`. */
  readonly from: number;
  readonly to: number;
  readonly kind: ReadKind;
}

/** The layer that a writer is in; 0 for the embeddings. */
const layerOf = (writer: Writer): number => (/^\d/.test(writer) ? Number(writer[0]) : 0);

/** Every wire that there is: from each writer to all that come after it. */
export const wires: readonly Wire[] = writers.flatMap((writer, from) =>
  readers.flatMap(({ head, kind, layer }, to) =>
    layerOf(writer) < layer
      ? [{ name: `${writer}>${head ? `${head}.` : ""}${kind}`, from, to, kind }]
      : [],
  ),
);

/** The wires from head to head. */
export const headWires = wires.filter(({ from, to }) => from >= 2 && to < readers.length - 1);

/**
 * The wire of this name.
 *
 * @throws RangeError naming what there is, when there is none
 */
export function wireNamed(name: string): Wire {
  const wire = wires.find((one) => one.name === name);
  if (!wire) {
    throw new RangeError(
      `There is no wire "${name}". Wires: ${wires.map((one) => one.name).join(", ")}.`,
    );
  }
  return wire;
}

/** Its entry in an array `[writers, readers]`. */
export const wireEntry = ({ from, to }: Pick<Wire, "from" | "to">): number =>
  from * readers.length + to;

const reads = { Q: "queries", K: "keys", V: "values" } as const;

/** "head 1.1", "the letter". */
export function writerText(from: number): string {
  const writer = writers[from] ?? "token";
  if (writer === "token") return "the letter";
  return writer === "place" ? "its place" : `head ${writer}`;
}

/** "the keys of head 2.1", "the logits". */
export function readerText(to: number): string {
  const { head, kind } = readers[to] ?? { head: "", kind: "U" };
  return kind === "U" ? "the logits" : `the ${reads[kind as "Q"]} of head ${head}`;
}
