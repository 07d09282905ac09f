/** The lines between the discs, with their arrows. */
import type { GEdge } from "./elements";
import { onScreen, type Point, type Scene } from "./scene";

/**
 * Observed thin, solid and in their hue; conclusions in ink, dashed while candidates; parallel ones bow
 * apart.
 */
export function lines(pen: CanvasRenderingContext2D, scene: Scene, places: ReadonlyMap<string, Point>): void {
  const beside = new Map<string, number>();
  for (const edge of scene.edges) {
    const [from, to] = [scene.nodes.get(edge.from), scene.nodes.get(edge.to)];
    const [a, b] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to || !a || !b || edge.from === edge.to || (!onScreen(a, scene) && !onScreen(b, scene)))
      continue;
    const pair = edge.from < edge.to ? `${edge.from}|${edge.to}` : `${edge.to}|${edge.from}`;
    const n = beside.get(pair) ?? 0;
    beside.set(pair, n + 1);
    const far = Math.hypot(b.x - a.x, b.y - a.y);
    if (far < 8) continue;
    const [ux, uy] = [(b.x - a.x) / far, (b.y - a.y) / far];
    const bow = n === 0 ? 0 : 14 * Math.ceil(n / 2) * (n % 2 ? 1 : -1) * (edge.from < edge.to ? 1 : -1);
    const middle = { x: (a.x + b.x) / 2 - uy * bow * 2, y: (a.y + b.y) / 2 + ux * bow * 2 };
    const leave = scene.radius(from) + 6;
    const reach = scene.radius(to) + 7;
    const tail = along(a, middle, leave);
    const head = along(b, middle, reach);
    pen.strokeStyle = pen.fillStyle = scene.colours.hue(edge.hue);
    pen.lineWidth = widthOf(edge);
    pen.setLineDash(edge.derived ? ((edge.score ?? 1) < 0.5 ? [2.5, 4] : [7, 4]) : []);
    pen.beginPath();
    pen.moveTo(tail.x, tail.y);
    pen.quadraticCurveTo(middle.x, middle.y, head.x, head.y);
    pen.stroke();
    pen.setLineDash([]);
    arrow(pen, middle, head, 4 + pen.lineWidth);
  }
}

export function widthOf(edge: GEdge): number {
  if (edge.derived) return 1 + 1.5 * (edge.score ?? 0); // thin enough that a gang of a hundred stays readable
  if (edge.hue === "money")
    return Math.min(6, Math.max(1.2, 0.9 * Math.log10(Math.max(1, edge.sum / 100)) - 1.2));
  return Math.min(3, Math.max(1, 0.8 * Math.log10(edge.count) + 0.8));
}

function along(from: Point, towards: Point, distance: number): Point {
  const far = Math.hypot(towards.x - from.x, towards.y - from.y) || 1;
  return {
    x: from.x + ((towards.x - from.x) / far) * distance,
    y: from.y + ((towards.y - from.y) / far) * distance,
  };
}

function arrow(pen: CanvasRenderingContext2D, from: Point, tip: Point, size: number): void {
  const turn = Math.atan2(tip.y - from.y, tip.x - from.x);
  pen.beginPath();
  pen.moveTo(tip.x, tip.y);
  pen.lineTo(tip.x - size * Math.cos(turn - 0.4), tip.y - size * Math.sin(turn - 0.4));
  pen.lineTo(tip.x - size * Math.cos(turn + 0.4), tip.y - size * Math.sin(turn + 0.4));
  pen.closePath();
  pen.fill();
}
