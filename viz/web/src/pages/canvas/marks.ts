/**
 * The marks: ring by certainty, role glyph, icon by kind, label with halo, hull of a gang, sums of chosen
 * lines, axis of time.
 */
import { roleGlyph, roleLook } from "~/core/legend";
import { ICONS } from "~/icons/icons";
import { KIND_ICONS } from "~/parts/hits";
import { ticks } from "./axis";
import type { Told } from "./detail";
import { type GNode, isUnnamed } from "./elements";
import { hullLabels, hulls } from "./hulls";
import { halo, labels, roomOf, sums } from "./labels";
import { lines } from "./lines";
import { FONT, type Point, type Scene } from "./scene";

/** Draw all marks; says how much of what there is they show. */
export function drawMarks(pen: CanvasRenderingContext2D, scene: Scene): Told {
  if (scene.axis) timeAxis(pen, scene);
  const room = roomOf(scene);
  const gangs = hulls(pen, scene, room);
  const drawn = lines(pen, scene);
  let glyphs = 0;
  for (const node of [...scene.nodes].reverse()) {
    const at = scene.places.get(node.id);
    if (!at || !scene.within.has(node.id)) continue;
    if (!scene.detail.bare || scene.chosen.has(node.id)) mark(pen, scene, node, at);
    if (scene.radius(node) >= scene.detail.glyph) glyphs++;
  }
  const names = labels(pen, scene, room);
  sums(pen, scene, room);
  hullLabels(pen, scene, gangs.labels);
  return { within: scene.within.size, names, glyphs, lines: drawn, unlined: gangs.unlined };
}

/** Lines of dates behind the objects: in the time layout a place across is a moment. */
function timeAxis(pen: CanvasRenderingContext2D, scene: Scene): void {
  const axis = scene.axis;
  if (!axis) return;
  const [left, right] = [scene.onScreen(0, 0).x, scene.onScreen(axis.width, 0).x];
  pen.strokeStyle = scene.colours.line;
  pen.lineWidth = 0.5;
  for (const { at, text } of ticks(axis.from, axis.until, (right - left) / (axis.until - axis.from))) {
    const x = left + ((at - axis.from) / (axis.until - axis.from)) * (right - left);
    if (x < -40 || x > scene.width + 40) continue;
    pen.beginPath();
    pen.moveTo(x, 22);
    pen.lineTo(x, scene.height);
    pen.stroke();
    halo(pen, text, x, 12, scene, `11px ${FONT}`, scene.colours.quiet);
  }
}

function mark(pen: CanvasRenderingContext2D, scene: Scene, node: GNode, { x, y }: Point): void {
  const c = scene.colours;
  const radius = scene.radius(node);
  const person = node.label === "Person";
  // The disc again, over the lines that pass behind it.
  pen.fillStyle = scene.fill(node);
  shape(pen, node, x, y, radius);
  pen.fill();
  if (radius < scene.detail.ring) dot(pen, scene, node, x, y, radius);
  else if (person) face(pen, scene, node, x, y, radius);
  else thing(pen, scene, node, x, y, radius);
  if (scene.chosen.has(node.id) || node.id === scene.hover) {
    pen.strokeStyle = c.accent;
    pen.lineWidth = scene.chosen.has(node.id) ? 2.5 : 1.5;
    ring(pen, x, y, radius + (radius < scene.detail.ring ? 3 : 7));
  }
  if (node.pinned) {
    pen.fillStyle = c.text;
    pen.fillRect(x + radius - 2, y - radius - 4, 6, 6);
  }
}

function shape(pen: CanvasRenderingContext2D, node: GNode, x: number, y: number, radius: number): void {
  pen.beginPath();
  if (node.label === "Person" || node.label === "Gang") pen.arc(x, y, radius, 0, 2 * Math.PI);
  else pen.roundRect(x - radius, y - radius, 2 * radius, 2 * radius, radius * 0.3);
}

/** Too small for a ring: what is no confirmed person stays hollow. */
function dot(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  node: GNode,
  x: number,
  y: number,
  radius: number,
): void {
  if (node.label === "Person" && node.role !== "unknown") return;
  pen.strokeStyle = scene.colours.line;
  pen.lineWidth = 1;
  shape(pen, node, x, y, radius);
  pen.stroke();
}

function face(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  node: GNode,
  x: number,
  y: number,
  radius: number,
): void {
  const c = scene.colours;
  // Dashed is candidate, solid is confirmed: form says how sure, never colour.
  pen.lineWidth = 1.5;
  pen.setLineDash(node.confirmed ? [] : [3.5, 3]);
  pen.strokeStyle = node.confirmed ? c.text : c.line;
  ring(pen, x, y, radius + 3.5);
  pen.setLineDash([]);
  if (roleLook(node.role).line) {
    pen.strokeStyle = c.line;
    ring(pen, x, y, radius - 0.75);
  }
  if (radius < scene.detail.glyph) return;
  const glyph = node.role === "unknown" && isUnnamed(node) ? "?" : roleGlyph(node.role);
  write(pen, glyph, x, y + 0.5, c.on(scene.fill(node)), Math.round(radius * 1.15));
}

function thing(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  node: GNode,
  x: number,
  y: number,
  radius: number,
): void {
  const quiet = scene.colours.quiet;
  pen.lineWidth = 1.5;
  pen.strokeStyle = quiet;
  shape(pen, node, x, y, radius);
  pen.stroke();
  if (node.label === "Gang") ring(pen, x, y, radius + 4);
  if (radius >= scene.detail.glyph) icon(pen, node.label, x, y, radius * 1.5, quiet);
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
  size: number,
): void {
  pen.font = `600 ${size}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
