import "./ownPictures.css";
import { useState } from "react";
import { isIdx } from "../data/idx.ts";
import { maxOwnBytes, type OwnFile, type OwnPictureSet, ownPictures } from "../data/ownPictures.ts";
import type { Rgba } from "../data/pictures.ts";
import { countText } from "../viz/numberText.ts";
import { messageOf } from "./actions.ts";
import { DropPlace } from "./DropPlace.tsx";
import { useStillness } from "./stillness.ts";

export interface OwnPicturesProps {
  /** Pixels a side of the pictures that the lab takes. */
  readonly size: number;
  /** The most pictures taken (default 3000): the first ones. */
  readonly most?: number;
  /** Whether the lab can do without knowing what each picture shows. */
  readonly labels: "needed" | "welcome";
  /** Whether the lab has pictures of the reader's own now. */
  readonly isOwn: boolean;
  /** Gives them to the lab, as its data; a refusal is shown by the lab. With labels needed, `y` is there. */
  readonly onTake: (set: OwnPictureSet) => Promise<unknown>;
  /** Goes back to the book's data. */
  readonly onReturn: () => unknown;
  /** What those are. Default: "the stroke digits". */
  readonly ours?: string;
}

/** A picture longer than this is made smaller by the browser as it is opened. */
const longestSide = 512;

/** Opens a picture file by means of the browser. @throws DOMException where it is none */
export async function decodedPicture(bytes: Uint8Array): Promise<Rgba> {
  const bitmap = await createImageBitmap(new Blob([bytes.slice()]));
  try {
    const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser gives no canvas to open pictures with.");
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  } finally {
    bitmap.close();
  }
}

async function opened(files: readonly File[]): Promise<OwnFile[]> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > maxOwnBytes) {
    throw new RangeError(
      `These files have ${Math.ceil(bytes / 2 ** 20)} MB together; at most ${maxOwnBytes / 2 ** 20} MB can be opened. Take fewer.`,
    );
  }
  return Promise.all(
    files.map(async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
}

/** What came in, in one sentence. */
function saysOf({ x, y, classes, found }: OwnPictureSet): string {
  const [taken = 0] = x.shape;
  const count = `${countText(taken)} ${taken === 1 ? "picture" : "pictures"}`;
  const of = found > taken ? `, the first of ${countText(found)}` : "";
  return `${count}${of}, ${y ? `with labels from 0 to ${classes - 1}` : "without labels"}.`;
}

/** The reader's own pictures in place of the book's: IDX files, as MNIST comes, or picture files. */
export function OwnPictures(props: OwnPicturesProps) {
  const { size, most = 3000, labels, isOwn, ours = "the stroke digits" } = props;
  const isStill = useStillness();
  const [isBusy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState<OwnFile | null>(null);
  const [says, setSays] = useState<{ text: string; isRefusal: boolean } | null>(null);
  const tell = (text: string, isRefusal = false) => setSays({ text, isRefusal });

  const take = async (chosen: readonly File[]): Promise<void> => {
    const [first, ...others] = await opened(chosen);
    const isHalf = first && others.length === 0 && isIdx(first.bytes);
    if (isHalf && labels === "needed" && !waiting) {
      setWaiting(first);
      tell(`${first.name} is open. Now the other file of the pair: images and labels.`);
      return;
    }
    setWaiting(null);
    const files = [...(waiting && isHalf ? [waiting] : []), ...(first ? [first] : []), ...others];
    const set = await ownPictures(files, { size, most, decode: decodedPicture });
    if (labels === "needed" && !set.y) {
      throw new RangeError(
        "This lab has to know what each picture shows. Begin each file's name with the number of its class, as in “7 Anna.png”.",
      );
    }
    await props.onTake(set);
    tell(saysOf(set));
  };
  const receive = (chosen: Iterable<File>): void => {
    setBusy(true);
    setSays(null);
    take([...chosen])
      .catch((error: unknown) => tell(messageOf(error), true))
      .finally(() => setBusy(false));
  };

  return (
    <details className="own-pictures" open={isOwn || undefined}>
      <summary>Your own pictures</summary>
      <DropPlace
        className="own-pictures-drop"
        invitation="Drop files here, or"
        choose="Choose files"
        label="Pictures, as IDX files or picture files"
        multiple
        onFiles={receive}
        onText={() => receive([])}
      >
        <p className="figure-note">
          IDX files, the form in which MNIST and Fashion-MNIST come, gzipped or not: images and
          labels together{labels === "welcome" ? ", or images alone" : ""}. Or pictures (PNG, JPEG,
          …)
          {labels === "needed" ? ", each file’s name beginning with the number of its class" : ""}.
          Each is brought to {size} × {size} pixels; at most {countText(most)} are taken. They stay
          on your machine.
        </p>
      </DropPlace>
      <p
        className="own-pictures-says"
        data-refusal={says?.isRefusal || undefined}
        role={says?.isRefusal ? "alert" : "status"}
      >
        {isBusy ? "Opening…" : says?.text}
      </p>
      {isOwn && (
        <p>
          <button
            type="button"
            disabled={isStill}
            onClick={() => {
              setSays(null);
              props.onReturn();
            }}
          >
            Back to {ours}
          </button>
        </p>
      )}
    </details>
  );
}
