/**
 * The marks over the discs: ring by certainty, role glyph, icon by kind, label with halo, hull of a gang,
 * amounts of chosen edges.
 */
import { ICONS } from "~/icons/icons";
import { KIND_ICONS } from "~/parts/hits";
import { roleGlyph, roleLook } from "~/core/legend";
import { isUnnamed, type GNode } from "./elements";
import { FONT, onScreen, type Point, type Scene } from "./scene";
import { amounts, labels } from "./labels";
import { lines } from "./lines";
import { hulls } from "./hulls";

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
    if (roleLook(node.role).line) {
      pen.strokeStyle = c.line;
      ring(pen, x, y, radius - 0.75);
    }
    if (radius >= 8) {
      const unnamed = node.role === "unknown" && isUnnamed(node);
      write(
        pen,
        unnamed ? "?" : roleGlyph(node.role),
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
