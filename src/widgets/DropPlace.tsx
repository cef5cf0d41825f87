import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useStillness } from "./stillness.ts";

export interface DropPlaceProps {
  readonly className: string;
  /** Stands before the button: "Drop files here, or". */
  readonly invitation: string;
  /** The words of the button that does the same. */
  readonly choose: string;
  /** What the file field is called by a screen reader. */
  readonly label: string;
  /** The kinds of file that the field offers; default: all. */
  readonly accept?: string;
  readonly multiple?: boolean;
  /** At least one file, dropped or chosen. */
  readonly onFiles: (files: readonly [File, ...File[]]) => void;
  /** A text that was dropped where no file was. */
  readonly onText?: (text: string) => void;
  readonly children?: ReactNode;
}

/** A place to drop files on, or to choose them. The lab around it does not take them for a saved state. */
export function DropPlace(props: DropPlaceProps) {
  const isStill = useStillness();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const keep = (event: DragEvent, over: boolean): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(over);
  };
  const take = (list: FileList | null): boolean => {
    const [first, ...others] = list ?? [];
    if (first) props.onFiles([first, ...others]);
    return first !== undefined;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div
      className={props.className}
      data-over={isOver || undefined}
      onDragOver={(event) => keep(event, true)}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        keep(event, false);
        const { files } = event.dataTransfer;
        if (!take(files)) props.onText?.(event.dataTransfer.getData("text/plain"));
      }}
    >
      <p>
        {props.invitation}{" "}
        <button type="button" disabled={isStill} onClick={() => input.current?.click()}>
          {props.choose}
        </button>
        <input
          ref={input}
          type="file"
          accept={props.accept}
          multiple={props.multiple}
          aria-label={props.label}
          hidden
          disabled={isStill}
          onChange={({ target }) => {
            take(target.files);
            target.value = "";
          }}
        />
      </p>
      {props.children}
    </div>
  );
}
