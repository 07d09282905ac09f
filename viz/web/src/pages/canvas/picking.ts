/** What lies below a point or inside a lasso. */
import { distanceTo, type Line } from "./bundles";
import type { GNode } from "./elements";
import type { Target } from "./pointer";
import type { Point } from "./scene";

const NEAR = 6; // px around a line that count as on it

/** The object below a point, or else the line. */
export function targetAt(
  point: Point,
  nodes: Iterable<GNode>,
  lines: readonly Line[],
  places: ReadonlyMap<string, Point>,
  radius: (node: GNode) => number,
): Target {
  let [best, least] = ["", Infinity];
  for (const node of nodes) {
    const at = places.get(node.id);
    if (!at) continue;
    const far = Math.hypot(at.x - point.x, at.y - point.y) - Math.max(5, radius(node) + 3);
    if (far <= 0 && far < least) [best, least] = [node.id, far];
  }
  if (best) return { node: best };
  least = NEAR;
  for (const line of lines) {
    const [a, b] = [places.get(line.from), places.get(line.to)];
    if (!a || !b) continue;
    const far = distanceTo(point, a, b, line.bow);
    if (far < least) [best, least] = [line.key, far];
  }
  return best ? { line: best } : {};
}

/** Whether a point lies inside an outline, by the even-odd rule. */
export function inside(around: readonly Point[]): (at: Point) => boolean {
  return ({ x, y }) => {
    let odd = false;
    for (const [n, b] of around.entries()) {
      const a = around.at(n - 1);
      if (a && a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
    }
    return odd;
  };
}
