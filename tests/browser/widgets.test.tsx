import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../src/app/style/tokens.css";
import "../../src/viz/viz.css";
import "../../src/widgets/lab.css";
import { ndarray } from "../../src/data/ndarray.ts";
import { Plane } from "../../src/viz/Plane.tsx";
import { EditableMatrix } from "../../src/widgets/EditableMatrix.tsx";
import { ExerciseCheck } from "../../src/widgets/ExerciseCheck.tsx";
import type { FigureProps } from "../../src/widgets/figure.ts";
import { registerLab, watchAlso } from "../../src/widgets/liveLabs.ts";
import { Movable } from "../../src/widgets/Movable.tsx";
import { mountLab } from "../../src/widgets/mountLab.tsx";
import { NumberField, type NumberFieldProps } from "../../src/widgets/NumberField.tsx";
import { clearProgress, readProgress } from "../../src/widgets/progress.ts";
import { FakeHandle, fakeFrame, fakeLab } from "../widgets/fakeLab.ts";

let place: HTMLElement;
let root: Root | null = null;
const cleanups: (() => void)[] = [];

beforeEach(() => {
  history.replaceState(null, "", location.pathname + location.search);
  place = document.createElement("div");
  document.body.append(place);
});

afterEach(() => {
  root?.unmount();
  root = null;
  for (const cleanup of cleanups.splice(0)) cleanup();
  place.remove();
});

function show(node: ReactNode): void {
  const shown = createRoot(place);
  root = shown;
  flushSync(() => shown.render(node));
}

type Written = [value: number, gesture: string];

/** A number with a lab behind it that takes every value. */
function Bound(props: Partial<NumberFieldProps> & { readonly written: Written[] }) {
  const [value, setValue] = useState(0.5);
  const { written, ...rest } = props;
  return (
    <>
      <NumberField
        label="weight"
        {...rest}
        value={value}
        onChange={(next, gesture) => {
          written.push([next, gesture]);
          setValue(Math.fround(next));
        }}
      />
      <div data-testid="right" style={{ width: 400, height: 40 }} />
    </>
  );
}

const number = () => page.getByRole("spinbutton", { name: "weight" });

async function dragBy(dx: number): Promise<void> {
  const field = number().element().getBoundingClientRect();
  const target = page.getByTestId("right");
  const box = target.element().getBoundingClientRect();
  await userEvent.dragAndDrop(number(), target, {
    sourcePosition: { x: 10, y: 10 },
    targetPosition: { x: field.left + 10 + dx - box.left, y: 5 },
  });
}

