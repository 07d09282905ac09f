/** Draws what somebody drew by hand: frames below the objects, the rest above them. */
import { ICONS } from "~/icons/icons";
import { halo } from "../labels";
import { FONT, type Point, type Scene } from "../scene";
import { endsOf, type Mark, type OwnIcon, type Pen, type Place, rectOf, wayOut } from "./marks";
import { INSET, linesOf, PITCH } from "./wrapping";

/** Token of the theme for each pen, the same as on paper (`viz/model/theme.py`). */
const TOKENS: Record<Pen, string> = {
  black: "t1",
  red: "red",
  orange: "goods",
  green: "money",
  blue: "ac",
  violet: "words",
  grey: "t3",
};
export const tokenOf = (pen: Pen): string => TOKENS[pen];

const LEGIBLE = 4; // px of letters below which none are written
const GAP = 5; // px between an arrow and the object it ends at

/** What marks are drawn on and by. */
export interface Easel {
  pen: CanvasRenderingContext2D;
  scene: Scene;
  place: Place;
  /** Px per unit of the graph. */
  unit: number;
}

const letters = (mark: Mark, { unit }: Easel): number => mark.size * unit;
const tone = (pen: Pen, { scene }: Easel): string => scene.colours.token(TOKENS[pen]);

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The rectangle of a mark in px. */
export function boxOf(
  mark: Mark,
  easel: Pick<Easel, "place" | "unit"> & { scene: Pick<Scene, "onScreen"> },
): Box | null {
  const rect = rectOf(mark, easel.place);
  if (!rect) return null;
  const at = easel.scene.onScreen(rect.left, rect.high);
  return { ...at, w: (rect.right - rect.left) * easel.unit, h: (rect.high - rect.low) * easel.unit };
}

/** A frame without its title, which is written above the objects. */
export function drawFrame(mark: Mark, easel: Easel): void {
  const box = mark.kind === "frame" && boxOf(mark, easel);
  if (!box) return;
  const { pen } = easel;
  pen.strokeStyle = tone(mark.pen, easel);
  pen.lineWidth = 1.8;
  pen.beginPath();
  pen.roundRect(box.x, box.y, box.w, box.h, 6);
  pen.stroke();
}

function drawTitle(mark: Mark, box: Box, easel: Easel): void {
  const size = letters(mark, easel);
  if (!mark.text || size < LEGIBLE) return;
  const font = `600 ${size}px ${FONT}`;
  const text = mark.text.replace(/\s+/g, " ");
  easel.pen.font = font;
  const middle = box.x + 6 + easel.pen.measureText(text).width / 2;
  halo(easel.pen, text, middle, box.y - 0.75 * size, easel.scene, font, tone(mark.pen, easel));
}

export function drawAbove(mark: Mark, easel: Easel): void {
  const box = boxOf(mark, easel);
  if (!box) return;
  if (mark.kind === "arrow") drawArrow(mark, easel);
  else if (mark.kind === "icon") drawIcon(mark, box, easel);
  else if (mark.kind === "frame") drawTitle(mark, box, easel);
  else drawBox(mark, box, easel);
}

function drawBox(mark: Mark, box: Box, easel: Easel): void {
  const { pen, scene } = easel;
  if (mark.kind === "note" && mark.on) leader(mark, box, easel);
  pen.fillStyle = mark.kind === "note" ? scene.colours.token("warnw") : scene.colours.ground;
  pen.strokeStyle = tone(mark.pen, easel);
  pen.lineWidth = 1.4;
  pen.beginPath();
  pen.roundRect(box.x, box.y, box.w, box.h, 4);
  pen.fill();
  pen.stroke();
  written(mark, box, easel);
}

function written(mark: Mark, box: Box, easel: Easel): void {
  const { pen, scene } = easel;
  const size = letters(mark, easel);
  if (size < LEGIBLE) return;
  pen.font = `${size}px ${FONT}`;
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = scene.colours.text;
  for (const [n, line] of linesOf(mark.text, mark.w / mark.size - 2 * INSET).entries())
    pen.fillText(line, box.x + INSET * size, box.y + (INSET + n * PITCH + 1) * size);
}

/** From the middle of the object to the nearest point of its note. */
function leader(mark: Mark, box: Box, easel: Easel): void {
  const place = mark.on && easel.place(mark.on);
  if (!place) return;
  const from = easel.scene.onScreen(place.x, place.y);
  const { pen } = easel;
  pen.strokeStyle = tone(mark.pen, easel);
  pen.lineWidth = 1;
  pen.setLineDash([3, 3]);
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(
    Math.min(Math.max(from.x, box.x), box.x + box.w),
    Math.min(Math.max(from.y, box.y), box.y + box.h),
  );
  pen.stroke();
  pen.setLineDash([]);
}

