/** Room for names and sums: what matters most is placed first, and nothing is written over anything. */
import type { Point } from "./scene";

/** A rectangle by its middle and its halves, in px. */
export interface Box extends Point {
  half: number;
  tall: number;
}

export interface Wanted {
  id: string;
  x: number;
  y: number;
  radius: number;
  half: number;
  tall: number;
  /** Shown though it covers something: the one that is chosen. */
  must?: boolean;
}

const CELL = 64;
const ROW = 1 << 20; // cells below one another that are told apart
const GAP = 4;
const FARTHER = 15;

/** What is taken, found by cells. */
export class Room {
  private readonly cells = new Map<number, { box: Box; owner: string }[]>();

  add(box: Box, owner = ""): void {
    for (const cell of cellsOf(box)) {
      const found = this.cells.get(cell);
      if (found) found.push({ box, owner });
      else this.cells.set(cell, [{ box, owner }]);
    }
  }

  /** Px² of what is taken below a box; what belongs to `owner` is in nobody's way. */
  covered(box: Box, owner = ""): number {
    const met = new Set<Box>();
    let sum = 0;
    for (const cell of cellsOf(box))
      for (const each of this.cells.get(cell) ?? []) {
        if (met.has(each.box) || (owner && each.owner === owner)) continue;
        met.add(each.box);
        sum += overlap(box, each.box);
      }
    return sum;
  }
}

function cellsOf({ x, y, half, tall }: Box): number[] {
  const found: number[] = [];
  for (let i = Math.floor((x - half) / CELL); i <= Math.floor((x + half) / CELL); i++)
    for (let j = Math.floor((y - tall) / CELL); j <= Math.floor((y + tall) / CELL); j++)
      found.push(i * ROW + j);
  return found;
}

function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.half, b.x + b.half) - Math.max(a.x - a.half, b.x - b.half);
  const high = Math.min(a.y + a.tall, b.y + b.tall) - Math.max(a.y - a.tall, b.y - b.tall);
  return wide > 0 && high > 0 ? wide * high : 0;
}

/** Where a name may stand: below its disc, beside it, above it, at its corners, then farther out. */
function* sites({ x, y, radius, half, tall }: Wanted, farther: boolean): Generator<Point> {
  for (const more of farther ? [0, FARTHER, 2 * FARTHER] : [0]) {
    const [across, along] = [radius + GAP + half + more, radius + GAP + tall + more];
    yield { x, y: y + along };
    yield { x: x + across, y };
    yield { x: x - across, y };
    yield { x, y: y - along };
    for (const [i, j] of [
      [1, 1],
      [-1, 1],
      [1, -1],
      [-1, -1],
    ] as const)
      yield { x: x + i * (across - radius * 0.4), y: y + j * (along - tall * 0.6) };
  }
}

/**
 * Names in the order of `wanted`, each where there is room; `most` of them. With `all`, every name is placed:
 * farther out, or where it covers least.
 */
export function placeNames(
  room: Room,
  wanted: Iterable<Wanted>,
  most: number,
  all: boolean,
): Map<string, Point> {
  const found = new Map<string, Point>();
  for (const each of wanted) {
    if (found.size >= most && !each.must) continue;
    const site = siteOf(room, each, all);
    if (!site) continue;
    room.add({ ...site, half: each.half, tall: each.tall }, each.id);
    found.set(each.id, site);
  }
  return found;
}

function siteOf(room: Room, each: Wanted, all: boolean): Point | null {
  let best: Point | null = null;
  let least = Infinity;
  for (const site of sites(each, all)) {
    const covered = room.covered({ ...site, half: each.half, tall: each.tall }, each.id);
    if (covered === 0) return site;
    if (covered < least) [best, least] = [site, covered];
  }
  return all || each.must ? best : null;
}

/** The first of some places where a box has room; it is taken. */
export function firstFree(room: Room, places: Iterable<Point>, half: number, tall: number): Point | null {
  for (const { x, y } of places) {
    const box = { x, y, half, tall };
    if (room.covered(box) > 0) continue;
    room.add(box);
    return { x, y };
  }
  return null;
}
