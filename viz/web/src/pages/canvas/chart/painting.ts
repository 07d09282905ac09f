/** Draws what somebody drew by hand: frames below the objects, the rest above them. */
import { halo } from "../labels";
import { FONT, type Scene } from "../scene";
import type { Mark, Pen, Place } from "./marks";
import { arrowOf, type Box, boxOf, gripsOf } from "./shapes";
import { outline } from "./wearing";
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

/** What marks are drawn on and by. */
export interface Easel {
  pen: CanvasRenderingContext2D;
  scene: Scene;
  place: Place;
  /** Px per unit of the graph. */
  unit: number;
}

const letters = (mark: Mark, { unit }: Easel): number => mark.size * unit;
export const tone = (pen: Pen, { scene }: Easel): string => scene.colours.token(TOKENS[pen]);

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