describe("a number", () => {
  test("dragged sideways changes by a hundredth a pixel, all in one gesture", async () => {
    const written: Written[] = [];
    show(<Bound written={written} />);
    await dragBy(120);
    await expect.element(number()).toHaveValue("1.70");
    expect(new Set(written.map(([, gesture]) => gesture)).size).toBe(1);
    expect(written.at(-1)?.[0]).toBeCloseTo(1.7, 10);
    await dragBy(-50);
    await expect.element(number()).toHaveValue("1.20");
    expect(new Set(written.map(([, gesture]) => gesture)).size).toBe(2);
  });

  test("writes once a frame while it is dragged, always the newest, in one gesture", async () => {
    const written: Written[] = [];
    show(<Bound written={written} />);
    const capture = vi.spyOn(Element.prototype, "setPointerCapture").mockImplementation(() => {});
    const field = number().element();
    const point = (type: string, clientX: number) =>
      field.dispatchEvent(
        new PointerEvent(type, { bubbles: true, cancelable: true, clientX, clientY: 5 }),
      );
    point("pointerdown", 0);
    for (let frame = 1; frame <= 4; frame++) {
      await new Promise(requestAnimationFrame);
      for (let move = 1; move <= 5; move++) point("pointermove", 10 * frame + move);
    }
    await new Promise(requestAnimationFrame);
    point("pointerup", 45);
    capture.mockRestore();
    expect(written.map(([value]) => value)).toEqual([0.65, 0.75, 0.85, 0.95]);
    expect(new Set(written.map(([, gesture]) => gesture)).size).toBe(1);
  });

  test("dragged wears the mark of a change, and a double-click takes both back", async () => {
    show(<Bound written={[]} />);
    await dragBy(30);
    await expect.element(number()).toHaveValue("0.800");
    expect(place.querySelector("[data-changed]")).not.toBeNull();
    await userEvent.dblClick(number());
    await expect.element(number()).toHaveValue("0.500");
    expect(place.querySelector("[data-changed]")).toBeNull();
  });

  test("clicked is typed, and Enter sets it", async () => {
    const written: Written[] = [];
    show(<Bound written={written} />);
    await userEvent.click(number());
    await userEvent.fill(number(), "\u22122,25");
    expect(written).toEqual([]);
    await userEvent.keyboard("{Enter}");
    await expect.element(number()).toHaveValue("\u22122.25");
    expect(written.map(([value]) => value)).toEqual([-2.25]);
  });

  test("Escape forgets what was typed", async () => {
    const written: Written[] = [];
    show(<Bound written={written} />);
    await userEvent.click(number());
    await userEvent.fill(number(), "9");
    await userEvent.keyboard("{Escape}");
    await expect.element(number()).toHaveValue("0.500");
    expect(written).toEqual([]);
  });

  test("typed nonsense, or a number out of range, says why and changes nothing", async () => {
    const written: Written[] = [];
    show(<Bound written={written} min={0} max={1} />);
    await userEvent.click(number());
    await userEvent.fill(number(), "burrito");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("alert")).toHaveTextContent("“burrito” is not a number");
    await expect.element(number()).toHaveAttribute("aria-invalid", "true");
    await userEvent.fill(number(), "7");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("alert")).toHaveTextContent("Takes numbers from 0 to 1.");
    await userEvent.keyboard("{Escape}");
    await expect.element(number()).toHaveValue("0.500");
    expect(written).toEqual([]);
  });

  test("the arrow keys nudge it; Shift finer, Alt coarser; Delete resets", async () => {
    show(<Bound written={[]} />);
    number().element().focus();
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(number()).toHaveValue("0.600");
    await userEvent.keyboard("{Shift>}{ArrowDown}{/Shift}");
    await expect.element(number()).toHaveValue("0.590");
    await userEvent.keyboard("{Alt>}{ArrowRight}{/Alt}");
    await expect.element(number()).toHaveValue("1.59");
    await userEvent.keyboard("{Delete}");
    await expect.element(number()).toHaveValue("0.500");
  });

  test("never makes the line it stands in wider", async () => {
    show(<Bound written={[]} />);
    const width = () => place.querySelector(".number-field")?.getBoundingClientRect().width;
    const before = width();
    number().element().focus();
    for (let i = 0; i < 3; i++) await userEvent.keyboard("{Alt>}{PageDown}{/Alt}");
    await expect.element(number()).toHaveValue("\u221229.5");
    expect(width()).toBe(before);
  });

  test("shows the hand's value until the lab has answered, then the lab's", async () => {
    show(<NumberField label="weight" value={0.5} onChange={() => {}} />);
    number().element().focus();
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(number()).toHaveValue("0.600");
    await expect.element(number(), { timeout: 2000 }).toHaveValue("0.500");
  });
});

describe("something movable", () => {
  const moves: (readonly [number, number])[] = [];
  const gestures = new Set<string>();
  function Scene() {
    const [at, setAt] = useState<readonly [number, number]>([0, 0]);
    return (
      <div style={{ width: 420 }}>
        <Plane x={{ domain: [-2, 2] }} y={{ domain: [-2, 2] }} label="plane">
          <Movable
            at={at}
            label="point 1"
            onMove={(next, gesture) => {
              moves.push(next);
              gestures.add(gesture);
              setAt(next);
            }}
          />
        </Plane>
      </div>
    );
  }
  const point = () => page.getByRole("slider", { name: "point 1" });

  beforeEach(() => {
    moves.length = 0;
    gestures.clear();
  });

  test("follows the pointer in data units, in one gesture, and stays in the plane", async () => {
    show(<Scene />);
    const plane = page.getByRole("group", { name: "plane" });
    const box = plane.element().getBoundingClientRect();
    await userEvent.dragAndDrop(point(), plane, {
      targetPosition: { x: box.width - 3, y: box.height / 2 - 18 },
    });
    await expect.element(point()).toHaveAttribute("aria-valuetext", expect.stringMatching(/^2, /));
    expect(gestures.size).toBe(1);
    expect(Math.abs(moves.at(-1)?.[1] ?? 9)).toBeLessThan(0.1);
  });

  test("goes by the arrow keys, a tenth as far with Shift, and says where it is", async () => {
    show(<Scene />);
    await expect.element(point()).toBeInTheDocument();
    point().element().focus();
    await userEvent.keyboard("{ArrowRight}");
    await expect.element(point()).toHaveAttribute("aria-valuetext", "0.0800, 0");
    await userEvent.keyboard("{Shift>}{ArrowUp}{/Shift}");
    await expect.element(point()).toHaveAttribute("aria-valuetext", "0.0800, 0.00800");
    expect(gestures.size).toBe(2);
  });

  test("has a reach that a finger finds", async () => {
    show(<Scene />);
    await expect.element(point()).toBeInTheDocument();
    const reach = place.querySelector(".movable-reach")?.getBoundingClientRect();
    expect(reach?.width).toBeGreaterThanOrEqual(24);
  });
});

