/** Icons drawn by hand, and the colour and icon somebody gave an object. */
import { ICONS } from "~/icons/icons";
import type { Point } from "../scene";
import type { OwnIcon, Pen } from "./marks";
import { type Easel, tone } from "./painting";

const shapes = new Map<string, Path2D>();

export function outline(
  pen: CanvasRenderingContext2D,
  icon: OwnIcon,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  let shape = shapes.get(icon);
  if (!shape) {
    shape = new Path2D();
    for (const part of ICONS[icon].split("|")) shape.addPath(new Path2D(part));
    shapes.set(icon, shape);
  }
  pen.save();
  pen.translate(x, y);
  pen.scale(size / 24, size / 24);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.75;
  pen.lineCap = "round";
  pen.stroke(shape);
  pen.restore();
}

/** The colour and icon somebody gave an object: a ring around its own, a badge at its rim. */
export function drawLook(
  look: { pen: Pen | null; icon: OwnIcon | null },
  at: Point,
  radius: number,
  easel: Easel,
): void {
  const { pen, scene } = easel;
  const colour = tone(look.pen ?? "black", easel);
  if (look.pen) {
    pen.strokeStyle = colour;
    pen.lineWidth = Math.min(3, Math.max(1.5, radius / 4));
    pen.beginPath();
    pen.arc(at.x, at.y, radius + 7, 0, 2 * Math.PI);
    pen.stroke();
  }
  if (!look.icon || radius < 5) return;
  const [x, y] = [at.x + 0.6 * radius, at.y + 0.6 * radius];
  pen.fillStyle = scene.colours.ground;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.roundRect(x - 2, y - 2, 16, 16, 4);
  pen.fill();
  pen.stroke();
  outline(pen, look.icon, x, y, 12, colour);
}
