/** The outline around the members of a gang. */
import { say } from "~/core/i18n";
import { halo } from "./labels";
import { firstFree, type Room } from "./placing";
import { FONT, type Point, type Scene } from "./scene";

const MOST = 12; // gangs outlined at a time: more of them lie over one another and say nothing

export interface Hulls {
  /** Gangs shown without an outline. */
  unlined: number;
  labels: { text: string; x: number; y: number }[];
}

/** Draw the outlines; their labels take their room and are written over the lines. */
export function hulls(pen: CanvasRenderingContext2D, scene: Scene, room: Room): Hulls {
  const labels: Hulls["labels"] = [];
  const gangs = new Map<string, { points: Point[]; confirmed: boolean; far: number }>();
  for (const node of scene.nodes) {
    const at = scene.places.get(node.id);
    if (!node.gang || !at || node.role === "user") continue;
    const gang = gangs.get(node.gang) ?? { points: [], confirmed: node.confirmed, far: 0 };
    gang.points.push(at);
    gang.far = Math.max(gang.far, scene.radius(node) + 16);
    gangs.set(node.gang, gang);
  }
  const large = [...gangs].filter(([, { points }]) => points.length >= 3);
  large.sort((a, b) => b[1].points.length - a[1].points.length || a[0].localeCompare(b[0]));
  for (const [id, { points, confirmed, far }] of large.slice(0, MOST)) {
    const top = outline(pen, scene, points, confirmed, far);
    const text = `${id} ${say(confirmed ? ["团伙", "gang"] : ["团伙候选", "gang (candidate)"])} · ${points.length}`;
    const y = Math.max(12, top.y - 9);
    pen.font = `12px ${FONT}`;
    const half = pen.measureText(text).width / 2 + 3;
    const at = firstFree(room, near(top.x, y, half), half, 8);
    if (at) labels.push({ text, ...at });
  }
  return { unlined: Math.max(0, large.length - MOST), labels };
}

/** Places for the label of a hull: over its top, then beside that. */
function* near(x: number, y: number, half: number): Generator<Point> {
  for (const up of [0, 16, -16, 32])
    for (const side of [0, -half, half]) yield { x: x + side, y: Math.max(12, y - up) };
}

export function hullLabels(pen: CanvasRenderingContext2D, scene: Scene, labels: Hulls["labels"]): void {
  for (const { text, x, y } of labels) halo(pen, text, x, y, scene, `12px ${FONT}`);
}

function outline(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  points: readonly Point[],
  confirmed: boolean,
  far: number,
): Point {
  const around = convex(
    points.flatMap(({ x, y }) =>
      [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({
        x: x + far * Math.cos((n * Math.PI) / 4),
        y: y + far * Math.sin((n * Math.PI) / 4),
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
  return around.reduce((best, each) => (each.y < best.y ? each : best));
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
