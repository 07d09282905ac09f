/** Where marks stand in px: boxes, arrows, grips. */
import type { Point, Scene } from "../scene";
import { endsOf, type Grip, type Mark, type Place, rectOf, wayOut } from "./marks";

const GAP = 5; // px between an arrow and the object it ends at

/** What places are worked out by. */
export interface Seen {
  scene: Pick<Scene, "onScreen">;
  place: Place;
  /** Px per unit of the graph. */
  unit: number;
}

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The rectangle of a mark in px. */
export function boxOf(mark: Mark, easel: Seen): Box | null {
  const rect = rectOf(mark, easel.place);
  if (!rect) return null;
  const at = easel.scene.onScreen(rect.left, rect.high);
  return { ...at, w: (rect.right - rect.left) * easel.unit, h: (rect.high - rect.low) * easel.unit };
}

/** The ends of an arrow in px, short of the objects it hangs on. */
export function arrowOf(mark: Mark, easel: Seen): [Point, Point] | null {
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

export function gripsOf(mark: Mark, easel: Seen): { grip: Grip; at: Point }[] {
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
