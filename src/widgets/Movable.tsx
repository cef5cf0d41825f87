import type { ReactNode } from "react";
import { usePlane } from "../viz/planeContext.ts";
import { type MovableOptions, useMovable } from "./useMovable.ts";

export interface MovableProps extends MovableOptions {
  /** The picture, drawn about the origin; default: the book's handle. */
  readonly children?: ReactNode;
  /** The key of the symbol that it moves. */
  readonly sym?: string;
}

/** Something in a `Plane` that can be dragged, with a hit area that a finger finds. */
export function Movable({ children, sym, ...options }: MovableProps) {
  const { x, y } = usePlane();
  const { at, isHeld, handle } = useMovable(options);
  return (
    <g
      {...handle}
      className="movable"
      data-held={isHeld || undefined}
      data-sym={sym}
      transform={`translate(${x(at[0])} ${y(at[1])})`}
    >
      <circle className="movable-reach" />
      {children ?? <circle className="movable-dot" />}
      <circle className="movable-focus" />
    </g>
  );
}
