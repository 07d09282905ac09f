/** The lines between the discs, with their arrows. */
import { bend, type Line } from "./bundles";
import { onScreen, type Point, type Scene } from "./scene";

const FAINT = 0.22;
const LIGHT = 0.6; // between dots: what is under the lines stays to be seen
const MANY = 600;
const CROWD = 40; // objects from which on lines of others step back behind those of the chosen

/**
 * Observed thin, solid and in their hue; conclusions in ink, dashed while candidates; parallel ones bow
 * apart. Where something is chosen or pointed at, lines of others step back.
 */
export function lines(pen: CanvasRenderingContext2D, scene: Scene): number {
  const focus = new Set(scene.chosen);
  if (scene.hover) focus.add(scene.hover);
  const crowd = focus.size > 0 && scene.nodes.length > CROWD;
  if (scene.moving && scene.lines.length > MANY) return hasty(pen, scene);
  let drawn = 0;
  for (const line of scene.lines) {
    const near = touches(line, focus) || line.key === scene.line;
    pen.globalAlpha = crowd && !near ? FAINT : small(scene, line) && !near ? LIGHT : 1;
    if (drawLine(pen, scene, line)) drawn++;
  }
  pen.globalAlpha = 1;
  return drawn;
}

/** Whether a line ends at a dot too small for a ring. */
function small(scene: Scene, line: Line): boolean {
  const to = scene.node(line.to);
  return !!to && scene.radius(to) < scene.detail.ring;
}

/** While the picture is being moved: straight, one stroke for each kind of evidence. */
function hasty(pen: CanvasRenderingContext2D, scene: Scene): number {
  const paths = new Map<string, Path2D>();
  for (const line of scene.lines) {
    const [a, b] = [scene.places.get(line.from), scene.places.get(line.to)];
    if (!a || !b || (!onScreen(a, scene) && !onScreen(b, scene))) continue;
    let path = paths.get(line.hue);
    if (!path) {
      path = new Path2D();
      paths.set(line.hue, path);
    }
    path.moveTo(a.x, a.y);
    path.lineTo(b.x, b.y);
  }
  pen.lineWidth = 0.8;
  for (const [hue, path] of paths) {
    pen.strokeStyle = scene.colours.hue(hue);
    pen.stroke(path);
  }
  return scene.lines.length;
}

export const touches = (line: Line, ids: ReadonlySet<string>): boolean =>
  ids.has(line.from) || ids.has(line.to) || ids.has(line.key);

function drawLine(pen: CanvasRenderingContext2D, scene: Scene, line: Line): boolean {
  const [from, to] = [scene.node(line.from), scene.node(line.to)];
  const [a, b] = [scene.places.get(line.from), scene.places.get(line.to)];
  if (!from || !to || !a || !b || (!onScreen(a, scene) && !onScreen(b, scene))) return false;
  const marked = line.key === scene.line || line.key === scene.hover;
  const ring = scene.detail.ring;
  const [ra, rb] = [scene.radius(from), scene.radius(to)];
  if (Math.hypot(b.x - a.x, b.y - a.y) < ra + rb) return true;
  const middle = bend(a, b, line.bow);
  const tail = along(a, middle, ra + (ra < ring ? 0 : 5));
  const head = along(b, middle, rb + (rb < ring ? 0 : 6));
  pen.strokeStyle = pen.fillStyle = marked ? scene.colours.accent : scene.colours.hue(line.hue);
  pen.lineWidth = widthOf(line) * (rb < ring ? 0.5 : 1) + (marked ? 1.5 : 0);
  pen.setLineDash(line.derived ? ((line.score ?? 1) < 0.5 ? [2.5, 4] : [7, 4]) : []);
  pen.beginPath();
  pen.moveTo(tail.x, tail.y);
  pen.quadraticCurveTo(middle.x, middle.y, head.x, head.y);
  pen.stroke();
  pen.setLineDash([]);
  const size = 4 + pen.lineWidth;
  if (rb < ring) return true;
  if (line.forth) arrow(pen, middle, head, size);
  if (line.back) arrow(pen, middle, tail, size);
  return true;
}

export function widthOf(line: Pick<Line, "derived" | "score" | "hue" | "sum" | "count">): number {
  if (line.derived) return 1 + 1.5 * (line.score ?? 0); // thin enough that a gang of a hundred stays readable
  if (line.hue === "money")
    return Math.min(6, Math.max(1.2, 0.9 * Math.log10(Math.max(1, line.sum / 100)) - 1.2));
  return Math.min(3, Math.max(1, 0.8 * Math.log10(line.count) + 0.8));
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