describe("a matrix", () => {
  function Scene({ written }: { readonly written: number[][] }) {
    const [data, setData] = useState([1, 2, 3, 4]);
    return (
      <EditableMatrix
        label="W"
        values={{ shape: [2, 2], data }}
        onChange={(next) => {
          written.push(next);
          setData(next);
        }}
      />
    );
  }
  const cell = (row: number, column: number) =>
    page.getByRole("spinbutton", { name: `W, row ${row}, column ${column}` });

  test("is one stop of the Tab key; the arrows move within it, a digit types, Enter sets", async () => {
    const written: number[][] = [];
    show(<Scene written={written} />);
    await userEvent.tab();
    await expect.element(cell(1, 1)).toHaveFocus();
    await userEvent.keyboard("{ArrowDown}{ArrowRight}");
    await expect.element(cell(2, 2)).toHaveFocus();
    expect(place.querySelectorAll('input[tabindex="0"]')).toHaveLength(1);
    await userEvent.keyboard("-5{Enter}");
    await expect.element(cell(2, 2)).toHaveValue("\u22125");
    expect(written).toEqual([[1, 2, 3, -5]]);
  });

  test("Page Up nudges the entry, and the arrows stop at the edges", async () => {
    const written: number[][] = [];
    show(<Scene written={written} />);
    await userEvent.tab();
    await userEvent.keyboard("{ArrowUp}{ArrowLeft}{PageUp}");
    await expect.element(cell(1, 1)).toHaveFocus();
    expect(written).toEqual([[1.1, 2, 3, 4]]);
  });
});

function Figure({ frame, lab }: FigureProps) {
  if (Number.isNaN(frame.values.w?.data[0])) throw new Error("The weight is not a number.");
  return (
    <div style={{ blockSize: 120 }}>
      <NumberField
        label="weight"
        value={frame.values.w?.data[0] ?? 0}
        onChange={(w) => lab.write("w", [w, 0])}
      />
      <input aria-label="A note" />
    </div>
  );
}

function live(handle = new FakeHandle()): FakeHandle {
  cleanups.push(
    mountLab(place, { lab: fakeLab, chapter: "test", figure: Figure, open: () => handle }),
  );
  return handle;
}

const button = (name: string) => page.getByRole("button", { name, exact: true });
const section = () => place.querySelector<HTMLElement>(".lab");