/** The ends of an arrow in px, short of the objects it hangs on. */
export function arrowOf(
  mark: Mark,
  easel: Pick<Easel, "place" | "unit"> & { scene: Pick<Scene, "onScreen"> },
): [Point, Point] | null {
  const ends = endsOf(mark, easel.place);
  if (!ends) return null;
  const [a, b] = [easel.scene.onScreen(ends[0].x, ends[0].y), easel.scene.onScreen(ends[1].x, ends[1].y)];
  const far = Math.hypot(b.x - a.x, b.y - a.y);
  if (far < 1) return null;
  const [ux, uy] = [(b.x - a.x) / far, (b.y - a.y) / far];
  const off = (id: string | null) => {
    const place = id && easel.place(id);
    return place ? wayOut(place, { x: ux, y: uy }) * easel.unit + GAP : 0;
  };
  const [first, last] = [off(mark.on), off(mark.to)];
  if (first + last >= far) return null;
  return [
    { x: a.x + ux * first, y: a.y + uy * first },
    { x: b.x - ux * last, y: b.y - uy * last },
  ];
}

/** An open head: those of relations are filled. */
function drawArrow(mark: Mark, easel: Easel): void {
  const ends = arrowOf(mark, easel);
  if (!ends) return;
  const [a, b] = ends;
  const { pen, scene } = easel;
  const far = Math.hypot(b.x - a.x, b.y - a.y);
  const [ux, uy] = [(b.x - a.x) / far, (b.y - a.y) / far];
  const long = Math.max(8, 0.9 * letters(mark, easel));
  pen.strokeStyle = tone(mark.pen, easel);
  pen.lineWidth = 2.4;
  pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(a.x, a.y);
  pen.lineTo(b.x, b.y);
  for (const side of [1, -1]) {
    pen.moveTo(b.x, b.y);
    pen.lineTo(b.x - long * ux + side * 0.5 * long * uy, b.y - long * uy - side * 0.5 * long * ux);
  }
  pen.stroke();
  const size = letters(mark, easel);
  if (mark.text && size >= LEGIBLE)
    halo(
      pen,
      mark.text.replace(/\s+/g, " "),
      (a.x + b.x) / 2,
      (a.y + b.y) / 2 - 0.85 * size,
      scene,
      `600 ${size}px ${FONT}`,
      tone(mark.pen, easel),
    );
}

function drawIcon(mark: Mark, box: Box, easel: Easel): void {
  const size = letters(mark, easel);
  if (mark.icon) outline(easel.pen, mark.icon, box.x, box.y, box.w, tone(mark.pen, easel));
  if (!mark.text || size < LEGIBLE) return;
  const wide = Math.max((mark.w * 4) / mark.size, 8);
  for (const [n, line] of linesOf(mark.text, wide).entries())
    halo(
      easel.pen,
      line,
      box.x + box.w / 2,
      box.y + box.w + (0.75 + n * PITCH) * size,
      easel.scene,
      `${size}px ${FONT}`,
    );
}

const shapes = new Map<string, Path2D>();

function outline(
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

/** Grips and outline of what is picked. */
export function drawPicked(mark: Mark, easel: Easel, grips: boolean): void {
  const { pen, scene } = easel;
  pen.strokeStyle = scene.colours.accent;
  pen.fillStyle = scene.colours.ground;
  pen.lineWidth = 1.5;
  const box = boxOf(mark, easel);
  if (!box) return;
  if (mark.kind !== "arrow") {
    pen.setLineDash([4, 3]);
    pen.strokeRect(box.x - 4, box.y - 4, box.w + 8, box.h + 8);
    pen.setLineDash([]);
  }
  for (const { at } of grips || mark.kind === "arrow" ? gripsOf(mark, easel) : []) {
    pen.beginPath();
    pen.rect(at.x - 4, at.y - 4, 8, 8);
    pen.fill();
    pen.stroke();
  }
}

export function gripsOf(
  mark: Mark,
  easel: Pick<Easel, "place" | "unit"> & { scene: Pick<Scene, "onScreen"> },
): { grip: "tail" | "head" | "corner"; at: Point }[] {
  if (mark.kind === "arrow") {
    const ends = arrowOf(mark, easel);
    return ends
      ? [
          { grip: "head", at: ends[1] },
          { grip: "tail", at: ends[0] },
        ]
      : [];
  }
  const box = boxOf(mark, easel);
  return box ? [{ grip: "corner", at: { x: box.x + box.w + 4, y: box.y + box.h + 4 } }] : [];
}
