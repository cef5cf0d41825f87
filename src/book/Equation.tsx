import { type ReactNode, useId } from "react";
import { useChapter } from "./ChapterContext.ts";
import { Code } from "./Code.tsx";
import { snippet } from "./snippets.ts";

/**
 * The band: an equation and the code that computes it, one object. `code` is a region of the file
 * that runs; `twin` a region of the chapter's `pytorch.py`; `numbers` the TeX to fill with live values
 * (without it, the values take the places of the symbols); `lab` the lab
 * whose values they are (without it, the nearest that has them).
 */
export function Equation({
  code,
  twin,
  numbers,
  lab,
  children,
}: {
  readonly code: string;
  readonly twin?: string;
  readonly numbers?: string;
  readonly lab?: string;
  readonly children: ReactNode;
}) {
  const { folder } = useChapter();
  const [file] = code.split("#");
  const python = `chapters/${folder}/pytorch.py`;
  const tabs = [
    {
      value: "typescript",
      label: "TypeScript",
      file,
      shown: <Code code={snippet(code)} language="typescript" />,
    },
    ...(twin === undefined
      ? []
      : [
          {
            value: "pytorch",
            label: "PyTorch",
            file: python,
            shown: <Code code={snippet(`${python}#${twin}`)} language="python" />,
          },
        ]),
  ];
  return (
    <div className="band" data-lab={lab} data-numbers={numbers}>
      <div className="band-inner">
        <div className="band-math">
          {children}
          <button
            type="button"
            className="quiet-button"
            data-put-numbers
            aria-pressed="false"
            hidden
          >
            Put the numbers in
          </button>
        </div>
        <CodeTabs tabs={tabs} />
      </div>
    </div>
  );
}

interface Tab {
  readonly value: string;
  readonly label: string;
  readonly file: string | undefined;
  readonly shown: ReactNode;
}

/** Radio buttons, so that the tabs turn without script. */
function CodeTabs({ tabs }: { readonly tabs: readonly Tab[] }) {
  const name = useId();
  return (
    <div className="band-code">
      {tabs.length === 1 ? null : (
        <fieldset className="tabs">
          <legend className="visually-hidden">Language of the code</legend>
          {tabs.map((tab, index) => (
            <label key={tab.value}>
              <input type="radio" name={name} value={tab.value} defaultChecked={index === 0} />
              <span>{tab.label}</span>
            </label>
          ))}
        </fieldset>
      )}
      {tabs.map((tab) => (
        <div key={tab.value} className="tab-panel" data-language={tab.value}>
          {tab.shown}
          <p className="code-source">{tab.file}</p>
        </div>
      ))}
    </div>
  );
}
