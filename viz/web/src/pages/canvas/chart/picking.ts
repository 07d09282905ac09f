/** Which mark, or grip of a picked mark, lies below a point. */
import type { Point } from "../scene";
import type { Grip, Mark } from "./marks";
import { arrowOf, boxOf, gripsOf, type Seen } from "./shapes";

const NEAR = 6; // px around a line that count as on it
const TITLE = 1.4; // of the height of letters: what a frame's title takes above it

export interface OnMark {
  mark: string;
  grip?: Grip;
}

/** The topmost mark below a point. Frames are found by line and title only: what they hold stays free. */
export function markAt(
  point: Point,
  marks: readonly Mark[],
  picked: ReadonlySet<string>,
  ground: Seen,
  frames: boolean,
): OnMark | null {
  for (const mark of marks)
    if (picked.has(mark.id) && picked.size === 1)
      for (const { grip, at } of gripsOf(mark, ground))
        if (Math.abs(at.x - point.x) <= NEAR && Math.abs(at.y - point.y) <= NEAR)
          return { mark: mark.id, grip };
  for (const mark of [...marks].reverse())
    if ((mark.kind === "frame") === frames && on(point, mark, ground)) return { mark: mark.id };
  return null;
}

function on(point: Point, mark: Mark, ground: Seen): boolean {
  if (mark.kind === "arrow") {
    const ends = arrowOf(mark, ground);
    return ends !== null && distance(point, ...ends) < NEAR;
  }
  const box = boxOf(mark, ground);
  if (!box) return false;
  const [x, y] = [point.x - box.x, point.y - box.y];
  const inside = (room: number) => x > -room && y > -room && x < box.w + room && y < box.h + room;
  if (mark.kind !== "frame") return inside(2);
  const title = mark.text && y < 0 && y > -TITLE * mark.size * ground.unit && x > 0 && x < box.w;
  return Boolean(title) || (inside(NEAR) && !inside(-NEAR));
}

function distance(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}
