/** Align, distribute and snap: what is chosen as rectangles, and by how much each of them moves. */
import type { Bounds } from "../lens";
import type { Point } from "../scene";

export type Side = "left" | "centre" | "right" | "top" | "middle" | "bottom";
export type Axis = "across" | "down";

const middle = (r: Bounds, axis: Axis): number =>
  axis === "across" ? (r.left + r.right) / 2 : (r.low + r.high) / 2;

/** By how much each rectangle moves so that all stand in one line; the outermost sets where that is. */
export function aligned(rects: ReadonlyMap<string, Bounds>, side: Side): Map<string, Point> {
  const all = [...rects.values()];
  const mean = (of: (r: Bounds) => number) => all.reduce((sum, r) => sum + of(r), 0) / all.length;
  const at: Record<Side, () => number> = {
    left: () => Math.min(...all.map((r) => r.left)),
    right: () => Math.max(...all.map((r) => r.right)),
    top: () => Math.max(...all.map((r) => r.high)),
    bottom: () => Math.min(...all.map((r) => r.low)),
    centre: () => mean((r) => middle(r, "across")),
    middle: () => mean((r) => middle(r, "down")),
  };
  const edge: Record<Side, (r: Bounds) => number> = {
    left: (r) => r.left,
    right: (r) => r.right,
    top: (r) => r.high,
    bottom: (r) => r.low,
    centre: (r) => middle(r, "across"),
    middle: (r) => middle(r, "down"),
  };
  const across = side === "left" || side === "right" || side === "centre";
  const line = at[side]();
  return new Map(
    [...rects].map(([id, r]) => {
      const by = line - edge[side](r);
      return [id, across ? { x: by, y: 0 } : { x: 0, y: by }];
    }),
  );
}

/** By how much each moves so that their middles are equally far apart; the two outermost stay. */
export function distributed(rects: ReadonlyMap<string, Bounds>, axis: Axis): Map<string, Point> {
  const sorted = [...rects].sort((a, b) => middle(a[1], axis) - middle(b[1], axis));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || sorted.length < 3) return new Map();
  const [from, until] = [middle(first[1], axis), middle(last[1], axis)];
  return new Map(
    sorted.map(([id, r], n) => {
      const by = from + ((until - from) * n) / (sorted.length - 1) - middle(r, axis);
      return [id, axis === "across" ? { x: by, y: 0 } : { x: 0, y: by }];
    }),
  );
}

export interface Snapped {
  by: Point;
  /** The lines that held it, in units of the graph. */
  x: number | null;
  y: number | null;
}

const lines = (r: Bounds, axis: Axis): number[] =>
  axis === "across" ? [r.left, middle(r, axis), r.right] : [r.low, middle(r, axis), r.high];

/** Where a dragged rectangle is held: at an edge or middle of another that is within `near`. */
export function snapped(rect: Bounds, by: Point, others: readonly Bounds[], near: number): Snapped {
  const hold = (axis: Axis, move: number): [number, number | null] => {
    let [best, at]: [number, number | null] = [near, null];
    let turn = move;
    for (const mine of lines(rect, axis))
      for (const other of others)
        for (const line of lines(other, axis)) {
          const far = Math.abs(mine + move - line);
          if (far < best) [best, at, turn] = [far, line, line - mine];
        }
    return [turn, at];
  };
  const [dx, x] = hold("across", by.x);
  const [dy, y] = hold("down", by.y);
  return { by: { x: dx, y: dy }, x, y };
}
