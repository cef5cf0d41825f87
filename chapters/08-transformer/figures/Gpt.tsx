import "./gpt.css";
import { useState } from "react";
import { tokenName } from "../../../src/data/tokenNames.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import { placeIn, tokensIn } from "../gptData.ts";
import { closeWatches, gptSizes } from "../gptLab.ts";
import { EveryPlace } from "./EveryPlace.tsx";
import { GptOwnText } from "./GptOwnText.tsx";
import { GptText } from "./GptText.tsx";
import { NextToken } from "./NextToken.tsx";
import { SaveGpt2 } from "./SaveGpt2.tsx";
import { gateOf, TokenWay, useZoom, wayWatches } from "./TokenWay.tsx";
import { useWriting } from "./useWriting.ts";
import { Writer } from "./Writer.tsx";

/** How often it is looked at closely while it learns, in milliseconds. */
const pause = 1000;

/** What the figure unfolds under the text. */
const viewOptions = [
  { value: "next", label: "The next token" },
  { value: "places", label: "Every place" },
  { value: "way", label: "The way of one token" },
] as const;

/** A GPT: the text that it reads and writes, what it expects, and what goes on inside. */
export function Gpt({ frame, lab }: FigureProps) {
  const { config } = frame;
  const [caches, setCaches] = useState(true);
  const writing = useWriting({ frame, lab, caches });
  const [zoom, setZoom] = useZoom();
  const [view, setView] = useState("next");
  const isInside = view === "way";
  const watches = isInside
    ? [...new Set([...closeWatches, ...wayWatches(zoom, gptSizes)])]
    : closeWatches;
  const close = usePulsedWatch({ frame, lab }, watches, pause);
  const { coder } = tokensIn(config);
  const { tokens, begun } = writing;
  const place = placeIn(config, { tokens, begun });
  const nameOf = (token: number) => tokenName(coder.letters(token));
  const values = close?.values ?? {};
  const choose = (at: number) => {
    if (zoom) setZoom({ ...zoom, spot: { ...zoom.spot, place: at } });
    return lab.configure({ place: at + 1 });
  };
  const shared = { tokens, nameOf, place, logits: values.logits };
  return (
    <div className="gpt">
      <LiveTextField
        label="Begin with"
        value={String(config.prompt)}
        longest={400}
        onChange={(prompt, gesture) => lab.configure({ prompt, written: "", place: 0 }, gesture)}
      />
      <GptText {...shared} begun={begun} onChoose={choose} />
      <Writer frame={frame} lab={lab} writing={writing} caches={caches} onCaches={setCaches} />
      <Segmented label="Look at" value={view} options={viewOptions} onChange={setView} />
      {view === "next" && (
        <NextToken
          {...shared}
          frame={frame}
          lab={lab}
          said={writing.isWriting ? writing.said : null}
          p={values.p}
          kept={values.kept}
        />
      )}
      {view === "places" && <EveryPlace {...shared} onChoose={choose} />}
      {isInside && (
        <TokenWay
          model={{ sizes: gptSizes, tokens, nameOf, values }}
          place={place}
          zoom={zoom}
          onZoom={setZoom}
          onWrite={lab.write}
          onGate={(layer, head, isIn) => {
            const name = gateOf(layer);
            const gates = Array.from({ length: gptSizes.heads }, (_, i) =>
              i === head ? Number(isIn) : (values[name]?.data[i] ?? 1),
            );
            if (gates.every((gate) => gate === 1)) return lab.release(name);
            return lab.write(name, { shape: [gates.length, 1, 1], data: Float32Array.from(gates) });
          }}
        />
      )}
      <GptOwnText frame={frame} lab={lab} />
      <SaveGpt2 lab={lab} />
    </div>
  );
}
