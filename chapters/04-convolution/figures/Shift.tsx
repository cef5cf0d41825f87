import "./shift.css";
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { Frame } from "../../../src/training/lab.ts";
import { Outline, Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { newGesture, useFrameWrite } from "../../../src/widgets/gesture.ts";
import { InkPad } from "../../../src/widgets/InkPad.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { percent } from "../digitsLab.ts";
import { farthest, inner, offPaper, onPaper, paper } from "../shiftData.ts";
import { beliefOf, shiftCurve, shiftText } from "../shiftLab.ts";
import { nets } from "../shiftNets.ts";
import { NetMark } from "./NetMark.tsx";
import { ShiftCurve } from "./ShiftCurve.tsx";
import { ShiftLayers } from "./ShiftLayers.tsx";
import { useSeldom } from "./useSeldom.ts";

/** One picture, as it is and shifted: what four nets say, and what their layers do. */
export function Shift({ frame, lab }: FigureProps) {
  const { input, step, loss } = frame;
  const { right, down } = frame.config as { right: number; down: number };
  const seen = useSeldom({ frame, lab }, { watches: [shiftCurve], key: `${step} ${loss}` });
  return (
    <div className="shift">
      <div className="shift-top">
        <InkPad
          label="Draw a digit"
          size={inner}
          value={offPaper(input.x)}
          onDraw={({ picture }, gesture) =>
            lab.input({ x: { shape: [1, paper, paper], data: onPaper(picture.data) } }, gesture)
          }
        />
        <figure className="shift-paper">
          <figcaption>
            shifted by your hand: <b>{shiftText(right, down)}</b>
          </figcaption>
          <Draggable frame={frame} lab={lab} />
        </figure>
        <Said frame={frame} />
      </div>
      <ShiftLayers frame={frame} lab={lab} />
      <ShiftCurve frame={frame} lab={lab} curve={seen?.values[shiftCurve]} />
    </div>
  );
}

const arrows: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The shifted picture, moved by whole pixels: by hand or by the arrow keys. */
function Draggable({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { right, down } = frame.config as { right: number; down: number };
  const isStill = useStillness();
  const grip = useRef<{ gesture: string; x: number; y: number; right: number; down: number }>(null);
  const latest = useRef({ right, down });
  if (!grip.current) latest.current = { right, down };
  const { write, flush } = useFrameWrite((to: { right: number; down: number }, gesture: string) =>
    lab.configure(to, gesture),
  );
  const moveTo = (to: { right: number; down: number }, gesture: string): void => {
    const near = (by: number) => Math.max(-farthest, Math.min(farthest, Math.round(by)));
    const next = { right: near(to.right), down: near(to.down) };
    if (next.right === latest.current.right && next.down === latest.current.down) return;
    latest.current = next;
    write(next, gesture);
  };
  const letGo = (): void => {
    flush();
    grip.current = null;
  };
  const hands = isStill
    ? {}
    : {
        onKeyDown: (event: KeyboardEvent) => {
          const [across, along] = arrows[event.key] ?? [0, 0];
          const home = event.key === "Home";
          if ((across === 0 && along === 0 && !home) || event.ctrlKey || event.metaKey) return;
          const now = latest.current;
          moveTo(
            home ? { right: 0, down: 0 } : { right: now.right + across, down: now.down + along },
            newGesture(),
          );
          flush();
          event.preventDefault();
          event.stopPropagation();
        },
        onPointerDown: (event: PointerEvent<HTMLElement>) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.focus({ preventScroll: true });
          event.preventDefault();
          grip.current = { gesture: newGesture(), x: event.clientX, y: event.clientY, right, down };
        },
        onPointerMove: (event: PointerEvent<HTMLElement>) => {
          const held = grip.current;
          if (!held) return;
          const cell = event.currentTarget.getBoundingClientRect().width / paper;
          const to = {
            right: held.right + (event.clientX - held.x) / cell,
            down: held.down + (event.clientY - held.y) / cell,
          };
          moveTo(to, held.gesture);
        },
        onPointerUp: letGo,
        onPointerCancel: letGo,
      };
  return (
    <div
      className="shift-drag"
      role="slider"
      aria-label="The digit’s place"
      aria-valuenow={right}
      aria-valuemin={-farthest}
      aria-valuemax={farthest}
      aria-valuetext={shiftText(right, down)}
      aria-disabled={isStill || undefined}
      tabIndex={isStill ? -1 : 0}
      {...hands}
    >
      <Picture
        values={frame.values.x_shifted ?? { shape: [paper, paper], data: [] }}
        label="The picture, shifted"
        sym="x_shifted"
      >
        <Outline row={2 + down} column={2 + right} rows={inner} columns={inner} kind="touch" />
      </Picture>
    </div>
  );
}

/** What each net says of the picture, before and after. */
function Said({ frame }: { readonly frame: Frame }) {
  return (
    <table className="shift-said">
      <thead>
        <tr>
          <td />
          <th scope="col">in the middle</th>
          <th scope="col">shifted</th>
        </tr>
      </thead>
      <tbody>
        {nets.map(({ name, label }) => {
          const [before, after] = [beliefOf(frame, name, 0), beliefOf(frame, name, 1)];
          const changed = before.digit !== after.digit;
          return (
            <tr key={name} data-sym={`${name}.y_hat`}>
              <th scope="row">
                <NetMark net={name} /> {label}
              </th>
              <Belief {...before} />
              <Belief {...after} changed={changed} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface BeliefProps {
  readonly digit: number;
  readonly share: number;
  readonly changed?: boolean;
}

function Belief({ digit, share, changed = false }: BeliefProps) {
  return (
    <td data-changed={changed || undefined} style={{ "--share": share } as CSSProperties}>
      <b>{digit}</b> <span>{percent(share)}</span>
      {changed && <span className="sr-only"> (another answer)</span>}
    </td>
  );
}