describe("a live lab", () => {
  test("leaves the still until the first frame, then takes its place at once", async () => {
    place.innerHTML = '<p class="the-still">still</p>';
    const handle = live(new FakeHandle(null));
    expect(place.querySelector(".the-still")).not.toBeNull();
    await expect.element(page.getByText("Preparing… Loading the engine")).toBeInTheDocument();
    handle.show(fakeFrame());
    expect(place.querySelector(".the-still")).toBeNull();
    expect(section()?.textContent).toContain("The first weight is 0.50.");
  });

  test("that cannot open keeps the still, says why, and can be tried again", async () => {
    place.innerHTML = '<p class="the-still">still</p>';
    const handles = [new FakeHandle(null), new FakeHandle()];
    const [first] = handles;
    const open = () => handles.shift() as FakeHandle;
    cleanups.push(mountLab(place, { lab: fakeLab, chapter: "test", figure: Figure, open }));
    first?.be({ phase: "failed", why: "No worker would start." });
    await expect.element(page.getByRole("alert")).toHaveTextContent("No worker would start.");
    expect(place.querySelector(".the-still")).not.toBeNull();
    await userEvent.click(button("Try again"));
    await expect.element(page.getByText("The first weight is 0.50.").first()).toBeInTheDocument();
    expect(first?.isClosed).toBe(true);
  });

  test("trains, steps, starts over and goes back in time by its buttons", async () => {
    const handle = live();
    await userEvent.click(button("Train"));
    expect(handle.of("play")).toEqual([[undefined]]);
    handle.show({ playing: true });
    await userEvent.selectOptions(page.getByLabelText("Speed"), "5");
    expect(handle.of("play").at(-1)).toEqual([5]);
    await userEvent.click(button("Pause"));
    expect(handle.of("pause")).toHaveLength(1);
    await userEvent.click(button("Step"));
    expect(handle.of("train")).toEqual([[1]]);
    await userEvent.click(button("Start over"));
    expect(handle.of("reset")).toEqual([[undefined]]);
    await userEvent.fill(page.getByRole("slider", { name: /Time line/ }), "12");
    await vi.waitFor(() => expect(handle.of("seek").at(-1)).toEqual([12]));
  });

  test("is driven by keys while it has the focus, and not otherwise", async () => {
    const handle = live();
    await userEvent.keyboard("r");
    expect(handle.calls).toEqual([]);
    section()?.focus();
    handle.show({ canUndo: true, canRedo: true });
    await userEvent.keyboard(" ");
    await userEvent.keyboard("{ArrowRight}{ArrowLeft}ru2");
    await userEvent.keyboard("{Shift>}U{/Shift}");
    expect(handle.calls.map(({ method }) => method)).toEqual([
      "play",
      "train",
      "seek",
      "reset",
      "undo",
      "edit",
      "redo",
    ]);
    expect(handle.of("seek")).toEqual([[39]]);
    expect(handle.of("edit")).toEqual([[fakeLab.presets?.[1]?.edit, undefined]]);
  });

  test("hears no key while the reader types", async () => {
    const handle = live();
    await userEvent.click(number());
    await userEvent.keyboard("r 2u");
    await userEvent.keyboard("{Escape}");
    await userEvent.click(page.getByLabelText("A note"));
    await userEvent.keyboard("r 2u");
    expect(handle.calls).toEqual([]);
    button("Step").element().focus();
    await userEvent.keyboard(" ");
    expect(handle.calls.map(({ method }) => method)).toEqual(["train"]);
  });

  test("a choice shows at once, and goes back when the lab refuses it", async () => {
    const handle = live();
    const tanh = page.getByRole("radio", { name: "tanh" });
    await userEvent.click(tanh);
    expect(handle.of("configure").map(([change]) => change)).toEqual([{ activation: "tanh" }]);
    await expect.element(tanh).toBeChecked();
    await expect.element(page.getByRole("radio", { name: "sigmoid" })).toBeChecked();
    expect(handle.current()?.config.activation).toBe("sigmoid");
  });

  test("a refused action is told near the picture and can be put away", async () => {
    const handle = live();
    handle.failures.set("write", new Error("Expected shape [2], got [3]."));
    number().element().focus();
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(page.getByText("Expected shape [2], got [3].")).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Dismiss this message" }));
    await expect.element(page.getByText("Expected shape [2], got [3].")).not.toBeInTheDocument();
  });

  test("a figure that throws shows its failed face, and the rest of the lab goes on", async () => {
    const silence = vi.spyOn(console, "error").mockImplementation(() => {});
    const handle = live();
    handle.show({ values: { w: { shape: [2], data: new Float32Array([Number.NaN, 0]) } } });
    await expect.element(page.getByText("The weight is not a number.")).toBeInTheDocument();
    await expect.element(button("Start over")).toBeEnabled();
    handle.show(fakeFrame());
    await userEvent.click(button("Try again"));
    await expect.element(number()).toHaveValue("0.500");
    silence.mockRestore();
  });

  test("nothing moves when its numbers change", async () => {
    const handle = live();
    const outline = () =>
      [...place.querySelectorAll("button, input, select, dd, .lab-state")].map((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [element.className, left, top, width, height].join(" ");
      });
    await vi.waitFor(() => expect(place.querySelector(".uplot")).not.toBeNull());
    const before = outline();
    handle.show({
      step: 9876,
      lastStep: 9876,
      loss: 1.23e-7,
      speed: 12345,
      playing: true,
      metrics: { accuracy: 1 },
      values: { w: ndarray([-12.345, 0]) },
    });
    await expect.element(button("Pause")).toBeInTheDocument();
    expect(outline()).toEqual(before);
  });

  test("changes the backend by its badge, which says what became of the others", async () => {
    const handle = live();
    await userEvent.click(page.getByTitle("What this lab runs on"));
    await expect
      .element(page.getByText("Its gradient of a convolution was wrong here."))
      .toBeVisible();
    await userEvent.click(page.getByRole("row", { name: /WebAssembly/ }).getByRole("button"));
    expect(handle.of("backend")).toEqual([["wasm"]]);
  });

  test("fills the page where the browser gives no full screen, and Escape leaves", async () => {
    vi.spyOn(Element.prototype, "requestFullscreen").mockRejectedValue(new Error("not allowed"));
    live();
    const before = document.createElement("button");
    place.before(before);
    cleanups.push(() => before.remove());
    await userEvent.click(button("Project"));
    await vi.waitFor(() => expect(section()?.dataset.projected).toBe("page"));
    const box = section()?.getBoundingClientRect();
    expect([box?.left, box?.top, box?.width]).toEqual([0, 0, innerWidth]);
    expect(before.inert).toBe(true);
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(section()?.dataset.projected).toBeUndefined());
    expect(before.inert).toBe(false);
    vi.restoreAllMocks();
  });

  test("? lists the keys, and Escape closes the list", async () => {
    live();
    section()?.focus();
    await userEvent.keyboard("?");
    await expect.element(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(page.getByRole("dialog", { name: "Keys" })).not.toBeInTheDocument();
  });

  test("loads the state that its own link carries, and says what is wrong with a broken one", async () => {
    const handle = live();
    await userEvent.click(button("Share"));
    const link = page.getByRole("textbox", { name: "Link" });
    await expect.element(link).toBeVisible();
    await expect.element(page.getByRole("img", { name: "QR code of the link" })).toBeVisible();
    const { hash } = new URL((link.element() as HTMLInputElement).value);
    expect(hash).toMatch(/^#lab=test-fake&state=[\w-]+$/);
    await userEvent.click(button("Close"));
    location.hash = hash;
    await vi.waitFor(() => expect(handle.of("load")).toEqual([[new Uint8Array([1, 2, 3])]]));
    location.hash = "#lab=test-fake&state=!!";
    await expect.element(page.getByText(/link to a saved lab/)).toBeVisible();
    expect(handle.of("load")).toHaveLength(1);
  });

  test("a file dropped on it is loaded", async () => {
    const handle = live();
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array([9, 8])], "a.safetensors"));
    for (const type of ["dragover", "drop"]) {
      section()?.dispatchEvent(
        new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: carried }),
      );
    }
    await vi.waitFor(() => expect(handle.of("load")).toEqual([[new Uint8Array([9, 8])]]));
  });

  test("frees everything when it goes", () => {
    const handle = new FakeHandle();
    mountLab(place, { lab: fakeLab, chapter: "test", figure: Figure, open: () => handle })();
    expect(handle.isClosed).toBe(true);
    expect(place.childElementCount).toBe(0);
  });
});

