/** The outline around the members of a gang. */
import { say } from "~/core/i18n";
import { FONT, type Point, type Scene } from "./scene";
import { halo } from "./labels";

export function hulls(pen: CanvasRenderingContext2D, scene: Scene, places: ReadonlyMap<string, Point>): void {
  const gangs = new Map<string, { points: Point[]; confirmed: boolean }>();
  for (const node of scene.nodes.values()) {
    const at = places.get(node.id);
    if (!node.gang || !at || node.role === "user") continue;
    const gang = gangs.get(node.gang) ?? { points: [], confirmed: node.confirmed };
    gang.points.push(at);
    gangs.set(node.gang, gang);
  }
  for (const [id, { points, confirmed }] of gangs) {
    if (points.length < 3) continue;
    const around = convex(
      points.flatMap(({ x, y }) =>
        [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({
          x: x + 34 * Math.cos((n * Math.PI) / 4),
          y: y + 34 * Math.sin((n * Math.PI) / 4),
        })),
      ),
    );
    pen.beginPath();
    for (const { x, y } of around) pen.lineTo(x, y);
    pen.closePath();
    pen.setLineDash(confirmed ? [] : [5, 4]);
    pen.lineWidth = 1.25;
    pen.strokeStyle = confirmed ? scene.colours.text : scene.colours.line;
    pen.stroke();
    pen.setLineDash([]);
    const top = around.reduce((best, each) => (each.y < best.y ? each : best));
    halo(
      pen,
      `${id} ${say(confirmed ? ["团伙", "gang"] : ["团伙候选", "gang (candidate)"])} · ${points.length}`,
      top.x,
      top.y - 8,
      scene,
      `12px ${FONT}`,
    );
  }
}

/** Convex hull, Andrew's monotone chain. */
function convex(points: Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o: Point, a: Point, b: Point) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (all: readonly Point[]) => {
    const found: Point[] = [];
    for (const point of all) {
      for (
        let o = found.at(-2), a = found.at(-1);
        o && a && turn(o, a, point) <= 0;
        o = found.at(-2), a = found.at(-1)
      )
        found.pop();
      found.push(point);
    }
    return found.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}
