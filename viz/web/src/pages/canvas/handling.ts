/** What is taken hold of on the canvas: objects and marks dragged, drawn, lassoed. */
import { selection } from "~/core/selection";
import type { Line } from "./bundles";
import { Layer } from "./chart/layer";
import { rectOf } from "./chart/marks";
import type { GNode } from "./elements";
import type { Heard } from "./heard";
import { Looking } from "./looking";
import { inside, targetAt } from "./picking";
import type { Target } from "./pointer";
import type { Point } from "./scene";

export abstract class Handling extends Looking {
  protected ordered: GNode[] = [];
  protected lines: Line[] = [];
  protected places = new Map<string, Point>();
  protected readonly dragged = new Map<string, [number, number]>();
  protected around: readonly Point[] | null = null;
  private pull: Point = { x: 0, y: 0 };
  /** What is drawn by hand. */
  readonly chart = new Layer({
    unit: () => this.lens.unit,
    place: (id) => this.stands(id),
    onScreen: (x, y) => this.lens.onScreen(x, y),
    inGraph: (x, y) => this.lens.inGraph(x, y),
    object: (at) => targetAt(at, this.nodes.values(), [], this.places, this.radiusIn).node ?? null,
  });

  constructor(protected readonly heard: Heard) {
    super();
  }

  /** Radius of an object in px. */
  protected abstract radius(node: GNode): number;

  protected readonly radiusIn = (node: GNode): number => this.radius(node);

  protected override corners(): Point[] {
    return this.chart.corners();
  }

  /** Where an object stands in the graph, with its radius, as it is being dragged. */
  private stands(id: string): { x: number; y: number; radius: number } | null {
    const node = this.nodes.get(id);
    if (!node) return null;
    const [x, y] = this.dragged.get(id) ?? [node.x, node.y];
    return { x, y, radius: this.radius(node) / this.lens.unit };
  }

  /** What lies below a point: marks before objects, but frames behind them. */
  protected targetAt(point: Point): Target {
    const mark = this.chart.at(point, false);
    if (mark) return mark;
    const under = targetAt(point, this.nodes.values(), this.lines, this.places, this.radiusIn);
    return under.node ? under : (this.chart.at(point, true) ?? under);
  }

  protected make(from: Point, until: Point | null, end: boolean): void {
    this.touched = true; // who draws does not want the picture moved
    const mark = this.chart.make(from, until, end);
    if (mark) this.heard.made(mark);
    this.paint();
  }

  /** Draw with the tool in the middle of what is seen, or on the one object that is chosen. */
  makeHere(): void {
    const chosen = selection.peek().map((id) => this.places.get(id));
    const [from, until] = [chosen[0] ?? { x: this.width / 2, y: this.height / 2 }, chosen[1] ?? null];
    this.make(from, until, true);
  }

  /** Move what was taken hold of, and with it all else that is chosen. */
  protected drag(target: Target, by: Point, end: boolean): void {
    this.touched = true;
    this.pull = { x: this.pull.x + by.x, y: this.pull.y + by.y };
    const [from, to] = [this.lens.inGraph(0, 0), this.lens.inGraph(this.pull.x, this.pull.y)];
    const [ids, marks] = this.taken(target);
    const mark = target.mark ? this.chart.mark(target.mark) : null;
    const node = target.node ? this.nodes.get(target.node) : null;
    const rect = node
      ? { left: node.x, right: node.x, low: node.y, high: node.y }
      : mark && !target.grip
        ? rectOf(mark, (id) => this.stands(id))
        : null;
    const free = { x: to.x - from.x, y: to.y - from.y };
    const way = this.chart.hold(rect, free, this.ordered, new Set([...ids, ...marks]));
    for (const id of ids) {
      const each = this.nodes.get(id);
      if (each) this.dragged.set(id, [each.x + way.x, each.y + way.y]);
    }
    this.chart.drag(marks, way, target.grip);
    if (end) this.dropped(target);
    this.paint();
  }

  private dropped(target: Target): void {
    const marks = this.chart.drop(target.grip);
    const places = new Map(this.dragged);
    this.pull = { x: 0, y: 0 };
    this.dragged.clear();
    this.heard.moved(places, marks, target.grip !== undefined);
  }

  /** Objects and marks that go along with what was taken hold of: all that is chosen, if it is one of it. */
  private taken({ node, mark, grip }: Target): [objects: readonly string[], marks: readonly string[]] {
    if (mark && grip) return [[], [mark]];
    const [chosen, picked] = [selection.peek(), this.chart.picked];
    if ((node && chosen.includes(node)) || (mark && picked.has(mark))) return [chosen, [...picked]];
    return [node ? [node] : [], mark ? [mark] : []];
  }

  protected lasso(around: readonly Point[], end: boolean, add: boolean): void {
    this.around = end ? null : around;
    if (end && around.length > 2) {
      const within = inside(around);
      const ids = [...this.places].filter(([, at]) => within(at)).map(([id]) => id);
      this.heard.lassoed(ids, this.chart.within(within), add);
    }
    this.paint();
  }
}
