import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { DataMark } from "../../../src/viz/DataPoints.tsx";
import { dataAt, usePlane } from "../../../src/viz/planeContext.ts";
import { rounded } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { isYes, numbers, pointText } from "../words.ts";
import { isInside } from "./geometry.ts";

/** What a click on the picture does. */
export const tools = [
  { value: "yes", label: "adds ■ yes" },
  { value: "no", label: "adds ● no" },
  { value: "remove", label: "removes" },
] as const;
export type Tool = (typeof tools)[number]["value"];

interface DotsProps {
  readonly frame: FigureProps["frame"];
  readonly tool: Tool;
  readonly onChange: (
    x: readonly (readonly number[])[],
    y: readonly number[],
    gesture?: string,
  ) => unknown;
}

/** A pointer that moves less than this, in pixels, has clicked. */
const clickRadius = 4;

/** The examples: drag one, click an empty place for a new one, click or press Delete to remove one. */
export function Dots({ frame, tool, onChange }: DotsProps) {
  const geometry = usePlane();
  const isStill = useStillness();
  const pressed = useRef<readonly [number, number]>([0, 0]);
  const y = numbers(frame.data.y);
  const flat = numbers(frame.data.x);
  const x = y.map((_, i): [number, number] => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]);
  const y_hat = numbers(frame.values.y_hat);
  const next = frame.batch.length === 1 ? frame.batch[0] : undefined;

  const press = (event: PointerEvent) => {
    pressed.current = [event.clientX, event.clientY];
  };
  const isClick = (event: { clientX: number; clientY: number }) =>
    Math.hypot(event.clientX - pressed.current[0], event.clientY - pressed.current[1]) <
    clickRadius;
  const without = (index: number) => {
    if (y.length === 1) return;
    onChange(
      x.filter((_, i) => i !== index),
      y.filter((_, i) => i !== index),
    );
  };
  const add = (event: { clientX: number; clientY: number }) => {
    const place = dataAt(geometry, event.clientX, event.clientY);
    if (tool === "remove" || !place || !isInside(place) || !isClick(event)) return;
    const dot = place.map((value) => rounded(Math.round(value * 100) / 100));
    onChange([...x, dot], [...y, tool === "yes" ? 1 : 0]);
  };

  const [left, right] = geometry.x.range;
  const [bottom, top] = geometry.y.range;
  return (
    <g className="dots" data-tool={tool}>
      {!isStill && (
        // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard, Enter on a dot adds its twin
        <rect
          className="dots-ground"
          x={left}
          y={top}
          width={right - left}
          height={bottom - top}
          onPointerDown={press}
          onClick={add}
        />
      )}
      {x.map((place, index) => {
        const isWrong = isYes(y_hat[index]) !== isYes(y[index]);
        const kind = isYes(y[index]) ? "yes" : "no";
        const state = `${isWrong ? ", on the wrong side" : ""}${index === next ? ", next to be learnt" : ""}`;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the handle inside is the control; this adds to what it does
          <g
            // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place in the data
            key={index}
            onPointerDown={press}
            onClick={(event) => {
              if (tool === "remove" && isClick(event)) without(index);
            }}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key === "Delete" || event.key === "Backspace") without(index);
              else if (event.key === "Enter") {
                onChange([...x, [place[0] + 0.1, place[1] + 0.1]], [...y, y[index] ?? 0]);
              } else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          >
            <Movable
              at={place}
              label={`Dot ${index + 1}, ${kind}${state}. Delete removes it, Enter copies it`}
              valueText={() => pointText(frame.data.x, index)}
              sym="y"
              onMove={(to, gesture) => onChange(x.with(index, [...to]), y, gesture)}
            >
              {index === next && <circle className="dot-next" />}
              <DataMark class={isYes(y[index]) ? 1 : 0} size={7} marked={isWrong} />
            </Movable>
          </g>
        );
      })}
    </g>
  );
}
