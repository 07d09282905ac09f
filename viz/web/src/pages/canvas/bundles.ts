/**
 * Lines as they are drawn: one for each edge among few, one for a pair and a kind of evidence among many;
 * parallel ones bow apart.
 */
import type { GEdge } from "./elements";
import type { Point } from "./scene";

export interface Line {
  key: string;
  from: string;
  to: string;
  hue: string;
  derived: boolean;
  /** Whether an arrow is drawn at the end of `to` and at that of `from`. */
  forth: boolean;
  back: boolean;
  score: number | null;
  count: number;
  sum: number;
  /** Px it bows to its side at the middle. */
  bow: number;
  edges: readonly GEdge[];
}

const BOW = 15;
const MOST_BOW = 0.16; // of the length

/** Lines for edges; `many` joins those of one pair and one kind of evidence, whichever way they went. */
export function bundled(edges: readonly GEdge[], many: boolean): Line[] {
  const joined = new Map<string, GEdge[]>();
  for (const edge of edges) {
    if (edge.from === edge.to) continue;
    const key = many ? `${pairOf(edge)}|${edge.hue}|${edge.derived}` : edge.key;
    const found = joined.get(key);
    if (found) found.push(edge);
    else joined.set(key, [edge]);
  }
  const lines = [...joined].map(([key, own]) => lineOf(key, own, many));
  bowApart(lines);
  return lines;
}

const pairOf = ({ from, to }: { from: string; to: string }): string =>
  from < to ? `${from}|${to}` : `${to}|${from}`;

function lineOf(key: string, own: readonly GEdge[], many: boolean): Line {
  const first = own[0] as GEdge;
  const { from, to, hue, derived } = first;
  const scores = own.map((each) => each.score).filter((each) => each !== null);
  const arrows = derived || !many;
  return {
    key,
    from,
    to,
    hue,
    derived,
    forth: arrows && own.some((each) => each.from === from),
    back: arrows && own.some((each) => each.from === to),
    score: scores.length ? Math.max(...scores) : null,
    count: own.reduce((sum, each) => sum + each.count, 0),
    sum: own.reduce((sum, each) => sum + each.sum, 0),
    bow: 0,
    edges: own,
  };
}

function bowApart(lines: readonly Line[]): void {
  const beside = new Map<string, Line[]>();
  for (const line of lines) {
    const pair = pairOf(line);
    const found = beside.get(pair);
    if (found) found.push(line);
    else beside.set(pair, [line]);
  }
  for (const all of beside.values())
    for (const [n, line] of all.entries())
      line.bow = (n - (all.length - 1) / 2) * BOW * (line.from < line.to ? 1 : -1);
}

/** The point a line bends towards, between the middles of its ends in px. */
export function bend(a: Point, b: Point, bow: number): Point {
  const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  // Short lines bow less: a pair of dots close together is no wheel.
  const out = 2 * Math.sign(bow) * Math.min(Math.abs(bow), MOST_BOW * far);
  return {
    x: (a.x + b.x) / 2 - ((b.y - a.y) / far) * out,
    y: (a.y + b.y) / 2 + ((b.x - a.x) / far) * out,
  };
}

/** A point of the curve from a over m to b; `t` from 0 to 1. */
export const onCurve = (a: Point, m: Point, b: Point, t: number): Point => ({
  x: (1 - t) ** 2 * a.x + 2 * t * (1 - t) * m.x + t ** 2 * b.x,
  y: (1 - t) ** 2 * a.y + 2 * t * (1 - t) * m.y + t ** 2 * b.y,
});

const STEPS = 12;

/** How many px a point is from a line with its ends at a and b. */
export function distanceTo(point: Point, a: Point, b: Point, bow: number): number {
  const middle = bend(a, b, bow);
  let [best, before] = [Infinity, a];
  for (let n = 1; n <= STEPS; n++) {
    const next = onCurve(a, middle, b, n / STEPS);
    best = Math.min(best, fromSegment(point, before, next));
    before = next;
  }
  return best;
}

function fromSegment(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const within = Math.min(1, Math.max(0, t));
  return Math.hypot(p.x - a.x - within * dx, p.y - a.y - within * dy);
}
