import { useRef } from "react";
import type { Frame, Lab } from "../training/lab.ts";
import type { LabActions } from "./figure.ts";

export interface FileButtonsProps {
  readonly lab: Lab;
  readonly frame: Frame;
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

/** What is larger than this is no saved state, and is not read as a whole where it may be weights. */
const mostOfState = 64 * 2 ** 20;

/** Puts a saved state into the lab, or weights that it takes; what is wrong is told by the lab's actions. */
export async function loadFile(file: File, actions: LabActions, lab: Lab): Promise<void> {
  if (lab.weights && file.size > mostOfState) {
    await actions.weights(file, { model: file.name }).catch(() => {});
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  await actions.load(bytes).catch(() => {});
}

/** Saves the whole state as a `.safetensors` file, or the weights alone for PyTorch, and loads either. */
export function FileButtons({ lab, frame, actions, still }: FileButtonsProps) {
  const input = useRef<HTMLInputElement>(null);
  const save = async (layout: "capsule" | "torch"): Promise<void> => {
    const bytes = await actions.save({ layout }).catch(() => null);
    if (!bytes) return;
    const mark = layout === "torch" ? "-pytorch" : "";
    const name = `${lab.id}-step-${frame.step}${mark}.safetensors`;
    download(name, [new Uint8Array(bytes)], "application/octet-stream");
  };
  return (
    <>
      <button type="button" disabled={still} onClick={() => void save("capsule")}>
        Save to a file
      </button>
      {frame.hasTorchNames && (
        <button type="button" disabled={still} onClick={() => void save("torch")}>
          Save for PyTorch
        </button>
      )}
      <button type="button" disabled={still} onClick={() => input.current?.click()}>
        Load a file
      </button>
      <input
        ref={input}
        type="file"
        accept=".safetensors"
        aria-label="A saved state, or weights from PyTorch, as a .safetensors file"
        hidden
        disabled={still}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void loadFile(file, actions, lab);
          event.target.value = "";
        }}
      />
    </>
  );
}
