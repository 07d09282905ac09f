/** What is drawn by hand, as the stage shows it: with what is being dragged, made and held by others. */
import type { GNode } from "../elements";
import type { Bounds } from "../lens";
import type { Point, Scene } from "../scene";
import { type Snapped, snapped } from "./arranging";
import {
  endsOf,
  type Grip,
  type Hand,
  LEAST,
  type Letters,
  loose,
  type Mark,
  type MarkKind,
  moved,
  newMark,
  NOTHING,
  type OwnIcon,
  type Pen,
  type Place,
  placesWith,
  pulled,
  rectOf,
} from "./marks";
import { drawAbove, drawFrame, drawPicked, type Easel } from "./painting";
import { type Box, boxOf } from "./shapes";
import { drawLook } from "./wearing";
import { markAt, type OnMark } from "./picking";
import { INSET, tallOf, widestOf } from "./wrapping";

export interface Tool {
  kind: MarkKind;
  pen: Pen;
  letters: Letters;
  icon: OwnIcon;
}

const HELD = 7; // px within which a dragged thing is held by another
const MOST_HOLDING = 300;
const MOST_WIDE = 18; // heights of letters across a box that was clicked, not dragged

/** What the layer asks of the stage. */
export interface Ground {
  unit: () => number;
  place: Place;
  onScreen: (x: number, y: number) => Point;
  inGraph: (x: number, y: number) => Point;
  /** The object below a point. */
  object: (at: Point) => string | null;
}

export class Layer {
  hand: Hand = NOTHING;
  picked: ReadonlySet<string> = new Set();
  tool: Tool | null = null;
  snap = false;
  /** The mark whose text stands in a field at the moment. */
  editing: string | null = null;
  private readonly draft = new Map<string, Mark>();
  private preview: Mark | null = null;
  private held: Snapped | null = null;

  constructor(private readonly ground: Ground) {}

  /** Places of objects and of what is drawn, as it is being dragged. */
  private get place(): Place {
    return placesWith(this.ground.place, this.now());
  }

  /** What an arrow can hang on below a point: an object, or else a text, note or icon. */
  private anchor(at: Point): string | null {
    const object = this.ground.object(at);
    if (object) return object;
    const boxes = this.hand.marks.filter((mark) => mark.kind !== "arrow");
    return markAt(at, boxes, new Set(), this.seen(), false)?.mark ?? null;
  }

  private now(): Mark[] {
    return this.hand.marks.map((mark) => this.draft.get(mark.id) ?? mark);
  }

  private seen() {
    return { place: this.place, unit: this.ground.unit(), scene: { onScreen: this.ground.onScreen } };
  }

  at(point: Point, frames: boolean): OnMark | null {
    return markAt(point, this.hand.marks, this.picked, this.seen(), frames);
  }

  mark(id: string): Mark | null {
    return this.hand.marks.find((mark) => mark.id === id) ?? null;
  }

  /** Where a mark stands in px. */
  box(mark: Mark): Box | null {
    return boxOf(mark, this.seen());
  }

  /** Corners of all marks in the graph. */
  corners(): Point[] {
    return this.hand.marks.flatMap((mark) => {
      const rect = rectOf(mark, this.place);
      return rect
        ? [
            { x: rect.left, y: rect.low },
            { x: rect.right, y: rect.high },
          ]
        : [];
    });
  }

  /** Marks whose middle lies within. */
  within(inside: (at: Point) => boolean): string[] {
    return this.hand.marks
      .filter((mark) => {
        const rect = rectOf(mark, this.place);
        return rect && inside(this.ground.onScreen((rect.left + rect.right) / 2, (rect.low + rect.high) / 2));
      })
      .map((mark) => mark.id);
  }

  below(pen: CanvasRenderingContext2D, scene: Scene): void {
    const easel: Easel = { pen, scene, place: this.place, unit: this.ground.unit() };
    for (const mark of this.now()) drawFrame(mark, easel);
  }

