import "./gpt.css";
import "./own.css";
import { useState, useSyncExternalStore } from "react";
import type { Frame } from "../../../src/training/lab.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import { headWatches, nextWatches, ownTokenName, ownViews, sizesOf } from "../ownLab.ts";
import { placeRead, tokensRead } from "../ownTokens.ts";
import { onOwnVocabulary, ownVocabulary, textOf, vocabularyIn } from "../ownVocabulary.ts";
import { NextToken } from "./NextToken.tsx";
import { OwnFiles } from "./OwnFiles.tsx";
import { OwnHeads } from "./OwnHeads.tsx";
import { OwnText } from "./OwnText.tsx";
import { OwnWay, ownWayWatches } from "./OwnWay.tsx";
import { useZoom } from "./TokenWay.tsx";
import { useOwnWriting } from "./useOwnWriting.ts";

/** With more tokens than this, what the model says after every one of them is too much to look at. */
const fewTokens = 4096;

/** A GPT-2, the reader’s own or a random one: what it reads, what it would write, what goes on inside. */
export function Own({ frame, lab }: FigureProps) {
  useSyncExternalStore(onOwnVocabulary, ownVocabulary, ownVocabulary);
  const { config } = frame;
  const [zoom, setZoom] = useZoom();
  const [head, chooseHead] = useState<readonly [number, number]>([0, 0]);
  const writing = useOwnWriting({ frame, lab });
  const close = usePulsedWatch({ frame, lab }, watchesOf(config, zoom), 0);
  const values = close && isOf(close.values, config) ? close.values : {};
  const { p, kept, logits, "blocks.*.attn.A": A, "blocks.*.attn.gate": gate } = values;
  const vocabulary = vocabularyIn(config);
  const text = vocabulary ? textOf(tokensRead(config), vocabulary) : "";
  const tokens = writing.tokens ?? tokensRead(config);
  const place = writing.tokens ? tokens.length - 1 : placeRead(config);
  const nameOf = (token: number) => ownTokenName(config, token);
  return (
    <div className="gpt own">
      <OwnFiles frame={frame} lab={lab} text={text} />
      <OwnText
        frame={frame}
        lab={lab}
        text={text}
        writing={writing}
        A={config.view === "heads" ? A : undefined}
        head={head}
      />
      <Segmented
        label="Look at"
        value={String(config.view)}
        options={ownViews}
        onChange={(view) => lab.configure({ view })}
      />
      {!p && (
        <p className="own-says" role="status">
          The model is reading …
        </p>
      )}
      {config.view === "heads" && A && (
        <OwnHeads frame={frame} lab={lab} A={A} gate={gate} picked={head} onPick={chooseHead} />
      )}
      {config.view === "next" && p && (
        <NextToken
          {...{ frame, lab, tokens, nameOf, place, p, kept, logits }}
          said={writing.tokens && writing.said}
        />
      )}
      {config.view === "way" && p && (
        <OwnWay
          model={{ sizes: sizesOf(config), tokens: tokensRead(config), nameOf, values }}
          frame={frame}
          lab={lab}
          place={placeRead(config)}
          zoom={zoom}
          onZoom={setZoom}
        />
      )}
    </div>
  );
}

/** Whether this is what the model of these sizes tapped, and not the one before. */
function isOf(values: Frame["values"], { V, layers, heads }: Frame["config"]): boolean {
  const { p, "blocks.*.attn.A": A } = values;
  return p?.shape[0] === V && (!A || (A.shape[0] === layers && A.shape[2] === heads));
}

function watchesOf(
  config: Frame["config"],
  zoom: ReturnType<typeof useZoom>[0],
): readonly string[] {
  if (config.view === "heads") return headWatches;
  if (config.view === "way") return [...nextWatches, ...ownWayWatches(config, zoom)];
  return Number(config.V) <= fewTokens ? [...nextWatches, "logits"] : nextWatches;
}
