/** Where the canvas is looked at from: places of the graph as pixels and back. */
import type { Point } from "./scene";

/** What lies in a rectangle of the graph; y counts upwards. */
export interface Bounds {
  left: number;
  right: number;
  low: number;
  high: number;
}

/** Px that tools take at each edge of the canvas: nothing is fitted below them. */
export const INSET = { left: 104, right: 60, top: 44, bottom: 40 };
/** A graph of three discs is not blown up to the whole screen. */
const MOST_FITTED = 1.15;
const LEAST_UNIT = 0.004;
const MOST_UNIT = 6;

export interface Lens {
  /** Px per unit of the graph. */
  readonly unit: number;
  onScreen(x: number, y: number): Point;
  inGraph(x: number, y: number): Point;
  zoom(factor: number, around?: Point): void;
  pan(dx: number, dy: number): void;
  centre(x: number, y: number): void;
  /** Show all of it, above `bottom` px that the legend takes. */
  fit(bounds: Bounds, bottom: number): void;
}

export function boundsOf(points: Iterable<{ x: number; y: number }>): Bounds | null {
  const found = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
  for (const { x, y } of points) {
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x);
    found.low = Math.min(found.low, y);
    found.high = Math.max(found.high, y);
  }
  return found.left <= found.right ? found : null;
}

/** A camera over a plane: all that two dimensions need, with or without WebGL. */
export class PlainLens implements Lens {
  unit = 1;
  private x = 0;
  private y = 0;

  constructor(private readonly size: () => { width: number; height: number }) {}

  onScreen(x: number, y: number): Point {
    const { width, height } = this.size();
    return { x: width / 2 + (x - this.x) * this.unit, y: height / 2 - (y - this.y) * this.unit };
  }

  inGraph(x: number, y: number): Point {
    const { width, height } = this.size();
    return { x: this.x + (x - width / 2) / this.unit, y: this.y - (y - height / 2) / this.unit };
  }

  zoom(factor: number, around?: Point): void {
    const { width, height } = this.size();
    const point = around ?? { x: width / 2, y: height / 2 };
    const before = this.inGraph(point.x, point.y);
    this.unit = Math.min(MOST_UNIT, Math.max(LEAST_UNIT, this.unit * factor));
    const after = this.inGraph(point.x, point.y);
    this.centre(this.x + before.x - after.x, this.y + before.y - after.y);
  }

  pan(dx: number, dy: number): void {
    this.centre(this.x - dx / this.unit, this.y + dy / this.unit);
  }

  centre(x: number, y: number): void {
    [this.x, this.y] = [x, y];
  }

  fit({ left, right, low, high }: Bounds, bottom: number): void {
    const { width, height } = this.size();
    const below = INSET.bottom + bottom;
    const wide = Math.max(80, width - INSET.left - INSET.right);
    const tall = Math.max(80, height - INSET.top - below);
    this.unit = Math.min(MOST_FITTED, wide / Math.max(1, right - left), tall / Math.max(1, high - low));
    this.centre(
      (left + right) / 2 + (INSET.right - INSET.left) / 2 / this.unit,
      (low + high) / 2 - (below - INSET.top) / 2 / this.unit,
    );
  }
}
