import { useState } from "react";
import { usualHeads } from "../../../src/training/gpt2Weights.ts";
import type { Config } from "../../../src/training/lab.ts";
import { countText, numberText } from "../../../src/viz/numberText.ts";
import { messageOf } from "../../../src/widgets/actions.ts";
import { DropPlace } from "../../../src/widgets/DropPlace.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type GivenFiles, withFiles } from "../ownFiles.ts";
import { parametersOf, sizesOf } from "../ownLab.ts";
import { asTokens, firstText } from "../ownTokens.ts";
import { isOwn, ownVocabulary, takeOwnPairs, vocabularyIn } from "../ownVocabulary.ts";

type OwnFilesProps = Pick<FigureProps, "frame" | "lab"> & {
  /** What the model reads now. */
  readonly text: string;
};

const megabytes = (bytes: number): string => `${numberText(bytes / 1e6, 3)} MB`;

/** Where the reader’s own model comes in, and what it turned out to be. */
export function OwnFiles({ frame, lab, text }: OwnFilesProps) {
  const isStill = useStillness();
  const [given, setGiven] = useState<GivenFiles>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isOpening, setOpening] = useState(false);
  const { reading, config } = frame;
  const hasTokens = isOwn(config) && vocabularyIn(config) !== null;
  // Where the tokens are bare numbers, there is no text yet.
  const reads = text === "" ? firstText : text;

  const take = async (files: readonly File[]): Promise<void> => {
    setRefusal(null);
    const next = await withFiles(given, files);
    setGiven(next);
    const { weights, pairs, heads } = next;
    const vocabulary = pairs && pairs !== given.pairs ? takeOwnPairs(pairs) : ownVocabulary();
    const isNew = weights && (weights !== given.weights || heads !== given.heads);
    if (isNew) {
      const settings = { model: weights.name, ...(heads !== undefined && { heads }) };
      // What is wrong with it is told by the lab.
      setOpening(true);
      const taken = await lab.weights(weights, settings).then(
        () => true,
        () => false,
      );
      setOpening(false);
      if (!taken) {
        setGiven({ ...next, weights: undefined });
        return;
      }
    }
    if (vocabulary && (isNew || isOwn(config))) {
      await lab.configure({ tokens: asTokens(reads, vocabulary), place: 0 });
    }
  };
  const receive = (files: readonly File[]): void => {
    take(files).catch((error: unknown) => setRefusal(messageOf(error)));
  };

  const takeTheBooks = async (): Promise<void> => {
    const answer = await fetch("checkpoints/tf-gpt.safetensors");
    if (!answer.ok) throw new Error("The book’s own GPT could not be fetched.");
    const { gpt2Files } = await import("../gpt2Files.ts");
    await take(gpt2Files(new Uint8Array(await answer.arrayBuffer())));
  };

  return (
    <div className="own-files">
      <DropPlace
        className="own-drop"
        invitation="Drop the files of a GPT-2 here, or"
        choose="Choose files"
        label="The files of a GPT-2: model.safetensors, vocab.json, merges.txt, config.json"
        accept=".safetensors,.json,.txt"
        multiple
        onFiles={receive}
      >
        <ul className="own-wanted">
          <Wanted name="model.safetensors" is={isOwn(config)} says="the weights" />
          <Wanted
            name="vocab.json"
            is={hasTokens || given.vocabulary !== undefined}
            says="the tokens"
          />
          <Wanted
            name="merges.txt"
            is={hasTokens || given.merges !== undefined}
            says="their merges"
          />
          <Wanted name="config.json" is={given.heads !== undefined} says="how many heads" />
        </ul>
      </DropPlace>
      <p className="lab-buttons">
        <button
          type="button"
          disabled={isStill}
          onClick={() => {
            takeTheBooks().catch((error: unknown) => setRefusal(messageOf(error)));
          }}
        >
          Take the book’s own GPT
        </button>
      </p>
      {reading && (
        <p className="own-reading">
          <progress
            value={reading.bytes}
            max={reading.total}
            aria-label="How much of the file is read"
          />{" "}
          {megabytes(reading.bytes)} of {megabytes(reading.total)} read{" "}
          <button type="button" disabled={isStill} onClick={() => void lab.weights(null)}>
            Stop reading
          </button>
        </p>
      )}
      <p className="own-says" data-refusal={refusal !== null || undefined} role="status">
        {refusal ?? (isStill ? "" : isOpening ? opening : missing(config, given))}
      </p>
      <Sizes config={config} />
    </div>
  );
}

interface WantedProps {
  readonly name: string;
  readonly is: boolean;
  readonly says: string;
}

function Wanted({ name, is, says }: WantedProps) {
  return (
    <li data-there={is || undefined}>
      <span aria-hidden="true">{is ? "✓" : "·"}</span> <code>{name}</code>
      <span className="sr-only">{is ? ", there" : ", not there yet"}</span> {says}
    </li>
  );
}

const opening =
  "Opening it. For a large model the backends of your machine are compared first; its numbers are put in place last.";

/** What is still to be given, and what is guessed until then. */
function missing(config: Config, { heads, pairs }: GivenFiles): string {
  if (!isOwn(config)) {
    return pairs ? "The tokens are there; now the weights." : "";
  }
  const says: string[] = [];
  const own = ownVocabulary();
  if (!own) says.push("Its tokens are bare numbers: give vocab.json and merges.txt too.");
  else if (!vocabularyIn(config)) {
    says.push(
      `These tokens are of another model: there are ${countText(own.pairs.tokens.length)}, and this one has rows for ${countText(Number(config.V))}.`,
    );
  }
  const each = Number(config.d_model) / Number(config.heads);
  if (heads === undefined && Number(config.heads) === usualHeads(sizesOf(config))) {
    says.push(
      `Heads of ${each} numbers, as in every published GPT-2, are a guess; config.json would tell.`,
    );
  }
  return says.join(" ");
}

/** The model in five numbers, and how many it has learned. */
function Sizes({ config }: { readonly config: Config }) {
  const count = parametersOf(config);
  const sizes = [
    ["tokens", config.V],
    ["places", config.T],
    ["numbers in the stream", config.d_model],
    ["blocks", config.layers],
    ["heads in each", config.heads],
  ] as const;
  return (
    <dl className="own-sizes">
      {sizes.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{countText(Number(value))}</dd>
        </div>
      ))}
      <div>
        <dt>parameters</dt>
        <dd>{countText(count)}</dd>
      </div>
    </dl>
  );
}
