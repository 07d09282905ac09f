/**
 * The stage: every mark up to two thousand objects on a plane of two dimensions, which needs no WebGL; above
 * that sigma draws discs and lines by WebGL, and the plane the names.
 */
import { selection } from "~/core/selection";
import type { TimeAxis } from "./axis";
import { bundled, type Line } from "./bundles";
import { palette, type Palette } from "./colours";
import { detailOf, MARKS_UP_TO } from "./detail";
import type { GEdge, GNode } from "./elements";
import { rankOf } from "./labels";
import type { Heard } from "./heard";
import { Handling } from "./handling";
import { fillOf, labelOf, radiusOf, sizeOf, type StyleName } from "./looks";
import { drawMarks } from "./marks";
import { listenOn, type Target } from "./pointer";
import { onScreen, type Point, type Scene } from "./scene";
import { cleared, drawLasso } from "./sheet";

const REST = 120; // ms
/**
 * Marks the frame that shows the last change in the browser's own timeline; `benchmarks/canvas.py` reads it.
 */
const DRAWN = "canvas-drawn";

export class Stage extends Handling {
  private readonly flat = document.createElement("canvas");
  private colours: Palette = palette();
  private edges: readonly GEdge[] = [];
  private look: StyleName = "role";
  private asked = 0;
  private changed = false;
  private rests: ReturnType<typeof setTimeout> | undefined;
  private readonly names = new Map<string, Point>();
  private readonly ends: (() => void)[] = [];
  hover: string | null = null;
  line: string | null = null;
  axis: TimeAxis | null = null;
  lassoOn = false;
  constructor(
    private readonly box: HTMLElement,
    heard: Heard,
  ) {
    super(heard);
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

  protected override radius(node: GNode): number {
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
}
