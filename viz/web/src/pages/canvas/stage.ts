/**
 * The stage: every mark up to two thousand objects on a plane of two dimensions, which needs no WebGL; above
 * that sigma draws discs and lines by WebGL, and the plane the names.
 */
import { selection } from "~/core/selection";
import type { TimeAxis } from "./axis";
import { bundled, type Line } from "./bundles";
import { Layer } from "./chart/layer";
import { rectOf } from "./chart/marks";
import { palette, type Palette } from "./colours";
import { detailOf, MARKS_UP_TO } from "./detail";
import type { GEdge, GNode } from "./elements";
import { rankOf } from "./labels";
import type { Heard } from "./heard";
import { Looking } from "./looking";
import { fillOf, labelOf, radiusOf, sizeOf, type StyleName } from "./looks";
import { drawMarks } from "./marks";
import { inside, targetAt } from "./picking";
import { listenOn, type Target } from "./pointer";
import { onScreen, type Point, type Scene } from "./scene";
import { cleared, drawLasso } from "./sheet";

const REST = 120; // ms
/**
 * Marks the frame that shows the last change in the browser's own timeline; `benchmarks/canvas.py` reads it.
 */
const DRAWN = "canvas-drawn";

export class Stage extends Looking {
  private readonly flat = document.createElement("canvas");
  private colours: Palette = palette();
  private ordered: GNode[] = [];
  private edges: readonly GEdge[] = [];
  private lines: Line[] = [];
  private look: StyleName = "role";
  private places = new Map<string, Point>();
  private readonly dragged = new Map<string, [number, number]>();
  private pull: Point = { x: 0, y: 0 };
  private around: readonly Point[] | null = null;
  private asked = 0;
  private changed = false;
  private rests: ReturnType<typeof setTimeout> | undefined;
  private readonly names = new Map<string, Point>();
  private readonly ends: (() => void)[] = [];
  hover: string | null = null;
  line: string | null = null;
  axis: TimeAxis | null = null;
  lassoOn = false;
  /** What is drawn by hand. */
  readonly chart = new Layer({
    unit: () => this.lens.unit,
    place: (id) => this.stands(id),
    onScreen: (x, y) => this.lens.onScreen(x, y),
    inGraph: (x, y) => this.lens.inGraph(x, y),
    object: (at) => targetAt(at, this.nodes.values(), [], this.places, this.radiusIn).node ?? null,
  });

  constructor(
    private readonly box: HTMLElement,
    private readonly heard: Heard,
  ) {
    super();
    this.flat.className = "marks";
    box.append(this.flat);
    const sized = new ResizeObserver(() => this.resize());
    sized.observe(box);
    this.ends.push(() => sized.disconnect(), this.listen());
    this.resize();
  }

  protected override looked(): void {
    this.heard.looked();
  }

  protected override corners(): Point[] {
    return this.chart.corners();
  }

  kill(): void {
    cancelAnimationFrame(this.asked);
    clearTimeout(this.rests);
    for (const end of this.ends) end();
    this.big?.kill();
    this.flat.remove();
  }

  theme(): void {
    this.colours = palette();
    this.paint();
  }

  /** Draw the model; until somebody moves the picture, all of it is kept in view. */
  show(nodes: readonly GNode[], edges: readonly GEdge[], look: StyleName): void {
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.ordered = [...nodes].sort((a, b) => rankOf(a) - rankOf(b) || a.id.localeCompare(b.id));
    this.edges = edges;
    this.look = look;
    const large = nodes.length > MARKS_UP_TO;
    this.lines = large ? [] : bundled(edges, detailOf(nodes.length, 0).bundle);
    this.changed = true;
    if (large) void this.showLarge();
    else {
      this.big?.kill();
      this.big = null;
      if (!this.touched) this.fit();
    }
    this.paint();
  }

  private async showLarge(): Promise<void> {
    if (!this.big) {
      const { BigLens } = await import("./bigLens");
      if (this.nodes.size <= MARKS_UP_TO || this.big) return;
      this.big = new BigLens(this.box, () => this.flatten());
      this.box.append(this.flat);
    }
    this.big.show([...this.nodes.values()], this.edges, this.colours, (node) => this.largeFill(node), sizeOf);
  }

  /** Discs by WebGL have no outline: one in the colour of the ground would be a hole in the lines. */
  private largeFill(node: GNode): string {
    const fill = fillOf(node, this.look, this.colours);
    return fill === this.colours.ground ? this.colours.line : fill;
  }

  /** Where an object stands in px; null where it is not shown. */
  placeOf(id: string): Point | null {
    return this.places.get(id) ?? null;
  }

  /** Whether lines of one pair and kind are drawn as one. */
  bundled(): boolean {
    return !this.big && detailOf(this.nodes.size, 0).bundle;
  }

  lineOf(key: string): Line | null {
    return this.lines.find((line) => line.key === key) ?? null;
  }

  /** Where an object stands in the graph, with its radius, as it is being dragged. */
  private stands(id: string): { x: number; y: number; radius: number } | null {
    const node = this.nodes.get(id);
    if (!node) return null;
    const [x, y] = this.dragged.get(id) ?? [node.x, node.y];
    return { x, y, radius: this.radius(node) / this.lens.unit };
  }

