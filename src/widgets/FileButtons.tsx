import { useRef } from "react";
import type { LabActions } from "./figure.ts";

export interface FileButtonsProps {
  readonly labId: string;
  readonly step: number;
  readonly actions: LabActions;
  readonly still: boolean;
}

/** Hands the bytes to the reader as a file. */
export function download(name: string, parts: BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Puts a saved state into the lab; what is wrong with it is told by the lab's actions. */
export async function loadFile(file: Blob, actions: LabActions): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  await actions.load(bytes).catch(() => {});
}

/** Saves the whole state as a `.safetensors` file, and loads one. */
export function FileButtons({ labId, step, actions, still }: FileButtonsProps) {
  const input = useRef<HTMLInputElement>(null);
  const save = async (): Promise<void> => {
    const bytes = await actions.save().catch(() => null);
    if (!bytes) return;
    const name = `${labId}-step-${step}.safetensors`;
    download(name, [new Uint8Array(bytes)], "application/octet-stream");
  };
  return (
    <>
      <button type="button" disabled={still} onClick={() => void save()}>
        Save to a file
      </button>
      <button type="button" disabled={still} onClick={() => input.current?.click()}>
        Load a file
      </button>
      <input
        ref={input}
        type="file"
        accept=".safetensors"
        aria-label="A saved state, as a .safetensors file"
        hidden
        disabled={still}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void loadFile(file, actions);
          event.target.value = "";
        }}
      />
    </>
  );
}