  above(pen: CanvasRenderingContext2D, scene: Scene): void {
    const easel: Easel = { pen, scene, place: this.place, unit: this.ground.unit() };
    for (const [id, look] of Object.entries(this.hand.looks)) {
      const [node, at] = [scene.node(id), scene.places.get(id)];
      if (node && at && scene.within.has(id)) drawLook(look, at, scene.radius(node), easel);
    }
    const shown = this.now().filter((mark) => mark.id !== this.editing);
    for (const mark of shown) if (mark.kind === "arrow") drawAbove(mark, easel);
    for (const mark of shown) if (mark.kind !== "arrow") drawAbove(mark, easel);
    if (this.preview) {
      drawFrame(this.preview, easel);
      drawAbove(this.preview, easel);
    }
    for (const mark of this.now())
      if (this.picked.has(mark.id)) drawPicked(mark, easel, this.picked.size === 1);
    if (this.held) this.guides(pen, scene, this.held);
  }

  private guides(pen: CanvasRenderingContext2D, scene: Scene, { x, y }: Snapped): void {
    pen.strokeStyle = scene.colours.accent;
    pen.lineWidth = 1;
    pen.beginPath();
    if (x !== null) {
      const at = scene.onScreen(x, 0).x;
      pen.moveTo(at, 0);
      pen.lineTo(at, scene.height);
    }
    if (y !== null) {
      const at = scene.onScreen(0, y).y;
      pen.moveTo(0, at);
      pen.lineTo(scene.width, at);
    }
    pen.stroke();
  }

  /** A mark dragged out with the tool from one point to another; at the end it is handed back. */
  make(from: Point, until: Point | null, end: boolean): Mark | null {
    if (!this.tool) return null;
    const far = until && Math.hypot(until.x - from.x, until.y - from.y) >= LEAST ? until : null;
    const mark = newMark(
      {
        ...this.tool,
        from: this.ground.inGraph(from.x, from.y),
        until: far && this.ground.inGraph(far.x, far.y),
        on: this.tool.kind === "arrow" ? this.anchor(from) : this.ground.object(from),
        to: far && this.anchor(far),
        unit: this.ground.unit(),
      },
      this.place,
    );
    this.preview = end ? null : mark;
    return end ? mark : null;
  }

  /** How far a drag of `rect` goes where others hold it. */
  hold(rect: Bounds | null, by: Point, others: readonly GNode[], left: ReadonlySet<string>): Point {
    if (!this.snap || !rect) return by;
    const rects = this.hand.marks
      .filter((mark) => !left.has(mark.id) && mark.kind !== "arrow")
      .map((mark) => rectOf(mark, this.place))
      .filter((each): each is Bounds => each !== null);
    for (const { id, x, y } of others.slice(0, MOST_HOLDING))
      if (!left.has(id)) rects.push({ left: x, right: x, low: y, high: y });
    this.held = snapped(rect, by, rects, HELD / this.ground.unit());
    return this.held.by;
  }

  /** Move marks for as long as a drag lasts, or pull one at a grip. */
  drag(ids: readonly string[], by: Point, grip?: Grip): void {
    for (const id of ids) {
      const mark = this.mark(id);
      if (!mark) continue;
      const free = grip === "head" || grip === "tail" ? loose(mark, grip, this.place) : mark;
      this.draft.set(id, grip ? pulled(free, grip, by) : moved(mark, by));
    }
  }

  /** The drag is over: how the marks stand now. An end of an arrow that was put on an object hangs on it. */
  drop(grip?: Grip): Map<string, Mark> {
    const dropped = new Map([...this.draft].map(([id, mark]) => [id, this.dropped(mark, grip)]));
    this.draft.clear();
    this.held = null;
    return dropped;
  }

  private dropped(mark: Mark, grip?: Grip): Mark {
    if (grip === "corner") return fitted(mark);
    if (!grip) return mark;
    const ends = endsOf(mark, this.place);
    if (!ends) return mark;
    const end = ends[grip === "tail" ? 0 : 1];
    const object = this.anchor(this.ground.onScreen(end.x, end.y));
    if (grip === "tail") return { ...mark, on: object === mark.to ? null : object };
    return { ...mark, to: object === mark.on ? null : object };
  }
}

/** A box as tall as its text at least; one that has no width yet is as wide as its text. */
export function fitted(mark: Mark): Mark {
  if (mark.kind !== "text" && mark.kind !== "note") return mark;
  const w = mark.w || Math.min(MOST_WIDE, widestOf(mark.text) + 2 * INSET + 0.3) * mark.size;
  return { ...mark, w, h: Math.max(mark.h, tallOf(mark.text, w / mark.size) * mark.size) };
}
