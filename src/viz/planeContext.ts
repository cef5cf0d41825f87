import { createContext, type RefObject, useContext } from "react";
import type { LinearScale } from "./scale.ts";

/** What a part of a plane needs to place itself: data to drawing units, and the pointer to data. */
export interface PlaneGeometry {
  readonly x: LinearScale;
  readonly y: LinearScale;
  readonly svg: RefObject<SVGSVGElement | null>;
}

export const PlaneContext = createContext<PlaneGeometry | null>(null);

/**
 * The plane around this component.
 *
 * @throws Error outside a `<Plane>`
 */
export function usePlane(): PlaneGeometry {
  const plane = useContext(PlaneContext);
  if (!plane) {
    throw new Error("Expected a <Plane> around this component. Is it rendered outside of one?");
  }
  return plane;
}

/** The data coordinates under a point of the window; null while the plane is not on screen. */
export function dataAt(
  plane: PlaneGeometry,
  clientX: number,
  clientY: number,
): readonly [number, number] | null {
  const matrix = plane.svg.current?.getScreenCTM();
  if (!matrix) return null;
  const point = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
  return [plane.x.invert(point.x), plane.y.invert(point.y)];
}