test("what several watch of one lab is watched together, each until it stops", async () => {
  const handle = new FakeHandle();
  const first = watchAlso(handle, ["w"]);
  const second = watchAlso(handle, ["z"], { corners: { x: ndarray([[0, 1]]) } });
  await second.accepted;
  expect(handle.of("watch").at(-1)?.[0]).toEqual(["w", "z"]);
  first.stop();
  expect(handle.of("watch").at(-1)?.[0]).toEqual(["z"]);
});

describe("an exercise", () => {
  const exercise = {
    lab: fakeLab.id,
    watch: ["z"],
    check: (frame: ReturnType<typeof fakeFrame>) => ({
      done: (frame.values.w?.data[0] ?? 0) > 2,
      says: `The weight is ${frame.values.w?.data[0]}.`,
    }),
    solution: [{ write: { w: [3, 0] } }, { train: 5 }],
  };
  beforeEach(clearProgress);

  test("follows the live lab, says how far it is, and remembers that it was done", async () => {
    const handle = new FakeHandle();
    show(<ExerciseCheck progressKey="c/e" exercise={exercise} />);
    await expect.element(page.getByText("Waiting for its lab")).toBeInTheDocument();
    cleanups.push(registerLab(handle));
    await expect.element(page.getByText("The weight is 0.5.")).toBeInTheDocument();
    await vi.waitFor(() => expect(handle.isVisible).toBe(true));
    expect(handle.of("watch")).toEqual([[["z"], {}]]);
    handle.show({ values: { w: ndarray([2.5, 0]) } });
    await expect.element(page.getByText("Done.")).toBeInTheDocument();
    expect(readProgress()).toEqual({ "c/e": "done" });
  });

  test("“Show me” does it, and is remembered as shown; “Reset” begins anew", async () => {
    const handle = new FakeHandle();
    cleanups.push(registerLab(handle));
    show(<ExerciseCheck progressKey="c/e" exercise={exercise} />);
    await userEvent.click(button("Show me"));
    await vi.waitFor(() => expect(handle.of("train")).toEqual([[5]]));
    expect(handle.of("edit")).toEqual([[exercise.solution[0]]]);
    handle.show({ values: { w: ndarray([3, 0]) } });
    await vi.waitFor(() => expect(readProgress()).toEqual({ "c/e": "shown" }));
    await userEvent.click(button("Reset"));
    await vi.waitFor(() => expect(handle.of("reset")).toHaveLength(1));
  });
});
