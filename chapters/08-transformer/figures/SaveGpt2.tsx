import { download } from "../../../src/widgets/FileButtons.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";

/** Hands the model out in the form in which GPT-2 is published. */
export function SaveGpt2({ lab }: Pick<FigureProps, "lab">) {
  const isStill = useStillness();
  const save = async (): Promise<void> => {
    const { gpt2Files } = await import("../gpt2Files.ts");
    for (const file of gpt2Files(await lab.save())) download(file.name, [file], file.type);
  };
  return (
    <p className="lab-buttons">
      <button
        type="button"
        disabled={isStill}
        onClick={() => {
          // What went wrong is shown by the lab.
          save().catch(() => {});
        }}
      >
        Save as GPT-2 files
      </button>
    </p>
  );
}
