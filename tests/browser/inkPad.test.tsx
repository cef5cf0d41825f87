import { useState } from "react";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../src/app/style/tokens.css";
import "../../src/viz/viz.css";
import "../../src/widgets/lab.css";
import type { NDArray } from "../../src/data/ndarray.ts";
import { inkPicture, rasterise } from "../../src/data/raster.ts";
import { digitStrokes, middlePen } from "../../src/data/strokeDigits.ts";
import { type Ink, InkPad } from "../../src/widgets/InkPad.tsx";

let place: HTMLElement;
let root: Root | null = null;
let drawn: { ink: Ink; gesture: string }[];
const size = 16;

beforeEach(() => {
  drawn = [];
  place = document.createElement("div");
  place.className = "lab";
  document.body.append(place);
  vi.spyOn(Element.prototype, "setPointerCapture").mockImplementation(() => {});
});

afterEach(() => {
  root?.unmount();
  root = null;
  place.remove();
  vi.restoreAllMocks();
});

/** A lab behind the pad that takes every picture; `other` puts another one in its place. */
function Bound({ other, centred }: { readonly other?: NDArray; readonly centred?: boolean }) {
  const [value, setValue] = useState<NDArray>(blank);
  return (
    <>
      <InkPad
        label="Draw"
        size={size}
        value={value}
        centred={centred}
        onDraw={(ink, gesture) => {
          drawn.push({ ink, gesture });
          setValue(ink.picture);
        }}
      />
      <button type="button" onClick={() => other && setValue(other)}>
        Another
      </button>
    </>
  );
}

const blank: NDArray = { shape: [size, size], data: new Float32Array(size * size) };

function show(props: Parameters<typeof Bound>[0] = {}): void {
  const shown = createRoot(place);
  root = shown;
  flushSync(() => shown.render(<Bound {...props} />));
}

const pad = () => page.getByRole("application", { name: "Draw" });
const last = () => drawn.at(-1)?.ink as Ink;

/** An event of a hand at a place of the pad's unit square. */
function hand(type: string, x: number, y: number, pointerId = 1): void {
  const { left, top, width, height } = pad().element().getBoundingClientRect();
  const at = { clientX: left + x * width, clientY: top + y * height };
  pad()
    .element()
    .dispatchEvent(
      new PointerEvent(type, { bubbles: true, cancelable: true, button: 0, pointerId, ...at }),
    );
}

const nextFrame = () => new Promise(requestAnimationFrame);

test("a stroke of the hand is in the unit square of the pad, and one gesture", async () => {
  show();
  hand("pointerdown", 0.25, 0.5);
  await nextFrame();
  hand("pointermove", 0.5, 0.5);
  hand("pointermove", 0.75, 0.25);
  hand("pointerup", 0.75, 0.25);
  hand("pointermove", 0.1, 0.1);
  await nextFrame();
  const points = last().strokes.map((stroke) => stroke.map((point) => point.map(rough)));
  expect(points).toEqual([
    [
      [0.25, 0.5],
      [0.5, 0.5],
      [0.75, 0.25],
    ],
  ]);
  expect(last().picture).toEqual(inkPicture(last().strokes, size, middlePen));
  expect(new Set(drawn.map(({ gesture }) => gesture)).size).toBe(1);
});

const rough = (coordinate: number): number => Math.round(100 * coordinate) / 100;

test("a second finger draws nothing while the first is down", async () => {
  show();
  hand("pointerdown", 0.2, 0.2, 1);
  hand("pointerdown", 0.8, 0.8, 2);
  hand("pointermove", 0.9, 0.8, 2);
  hand("pointermove", 0.4, 0.2, 1);
  hand("pointerup", 0.4, 0.2, 1);
  expect(last().strokes).toHaveLength(1);
  expect(last().strokes[0]).toHaveLength(2);
});

test("not centred, the ink stays where it was drawn", async () => {
  show({ centred: false });
  hand("pointerdown", 0.1, 0.1);
  hand("pointerup", 0.1, 0.1);
  expect(last().picture.data).toEqual(rasterise(last().strokes, size, middlePen));
  expect(last().picture.data[size + 1]).toBeGreaterThan(0.5);
});

test("Space puts the pen down and lifts it, the arrows draw, Backspace takes back", async () => {
  show();
  await userEvent.tab();
  await expect.element(pad()).toHaveFocus();
  await userEvent.keyboard("{ArrowUp} {ArrowRight}{ArrowRight}{ArrowDown} {ArrowLeft}");
  await expect.element(page.getByRole("status")).toHaveTextContent("Pen up. 1 stroke");
  const [stroke = []] = last().strokes;
  expect(stroke.map((point) => point.map(rough))).toEqual([
    [0.5, 0.46],
    [0.54, 0.46],
    [0.58, 0.46],
    [0.58, 0.5],
  ]);
  expect(new Set(drawn.map(({ gesture }) => gesture)).size).toBe(1);
  await userEvent.keyboard("{Backspace}");
  expect(last().strokes).toEqual([]);
  expect(last().picture).toEqual(blank);
});

test("a digit's key and its button write that digit, as the data's plain form", async () => {
  show();
  await userEvent.click(page.getByRole("button", { name: "Write a 3" }));
  expect(last().picture).toEqual(inkPicture(digitStrokes(3), size, middlePen));
  pad().element().focus();
  await userEvent.keyboard("8");
  expect(last().picture).toEqual(inkPicture(digitStrokes(8), size, middlePen));
});

test("another picture in the lab takes the place of the ink, and the next stroke begins anew", async () => {
  show({ other: inkPicture(digitStrokes(2), size, middlePen) });
  await userEvent.click(page.getByRole("button", { name: "Write a 3" }));
  expect(place.querySelector("canvas")).toBeNull();
  await userEvent.click(page.getByRole("button", { name: "Another" }));
  await vi.waitFor(() => expect(place.querySelector("canvas")).not.toBeNull());
  hand("pointerdown", 0.5, 0.2);
  hand("pointermove", 0.5, 0.8);
  hand("pointerup", 0.5, 0.8);
  expect(last().strokes).toHaveLength(1);
  await vi.waitFor(() => expect(place.querySelector("canvas")).toBeNull());
});

test("a stroke and all ink are taken back by buttons", async () => {
  show();
  for (const y of [0.2, 0.6]) {
    hand("pointerdown", 0.2, y);
    hand("pointermove", 0.8, y);
    hand("pointerup", 0.8, y);
  }
  await userEvent.click(page.getByRole("button", { name: "Undo stroke" }));
  expect(last().strokes).toHaveLength(1);
  await userEvent.click(page.getByRole("button", { name: "Clear" }));
  expect(last().strokes).toEqual([]);
});

test("on a phone it fits, a finger draws instead of scrolling, and its buttons are large enough", async () => {
  place.style.width = "150px";
  show();
  const box = (element: Element) => element.getBoundingClientRect();
  expect(getComputedStyle(pad().element()).touchAction).toBe("none");
  expect(box(pad().element()).right).toBeLessThanOrEqual(box(place).right + 0.5);
  for (const button of place.querySelectorAll(".ink-pad button")) {
    expect(Math.min(box(button).width, box(button).height)).toBeGreaterThanOrEqual(24);
  }
});
