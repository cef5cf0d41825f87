import type * as tf from "./tf.ts";

/** The height J of a surface at (θ₁, θ₂), entry by entry: any shape. */
export type Surface = (theta_1: tf.Tensor, theta_2: tf.Tensor) => tf.Tensor;

/**
 * Surfaces on which methods of descent are tried, by name.
 *
 * - `bowl` (θ₁² + θ₂²)/2: equally steep all round. Minimum 0 at (0, 0).
 * - `rosenbrock` (1 − θ₁)² + 100 (θ₂ − θ₁²)²: a bent valley, easily found, hard to follow. Minimum 0 at
 *   (1, 1). Rosenbrock 1960.
 * - `himmelblau` (θ₁² + θ₂ − 11)² + (θ₁ + θ₂² − 7)²: four minima, all 0, one of them at (3, 2).
 *   Himmelblau 1972.
 * - `valley` (θ₁² + 50 θ₂²)/2: fifty times as steep across as along. Minimum 0 at (0, 0).
 * - `saddle` θ₁² − θ₂² + θ₂⁴/4: flat at (0, 0), but no minimum there; minima −1 at (0, ±√2).
 */
// #region surfaces
export const surfaces = {
  bowl: (x, y) => x.square().add(y.square()).div(2),
  rosenbrock: (x, y) => x.mul(-1).add(1).square().add(y.sub(x.square()).square().mul(100)),
  himmelblau: (x, y) => x.square().add(y).sub(11).square().add(x.add(y.square()).sub(7).square()),
  valley: (x, y) => x.square().add(y.square().mul(50)).div(2),
  saddle: (x, y) => x.square().sub(y.square()).add(y.square().square().div(4)),
} satisfies Record<string, Surface>;
// #endregion

export type SurfaceName = keyof typeof surfaces;

export const surfaceNames = Object.keys(surfaces) as readonly SurfaceName[];
