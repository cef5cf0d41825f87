import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { reasonOf } from "../../src/widgets/BackendBadge.tsx";
import type { FigureProps } from "../../src/widgets/figure.ts";
import { LabShell } from "../../src/widgets/LabShell.tsx";
import { curveText } from "../../src/widgets/LossChart.tsx";
import { commandOf } from "../../src/widgets/labKeys.ts";
import { NumberField } from "../../src/widgets/NumberField.tsx";
import { sharedState, shareUrl } from "../../src/widgets/shareLink.ts";
import { FakeHandle, fakeFrame, fakeLab } from "./fakeLab.ts";

function Figure({ frame }: FigureProps) {
  return (
    <div className="the-figure">
      <NumberField
        label="first weight"
        value={frame.values.w?.data[0] ?? Number.NaN}
        onChange={() => {}}
      />
    </div>
  );
}

const still = renderToStaticMarkup(
  <LabShell lab={fakeLab} frame={fakeFrame()} figure={Figure} still />,
);

describe("the still of a lab", () => {
  test("says what to do, shows the figure, and says what is the case", () => {
    expect(still).toContain("Drag the number until it is three.");
    expect(still).toContain("the-figure");
    expect(still).toContain("The first weight is 0.50.");
  });

  test("keeps the order invitation, picture, controls, transport, state line", () => {
    const order = ["lab-invitation", "lab-picture", "lab-controls", "lab-transport", "lab-state"];
    const places = order.map((name) => still.indexOf(`class="${name}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test("offers nothing to operate", () => {
    const controls = still.match(/<(button|input|select)\b[^>]*>/g) ?? [];
    expect(controls.length).toBeGreaterThan(8);
    for (const control of controls) expect(control).toMatch(/disabled/);
  });

  test("has no id but those that carry the lab's", () => {
    const ids = [...still.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    for (const id of ids) expect(id).toContain(fakeLab.id);
  });

  test("has the same controls as the live lab, so that nothing jumps", () => {
    const live = renderToStaticMarkup(
      <LabShell
        lab={fakeLab}
        frame={fakeFrame()}
        figure={Figure}
        actions={new FakeHandle()}
        reports={[]}
      />,
    );
    const outline = (html: string) =>
      [
        ...html
          .replace(/<dialog.*?<\/dialog>|<div id="[^"]*-backends".*?<\/div>/gs, "")
          .matchAll(/class="(lab-[^" ]*)/g),
      ].map(([, name]) => name);
    expect(outline(live)).toEqual(outline(still));
  });
});

test("a lab that does not train has no transport and no loss", () => {
  const html = renderToStaticMarkup(
    <LabShell lab={{ ...fakeLab, trains: false }} frame={fakeFrame()} figure={Figure} still />,
  );
  expect(html).not.toContain("lab-transport");
  expect(html).not.toContain("lab-loss");
  expect(html).toContain("Start over");
});

test("a lab without a frame says why it failed", () => {
  const html = renderToStaticMarkup(
    <LabShell
      lab={fakeLab}
      frame={null}
      figure={Figure}
      status={{ phase: "failed", why: "No worker would start." }}
    />,
  );
  expect(html).toContain("No worker would start.");
});

test("the badge says why, and that no graphics processor is needed", () => {
  const reports = new FakeHandle().reports();
  expect(reasonOf("cpu", reports)).toMatch(/^The fastest here.*No graphics processor/);
  expect(reasonOf("wasm", reports)).toMatch(/^When measured here, CPU was faster/);
});

test("the loss is said in words", () => {
  expect(curveText(fakeFrame().curve)).toBe("Loss: from 0.900 at step 0 to 0.313 at step 40.");
  expect(curveText({ steps: [0], losses: [1] })).toBe("Loss: no training yet.");
});

const press = (key: string, change = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...change,
});

test("a key with Ctrl, Alt or Meta belongs to the browser", () => {
  expect(commandOf(press("r", { ctrlKey: true }), true)).toBeNull();
  expect(commandOf(press("ArrowLeft", { altKey: true }), true)).toBeNull();
});

test("a clicker steps, but only where the lab has the screen", () => {
  expect(commandOf(press("PageDown"), true)).toEqual({ do: "forward" });
  expect(commandOf(press("PageDown"), false)).toBeNull();
  expect(commandOf(press("Escape"), false)).toBeNull();
});

test("digits are presets; Shift turns undo into redo", () => {
  expect(commandOf(press("2"), false)).toEqual({ do: "preset", index: 1 });
  expect(commandOf(press("U", { shiftKey: true }), false)).toEqual({ do: "redo" });
});

test("a share link is read back for its own lab only", () => {
  const url = shareUrl("https://book.test/a/perceptron.html#lab=old&state=x", "p-line", "Ab-_9");
  expect(url).toBe("https://book.test/a/perceptron.html#lab=p-line&state=Ab-_9");
  expect(sharedState(new URL(url).hash, "p-line")).toBe("Ab-_9");
  expect(sharedState(new URL(url).hash, "other")).toBeNull();
  expect(sharedState("#p-line", "p-line")).toBeNull();
});
