/** The marks over the discs: ring by certainty, role glyph, icon by kind, label with halo, hull of a gang, amounts of chosen edges. */
import { say } from "~/core/i18n";
import { count, yuan } from "~/core/format";
import { ICONS } from "~/icons/icons";
import { KIND_ICONS } from "~/parts/hits";
import { ROLES } from "~/parts/marks";
import { isUnnamed, type GEdge, type GNode } from "./model";
import type { Palette } from "./colours";

interface Point {
  x: number;
  y: number;
}

export interface Scene {
  nodes: ReadonlyMap<string, GNode>;
  edges: readonly GEdge[];
  colours: Palette;
  chosen: ReadonlySet<string>;
  width: number;
  height: number;
  place: (node: GNode) => Point;
  radius: (node: GNode) => number;
  fill: (node: GNode) => string;
  label: (node: GNode) => string;
}

const FONT = '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
const LABELS_AT_MOST = 120;
const LINE = 15;
const DISCS_AT_MOST = 400; // beyond, names keep clear of names only

export function drawMarks(pen: CanvasRenderingContext2D, scene: Scene): void {
  const places = new Map<string, Point>();
  for (const node of scene.nodes.values()) places.set(node.id, scene.place(node));
  hulls(pen, scene, places);
  lines(pen, scene, places);
  for (const node of scene.nodes.values()) {
    const at = places.get(node.id);
    if (at && onScreen(at, scene)) mark(pen, scene, node, at);
  }
  labels(pen, scene, places);
  amounts(pen, scene, places);
}

const onScreen = ({ x, y }: Point, { width, height }: Scene): boolean =>
  x > -40 && y > -40 && x < width + 40 && y < height + 40;

function mark(pen: CanvasRenderingContext2D, scene: Scene, node: GNode, { x, y }: Point): void {
  const c = scene.colours;
  const radius = scene.radius(node);
  if (radius < 4) return;
  pen.lineWidth = 1.5;
  // The disc again, over the lines that pass behind it.
  pen.fillStyle = scene.fill(node);
  pen.beginPath();
  if (node.label === "Person") pen.arc(x, y, radius, 0, 2 * Math.PI);
  else pen.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  pen.fill();
  if (node.label === "Person") {
    // Dashed is candidate, solid is confirmed: form says how sure, never colour.
    pen.setLineDash(node.confirmed ? [] : [3.5, 3]);
    pen.strokeStyle = node.confirmed ? c.text : c.line;
    ring(pen, x, y, radius + 4);
    pen.setLineDash([]);
    if (node.role === "unknown" || node.role === "user") {
      pen.strokeStyle = c.line;
      ring(pen, x, y, radius - 0.75);
    }
    if (radius >= 8) {
      const unnamed = node.role === "unknown" && isUnnamed(node);
      write(
        pen,
        unnamed ? "?" : say(ROLES[node.role].glyph),
        x,
        y + 0.5,
        c.on(scene.fill(node)),
        `600 ${Math.round(radius)}px ${FONT}`,
        "center",
      );
    }
  } else {
    pen.strokeStyle = c.quiet;
    pen.strokeRect(x - radius, y - radius, 2 * radius, 2 * radius);
    icon(pen, node.label, x, y, radius * 1.5, c.quiet);
  }
  if (scene.chosen.has(node.id)) {
    pen.strokeStyle = c.accent;
    pen.lineWidth = 2;
    ring(pen, x, y, radius + 8);
  }
  if (node.pinned) {
    pen.fillStyle = c.text;
    pen.fillRect(x + radius - 2, y - radius - 4, 6, 6);
  }
}

function ring(pen: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
}

const shapes = new Map<string, Path2D>();
function icon(
  pen: CanvasRenderingContext2D,
  kind: string,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  const name = KIND_ICONS[kind] ?? "file-unknown";
  let shape = shapes.get(name);
  if (!shape) {
    shape = new Path2D();
    for (const part of ICONS[name].split("|")) shape.addPath(new Path2D(part));
    shapes.set(name, shape);
  }
  pen.save();
  pen.translate(x - size / 2, y - size / 2);
  pen.scale(size / 24, size / 24);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.75;
  pen.stroke(shape);
  pen.restore();
}