  private readonly radiusIn = (node: GNode): number => this.radius(node);

  private radius(node: GNode): number {
    if (this.big) return this.big.radius(sizeOf(node));
    return radiusOf(node, this.plain.unit, this.nodes.size);
  }

  override paint(): void {
    if (this.big) this.big.refresh();
    else this.asked ||= requestAnimationFrame(() => this.flatten());
  }

  private resize(): void {
    const { width, height } = this.box.getBoundingClientRect();
    [this.width, this.height] = [Math.max(1, width), Math.max(1, height)];
    if (!this.touched && !this.big) this.fit();
    else this.paint();
  }

  private flatten(): void {
    this.asked = 0;
    const pen = cleared(this.flat, this.width, this.height);
    if (!pen) return;
    const scene = this.scene();
    this.chart.below(pen, scene);
    this.heard.told(drawMarks(pen, scene));
    this.chart.above(pen, scene);
    if (this.around) drawLasso(pen, this.around, this.colours);
    if (this.changed && this.nodes.size && (this.big || this.nodes.size <= MARKS_UP_TO)) {
      performance.clearMarks(DRAWN);
      performance.mark(DRAWN);
      this.changed = false;
    }
  }

  private scene(): Scene {
    const within = new Set<string>();
    const lens = this.lens;
    this.places = new Map();
    for (const node of this.nodes.values()) {
      const [x, y] = this.dragged.get(node.id) ?? [node.x, node.y];
      const at = lens.onScreen(x, y);
      this.places.set(node.id, at);
      if (onScreen(at, this)) within.add(node.id);
    }
    const detail = detailOf(this.nodes.size, within.size);
    return {
      nodes: this.ordered,
      node: (id) => this.nodes.get(id),
      places: this.places,
      within,
      lines: this.lines,
      colours: this.colours,
      chosen: new Set(selection.peek()),
      hover: this.hover,
      line: this.line,
      detail: this.big ? { ...detail, bare: true } : detail,
      axis: this.axis,
      names: this.names,
      moving: this.rests !== undefined,
      width: this.width,
      height: this.height,
      onScreen: (x, y) => lens.onScreen(x, y),
      radius: this.radiusIn,
      fill: (node) => fillOf(node, this.look, this.colours),
      label: (node) => labelOf(node, this.look),
    };
  }

  private listen(): () => void {
    return listenOn(this.box, {
      at: (point) => this.targetAt(point),
      making: () => this.chart.tool !== null,
      make: (from, until, end) => this.make(from, until, end),
      lassoOn: () => this.lassoOn,
      click: (target, event) => {
        this.touched = true;
        this.heard.click(target, event);
      },
      open: this.heard.open,
      drag: (target, by, end) => this.drag(target, by, end),
      pan: (by) => {
        this.touched = true;
        this.lens.pan(by.x, by.y);
        this.moving();
        this.move();
      },
      zoom: (factor, around) => this.zoom(factor, around),
      lasso: (around, end, add) => this.lasso(around, end, add),
      hover: (target, at) => this.point(target, at),
      menu: this.heard.menu,
    });
  }

  /** Names stay beside their discs while the picture is moved, and are placed anew when it rests. */
  private moving(): void {
    clearTimeout(this.rests);
    this.rests = setTimeout(() => {
      this.rests = undefined;
      this.paint();
    }, REST);
  }

  private point(target: Target, at: Point): void {
    const now = target.node ?? target.line ?? null;
    this.box.classList.toggle("over", now !== null || target.mark !== undefined);
    this.box.classList.toggle("on-object", target.node !== undefined);
    if (now !== this.hover) {
      this.hover = now;
      this.paint();
    }
    this.heard.hover(target, at);
  }

  /** What lies below a point: marks before objects, but frames behind them. */
  private targetAt(point: Point): Target {
    const mark = this.chart.at(point, false);
    if (mark) return mark;
    const under = targetAt(point, this.nodes.values(), this.lines, this.places, this.radiusIn);
    return under.node ? under : (this.chart.at(point, true) ?? under);
  }

  private make(from: Point, until: Point | null, end: boolean): void {
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
  private drag(target: Target, by: Point, end: boolean): void {
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

  /** Objects and marks that go along with what was taken hold of: all that is chosen where that is one of it. */
  private taken({ node, mark, grip }: Target): [objects: readonly string[], marks: readonly string[]] {
    if (mark && grip) return [[], [mark]];
    const [chosen, picked] = [selection.peek(), this.chart.picked];
    if ((node && chosen.includes(node)) || (mark && picked.has(mark))) return [chosen, [...picked]];
    return [node ? [node] : [], mark ? [mark] : []];
  }

  private lasso(around: readonly Point[], end: boolean, add: boolean): void {
    this.around = end ? null : around;
    if (end && around.length > 2) {
      const within = inside(around);
      const ids = [...this.places].filter(([, at]) => within(at)).map(([id]) => id);
      this.heard.lassoed(ids, this.chart.within(within), add);
    }
    this.paint();
  }
}
