/** How the canvas is looked at: all of it until somebody moves the picture, then as he left it. */
import type { BigLens } from "./bigLens";
import type { GNode } from "./elements";
import { type Bounds, boundsOf, PlainLens } from "./lens";
import type { Point } from "./scene";

export abstract class Looking {
  width = 1;
  height = 1;
  protected readonly plain = new PlainLens(() => ({ width: this.width, height: this.height }));
  protected big: BigLens | null = null;
  protected nodes = new Map<string, GNode>();
  protected touched = false;
  private covered = 0;

  abstract paint(): void;
  /** The camera moved. */
  protected abstract looked(): void;

  protected get lens(): BigLens | PlainLens {
    return this.big ?? this.plain;
  }

  /** Px per unit of the graph. */
  get unit(): number {
    return this.lens.unit;
  }

  /** The rectangle of the graph its objects stand in, and what is drawn by hand. */
  bounds(): Bounds | null {
    return boundsOf([...this.nodes.values(), ...this.corners()]);
  }

  /** Corners of what is drawn by hand. */
  protected abstract corners(): Point[];

  fit(): void {
    this.touched = false;
    const bounds = this.bounds();
    if (bounds) this.lens.fit(bounds, this.covered);
    this.move();
  }

  /** The legend takes so many px at the bottom. */
  cover(bottom: number): void {
    if (bottom === this.covered) return;
    this.covered = bottom;
    if (!this.touched && !this.big) this.fit();
  }

  zoom(factor: number, around?: Point): void {
    this.touched = true;
    this.lens.zoom(factor, around);
    this.move();
  }

  /** Look at a place of the graph. */
  centre(x: number, y: number): void {
    this.touched = true;
    this.lens.centre(x, y);
    this.move();
  }

  /** What of the graph is in the frame. */
  frame(): Bounds {
    const [a, b] = [this.lens.inGraph(0, 0), this.lens.inGraph(this.width, this.height)];
    return { left: a.x, right: b.x, low: b.y, high: a.y };
  }

  protected move(): void {
    this.looked();
    this.paint();
  }

  /** Bring an object into view only where it is outside. */
  reveal(id: string): void {
    const node = this.nodes.get(id);
    if (!node) return;
    const at = this.lens.onScreen(node.x, node.y);
    if (at.x < 20 || at.y < 20 || at.x > this.width - 20 || at.y > this.height - 20)
      this.centre(node.x, node.y);
  }
}
