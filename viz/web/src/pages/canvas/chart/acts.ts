/** What can be done with what is drawn by hand; every act is one step that can be taken back. */
import { batch } from "@preact/signals";
import { clearSelection, selection } from "~/core/selection";
import { notify } from "~/core/status";
import { sizeOf } from "../looks";
import type { Bounds } from "../lens";
import type { Point } from "../scene";
import type { CanvasState } from "../state";
import { aligned, type Axis, distributed, type Side } from "./arranging";
import { fitted } from "./layer";
import {
  LETTERS,
  type Letters,
  loose,
  looksWith,
  type Mark,
  type MarkKind,
  MOST_MARKS,
  MOST_TEXT,
  moved,
  type OwnIcon,
  type Pen,
  type Place,
  placesWith,
  pulled,
  rectOf,
} from "./marks";
import { ADD_WORDS, w } from "./words";

const NUDGE = 8; // px

/** The acts of the drawing tools. */
export class Drawing {
  constructor(private readonly state: CanvasState) {}

  private get unit(): number {
    return this.state.stage.current?.unit ?? 1;
  }

  private get marks(): readonly Mark[] {
    return this.state.model.hand.peek().marks;
  }

  private get picked(): Mark[] {
    const ids = this.state.chart.picked.peek();
    return this.marks.filter((mark) => ids.includes(mark.id));
  }

  private get objects(): string[] {
    return selection.peek().filter((id) => this.state.model.nodes.has(id));
  }

  private put(name: string, changed: ReadonlyMap<string, Mark>): void {
    if (changed.size)
      this.state.model.draw(name, { marks: this.marks.map((mark) => changed.get(mark.id) ?? mark) });
  }

  private change(name: string, of: (mark: Mark) => Mark): void {
    this.put(name, new Map(this.picked.map((mark) => [mark.id, of(mark)])));
  }

  private add(mark: Mark): void {
    this.state.model.draw(ADD_WORDS[mark.kind](), { marks: [...this.marks, mark] });
    pick(this.state, [mark.id]);
  }

  /** Move objects and marks, each its own way, as one step. */
  private move(name: string, ways: ReadonlyMap<string, Point>): void {
    const { model } = this.state;
    const places = new Map<string, readonly [number, number]>();
    const changed = new Map<string, Mark>();
    for (const [id, way] of ways) {
      const [node, mark] = [model.nodes.get(id), this.marks.find((each) => each.id === id)];
      if (node) places.set(id, [node.x + way.x, node.y + way.y]);
      if (mark) changed.set(id, moved(mark, way));
    }
    this.stand(name, places, changed);
  }

  private stand(
    name: string,
    places: ReadonlyMap<string, readonly [number, number]>,
    changed: ReadonlyMap<string, Mark>,
  ): void {
    this.state.model.together(name, () => {
      if (places.size) this.state.model.move("", places);
      this.put("", changed);
    });
  }

  private rects(): Map<string, Bounds> {
    return rectsOf(this.picked, this.objects, placeIn(this.state));
  }

  toggle = (): void => {
    const { drawing, tool } = this.state.chart;
    batch(() => {
      drawing.value = !drawing.peek();
      tool.value = null;
    });
  };

  /** Take a tool into the hand, or put it away. */
  take = (kind: MarkKind): void => {
    const { drawing, tool } = this.state.chart;
    batch(() => {
      drawing.value = true;
      tool.value = tool.peek() === kind ? null : kind;
    });
  };

  here = (): void => this.state.stage.current?.makeHere();

  /** A mark was drawn: what is nothing without its text is written first. */
  made = (mark: Mark): void => {
    const { tool, editing } = this.state.chart;
    tool.value = null;
    if (this.marks.length >= MOST_MARKS) notify(w.tooMany(MOST_MARKS));
    else if (mark.kind === "text" || mark.kind === "note") editing.value = { mark, fresh: true };
    else this.add(mark);
  };

  edit = (id?: string): void => {
    const mark = id ? this.marks.find((each) => each.id === id) : this.picked[0];
    if (mark) this.state.chart.editing.value = { mark, fresh: false };
  };

  /** The text is written; null gives it up. */
  write = (text: string | null): void => {
    const { editing } = this.state.chart;
    const now = editing.peek();
    editing.value = null;
    if (!now || text === null) return;
    const mark = fitted({ ...now.mark, text: text.slice(0, MOST_TEXT).trimEnd() });
    if (now.fresh && mark.text) this.add(mark);
    else if (!now.fresh && mark.text !== now.mark.text) this.put(w.edit, new Map([[mark.id, mark]]));
  };

