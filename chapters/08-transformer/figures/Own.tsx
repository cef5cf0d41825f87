import "./own.css";
import { useState, useSyncExternalStore } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import { ownWatches } from "../ownLab.ts";
import { tokensRead } from "../ownTokens.ts";
import { onOwnVocabulary, ownVocabulary, vocabularyIn } from "../ownVocabulary.ts";
import { OwnFiles } from "./OwnFiles.tsx";
import { OwnHeads } from "./OwnHeads.tsx";
import { OwnNext } from "./OwnNext.tsx";
import { OwnText } from "./OwnText.tsx";
import { useOwnWriting } from "./useOwnWriting.ts";

/** A GPT-2, the reader’s own or a random one: what it reads, what it would write, and every head of it. */
export function Own({ frame, lab }: FigureProps) {
  useSyncExternalStore(onOwnVocabulary, ownVocabulary, ownVocabulary);
  const close = usePulsedWatch({ frame, lab }, ownWatches, 0);
  const [head, chooseHead] = useState<readonly [number, number]>([0, 0]);
  const writing = useOwnWriting({ frame, lab });
  const text = vocabularyIn(frame.config)?.coder.decode(tokensRead(frame.config)) ?? "";
  const values = close?.values ?? {};
  const { p, kept, "blocks.*.attn.A": A, "blocks.*.attn.gate": gate } = values;
  return (
    <div className="own">
      <OwnFiles frame={frame} lab={lab} text={text} />
      <OwnText frame={frame} lab={lab} text={text} writing={writing} A={A} head={head} />
      {p && kept && <OwnNext frame={frame} lab={lab} p={p} kept={kept} />}
      {A && (
        <OwnHeads frame={frame} lab={lab} A={A} gate={gate} picked={head} onPick={chooseHead} />
      )}
    </div>
  );
}