function write(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  font: string,
  align: CanvasTextAlign,
): void {
  pen.font = font;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

const ORDER: readonly string[] = [
  "organiser",
  "wholesaler",
  "payee",
  "runner",
  "retailer",
  "user",
  "unknown",
];

/** Selected first, then pinned, cases and seizures, organiser to retailer; one label to a cell. */
interface Disc extends Point {
  id: string;
  radius: number;
}

function labels(pen: CanvasRenderingContext2D, scene: Scene, places: ReadonlyMap<string, Point>): void {
  const rank = (node: GNode) =>
    scene.chosen.has(node.id)
      ? 0
      : node.pinned
        ? 1
        : node.label === "Case" || node.label === "Seizure"
          ? 2
          : 3 + (node.label === "Person" ? ORDER.indexOf(node.role) : 9);
  const taken: { x: number; y: number; half: number }[] = [];
  const few = scene.nodes.size <= DISCS_AT_MOST;
  const discs: Disc[] = [];
  if (few)
    for (const node of scene.nodes.values()) {
      const at = places.get(node.id);
      if (at) discs.push({ ...at, id: node.id, radius: scene.radius(node) });
    }
  for (const node of [...scene.nodes.values()].sort((a, b) => rank(a) - rank(b))) {
    const at = places.get(node.id);
    if (!at || !onScreen(at, scene)) continue;
    const y = at.y + scene.radius(node) + 14;
    const said = scene.label(node);
    const text = said.length > 18 ? `${said.slice(0, 10)}…${said.slice(-5)}` : said;
    const font = node.label === "Person" ? `600 12px ${FONT}` : `12px ${FONT}`;
    pen.font = font;
    const half = pen.measureText(text).width / 2 + 3;
    const over = discs.some(
      (each) =>
        each.id !== node.id &&
        Math.abs(each.y - y) < each.radius + 5 &&
        Math.abs(each.x - at.x) < each.radius + half,
    );
    const covered =
      over || taken.some((each) => Math.abs(each.y - y) < LINE && Math.abs(each.x - at.x) < each.half + half);
    if (covered && !scene.chosen.has(node.id)) continue;
    taken.push({ x: at.x, y, half });
    if (taken.length > LABELS_AT_MOST) return;
    halo(pen, text, at.x, y, scene, font);
  }
}

function halo(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  scene: Scene,
  font: string,
): void {
  pen.font = font;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 3.5;
  pen.lineJoin = "round";
  pen.strokeStyle = scene.colours.sunken;
  pen.strokeText(text, x, y);
  pen.fillStyle = scene.colours.text;
  pen.fillText(text, x, y);
}

/** Amount and count only on the edges of what is chosen. */
function amounts(pen: CanvasRenderingContext2D, scene: Scene, places: ReadonlyMap<string, Point>): void {
  if (!scene.chosen.size || scene.chosen.size > 3) return;
  let shown = 0;
  for (const edge of scene.edges) {
    if (!scene.chosen.has(edge.from) && !scene.chosen.has(edge.to)) continue;
    const [a, b] = [places.get(edge.from), places.get(edge.to)];
    if (!a || !b || Math.hypot(a.x - b.x, a.y - b.y) < 90 || ++shown > 30) continue;
    const text = edge.derived
      ? (edge.score ?? 0).toFixed(2)
      : edge.type === "PAID"
        ? `${yuan(edge.sum)} · ${count(edge.count)}`
        : `${count(edge.count)}`;
    halo(pen, text, (a.x + b.x) / 2, (a.y + b.y) / 2 - 6, scene, `11px ${FONT}`);
  }
}

/** Observed thin, solid and in their hue; conclusions in ink, dashed while candidates; parallel ones bow apart. */
function lines(pen: CanvasRenderingContext2D, scene: Scene, places: ReadonlyMap<string, Point>): void {
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

function hulls(pen: CanvasRenderingContext2D, scene: Scene, places: ReadonlyMap<string, Point>): void {
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
