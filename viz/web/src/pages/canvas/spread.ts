/** Layouts know sizes: places moved apart until no object stands on another or on its name. */
import { roleLook } from "~/core/legend";
import { ALL_NAMES, MARKS_UP_TO } from "./detail";
import type { GNode } from "./elements";

export type Places = Map<string, readonly [number, number]>;

/** Half of the room an object takes, in units of the graph. */
export interface Halves {
  wide: number;
  high: number;
}

const ROUNDS = 60;
const ASPECT = 1.7; // of a canvas beside its panel
const LOOSE = 2.4; // area of the picture through that of its objects

/** The room of an object: its disc with ring, among few also its name. */
export function roomOf(node: GNode, all: number): Halves {
  const radius = node.label === "Person" ? roleLook(node.role).radius : 11;
  if (all > ALL_NAMES) return { wide: radius + 7, high: radius + 7 };
  const name = [...node.caption.slice(0, 16)].reduce((sum, c) => sum + (c > "\u2000" ? 13 : 7.5), 0) / 2;
  return { wide: Math.max(radius + 8, name + 6), high: radius + 18 };
}

/**
 * Scale places without a meaning to the shape of the canvas and to room for what stands on them, then push
 * apart what still overlaps.
 */
export function spread(places: Places, nodes: readonly GNode[]): Places {
  const halves = nodes.map((node) => roomOf(node, nodes.length));
  const area = halves.reduce((sum, { wide, high }) => sum + 4 * wide * high, 0);
  const points = nodes.map((node) => [...(places.get(node.id) ?? [0, 0])] as [number, number]);
  const [x, y] = [0, 1].map((at) => extent(points.map((point) => point[at as 0 | 1])));
  if (!x || !y) return places;
  const high = Math.sqrt((LOOSE * area) / ASPECT);
  for (const point of points) {
    point[0] = ((point[0] - x.middle) / x.length) * high * ASPECT;
    point[1] = ((point[1] - y.middle) / y.length) * high;
  }
  if (nodes.length <= MARKS_UP_TO) pushApart(points, halves);
  return new Map(nodes.map((node, n) => [node.id, points[n] ?? [0, 0]]));
}

/** Middle and length of what most values lie within: a few that flew off do not squeeze the rest. */
function extent(values: readonly number[]): { middle: number; length: number } | null {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0.02), at(0.98)];
  return { middle: (low + high) / 2, length: Math.max(1e-9, high - low) };
}

/** Push overlapping rectangles apart along their shorter way; in place. */
export function pushApart(
  points: [number, number][],
  halves: readonly Halves[],
  fixed: (n: number) => boolean = () => false,
): void {
  const cell = 2 * halves.reduce((most, { wide, high }) => Math.max(most, wide, high), 1);
  for (let round = 0; round < ROUNDS; round++) {
    const grid = new Map<string, number[]>();
    for (const [n, [x, y]] of points.entries()) {
      const key = `${Math.floor(x / cell)}/${Math.floor(y / cell)}`;
      const found = grid.get(key);
      if (found) found.push(n);
      else grid.set(key, [n]);
    }
    let moved = false;
    for (const [n, [x, y]] of points.entries())
      for (const m of around(grid, Math.floor(x / cell), Math.floor(y / cell)))
        if (m > n && pushPair(points, halves, n, m, fixed)) moved = true;
    if (!moved) return;
  }
}

function* around(grid: ReadonlyMap<string, number[]>, x: number, y: number): Generator<number> {
  for (let i = x - 1; i <= x + 1; i++)
    for (let j = y - 1; j <= y + 1; j++) yield* grid.get(`${i}/${j}`) ?? [];
}

function pushPair(
  points: [number, number][],
  halves: readonly Halves[],
  n: number,
  m: number,
  fixed: (n: number) => boolean,
): boolean {
  const [a, b] = [points[n], points[m]];
  const [own, other] = [halves[n], halves[m]];
  if (!a || !b || !own || !other) return false;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const [wide, high] = [own.wide + other.wide - Math.abs(dx), own.high + other.high - Math.abs(dy)];
  if (wide <= 0.01 || high <= 0.01) return false;
  const across = wide / (own.wide + other.wide) < high / (own.high + other.high);
  const axis = across ? 0 : 1;
  const way = ((across ? dx : dy) || (n < m ? 1 : -1)) > 0 ? 1 : -1;
  const push = (across ? wide : high) * way;
  const [stays, otherStays] = [fixed(n), fixed(m)];
  if (stays && otherStays) return false;
  if (!stays) a[axis] -= otherStays ? push : push / 2;
  if (!otherStays) b[axis] += stays ? push : push / 2;
  return true;
}