  remove = (): void => {
    const gone = new Set(this.picked.map((mark) => mark.id));
    const place = placeIn(this.state);
    const freed = (mark: Mark): Mark => {
      const one = mark.on && gone.has(mark.on) ? loose(mark, "tail", place) : mark;
      return one.to && gone.has(one.to) ? loose(one, "head", place) : one;
    };
    if (gone.size)
      this.state.model.draw(w.remove, {
        marks: this.marks.filter((mark) => !gone.has(mark.id)).map(freed),
      });
    this.state.chart.picked.value = [];
  };

  /** Colour what is picked, and what is chosen of the objects. */
  colour = (pen: Pen | null): void => {
    if (pen) this.state.chart.pen.value = pen;
    this.dress(w.colour, { pen }, pen && ((mark) => ({ ...mark, pen })));
  };

  wear = (icon: OwnIcon | null): void => {
    if (icon) this.state.chart.icon.value = icon;
    this.dress(w.icon, { icon }, icon && ((mark) => (mark.kind === "icon" ? { ...mark, icon } : mark)));
  };

  letters = (letters: Letters): void => {
    this.state.chart.letters.value = letters;
    this.change(w.size, (mark) => fitted({ ...mark, size: LETTERS[letters] / this.unit }));
  };

  align = (side: Side): void => {
    const found = this.rects();
    if (found.size > 1) this.move(w[side], aligned(found, side));
  };

  distribute = (axis: Axis): void => {
    const found = this.rects();
    if (found.size > 2) this.move(w[axis], distributed(found, axis));
  };

  nudge = (x: number, y: number): void => {
    const ids = [...this.picked.map((mark) => mark.id), ...this.objects];
    const way = this.way(x, y);
    if (ids.length) this.move(w.move, new Map(ids.map((id) => [id, way])));
  };

  grow = (x: number, y: number): void => {
    const way = this.way(x, y);
    this.change(w.resize, (mark) => fitted(pulled(mark, mark.kind === "arrow" ? "head" : "corner", way)));
  };

  private way(x: number, y: number): Point {
    return { x: (x * NUDGE) / this.unit, y: (y * NUDGE) / this.unit };
  }

  moved = (
    places: ReadonlyMap<string, readonly [number, number]>,
    changed: ReadonlyMap<string, Mark>,
    resized: boolean,
  ): void => this.stand(resized ? w.resize : w.move, places, changed);

  pick = (id: string, add: boolean): void => pick(this.state, [id], add);

  private dress(
    name: string,
    look: Partial<{ pen: Pen | null; icon: OwnIcon | null }>,
    of: ((mark: Mark) => Mark) | null,
  ): void {
    const { marks, looks } = this.state.model.hand.peek();
    const picked = new Set(of ? this.picked.map((mark) => mark.id) : []);
    if (!picked.size && !this.objects.length) return;
    this.state.model.draw(name, {
      marks: marks.map((mark) => (of && picked.has(mark.id) ? of(mark) : mark)),
      looks: looksWith(looks, this.objects, look),
    });
  }
}

/** Pick marks; with them alone unless they are added. */
export function pick({ chart }: CanvasState, ids: readonly string[], add = false): void {
  const before = add ? chart.picked.peek() : [];
  const [only] = ids;
  if (add && ids.length === 1 && only !== undefined && before.includes(only))
    chart.picked.value = before.filter((id) => id !== only);
  else chart.picked.value = [...new Set([...before, ...ids])];
  if (!add) clearSelection();
}

/** Where the objects of a model stand, for what is drawn on them. */
export const placeIn = ({ model, stage }: Pick<CanvasState, "model" | "stage">): Place =>
  placesWith((id) => {
    const node = model.nodes.get(id);
    if (!node || node.hidden) return null;
    return { x: node.x, y: node.y, radius: sizeOf(node) / Math.max(1, stage.current?.unit ?? 1) };
  }, model.hand.peek().marks);

function rectsOf(marks: readonly Mark[], ids: readonly string[], place: Place): Map<string, Bounds> {
  const found = new Map<string, Bounds>();
  for (const mark of marks) {
    const rect = rectOf(mark, place);
    if (rect && !(mark.kind === "arrow" && (mark.on || mark.to))) found.set(mark.id, rect);
  }
  for (const id of ids) {
    const at = place(id);
    if (!at) continue;
    found.set(id, { left: at.x, right: at.x, low: at.y, high: at.y }); // discs of all sizes by their middles
  }
  return found;
}
