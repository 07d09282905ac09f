/**
 * Layouts: places for visible nodes; pinned ones stay. Distance means something only where a layout says so.
 */
import { type TimeAxis, xOf } from "./axis";
import type { GEdge, GNode } from "./elements";
import { forceGraph, forceInput, forcePlaces, pull } from "./force";
import { type Places, pushApart, roomOf, spread } from "./spread";

export type LayoutName = "force" | "roles" | "radial" | "time";
export const LAYOUTS: readonly LayoutName[] = ["force", "roles", "radial", "time"];

const ROWS: readonly string[] = ["organiser", "wholesaler", "payee", "runner", "retailer", "unknown", "user"];
const WIDTHS: readonly number[] = [900, 1_300, 1_900, 2_800, 4_200, 8_000, 16_000];
const ASPECT = 1.7;
const BETWEEN = 30; // between the last line of a role and the first of the next

export function laidOut(
  name: LayoutName,
  nodes: readonly GNode[],
  edges: readonly GEdge[],
  centre?: string,
  axis?: TimeAxis | null,
): Places {
  const found =
    name === "force"
      ? force(nodes, edges)
      : name === "roles"
        ? roles(nodes, edges)
        : name === "radial"
          ? radial(nodes, edges, centre)
          : time(nodes, edges, axis ?? null);
  for (const node of nodes) if (node.pinned) found.set(node.id, [node.x, node.y]);
  return found;
}

function force(nodes: readonly GNode[], edges: readonly GEdge[]): Places {
  const graph = forceGraph(forceInput(nodes, edges));
  pull(graph, nodes.length > 600 ? 150 : 400);
  return spread(forcePlaces(graph), nodes);
}

/** Upstream on top: a row for each role, things below the persons they belong to. */
function roles(nodes: readonly GNode[], edges: readonly GEdge[]): Places {
  const rows = new Map<number, GNode[]>();
  for (const node of nodes) {
    const row = node.label === "Person" ? ROWS.indexOf(node.role) : ROWS.length;
    rows.set(row, [...(rows.get(row) ?? []), node]);
  }
  const beside = neighbours(edges);
  const places: Places = new Map();
  const halves = nodes.map((node) => roomOf(node, nodes.length));
  // Not the longest name of all: one by itself finds room beside its disc.
  const widths = halves.map(({ wide }) => 2 * wide).sort((a, b) => a - b);
  const column = widths[Math.floor(0.6 * widths.length)] ?? 40;
  const line = 2 * halves.reduce((most, { high }) => Math.max(most, high), 20);
  const perLine = lineFor(
    [...rows.values()].map((row) => row.length),
    column,
    line,
  );
  let y = 0;
  for (const row of [...rows.keys()].sort((a, b) => a - b)) {
    const members = rows.get(row) ?? [];
    const middle = (node: GNode) => {
      const above = [...(beside.get(node.id) ?? [])]
        .map((id) => places.get(id)?.[0])
        .filter((x): x is number => x !== undefined);
      return above.length ? above.reduce((sum, x) => sum + x, 0) / above.length : 0;
    };
    const ordered = [...members].sort((a, b) => middle(a) - middle(b) || a.id.localeCompare(b.id));
    for (let from = 0; from < ordered.length; from += perLine) {
      const own = ordered.slice(from, from + perLine);
      // Few in a row: lines fan out over the width of the rest.
      const apart = column * Math.min(3, Math.max(1, (0.8 * perLine) / own.length));
      for (const [at, node] of own.entries())
        places.set(node.id, [(at - (own.length - 1) / 2) * apart, -y - (at % 2) * line * 0.12]);
      y += line;
    }
    y += BETWEEN;
  }
  return places;
}

/** How many to a line, so that all rows together have the shape of the canvas. */
function lineFor(rows: readonly number[], column: number, line: number): number {
  let [best, least] = [8, Infinity];
  for (let n = 6; n <= 120; n++) {
    const lines = rows.reduce((sum, members) => sum + Math.ceil(members / n), 0);
    const [wide, high] = [Math.min(n, Math.max(...rows)) * column, lines * line + rows.length * BETWEEN];
    const worst = Math.max(wide / ASPECT, high);
    if (worst < least) [best, least] = [n, worst];
  }
  return best;
}

/** Rings around a node by the number of steps from it. */
function radial(nodes: readonly GNode[], edges: readonly GEdge[], centre?: string): Places {
  const beside = neighbours(edges);
  const most = (a: GNode, b: GNode) =>
    (beside.get(b.id)?.size ?? 0) - (beside.get(a.id)?.size ?? 0) || a.id.localeCompare(b.id);
  const start = nodes.find((node) => node.id === centre) ?? [...nodes].sort(most)[0];
  const places: Places = new Map();
  if (!start) return places;
  let ring = [start.id];
  const seen = new Set(ring);
  const wanted = new Set(nodes.map((node) => node.id));
  for (let n = 0; ring.length; n++) {
    for (const [at, id] of ring.entries()) {
      const turn = (at / ring.length) * 2 * Math.PI;
      const radius = n * Math.max(140, (ring.length * 46) / (2 * Math.PI * Math.max(1, n)));
      places.set(id, [radius * Math.cos(turn), radius * Math.sin(turn)]);
    }
    ring = ring
      .flatMap((id) => [...(beside.get(id) ?? [])])
      .filter((id) => wanted.has(id) && !seen.has(id) && !!seen.add(id));
  }
  const left = nodes.filter((node) => !places.has(node.id));
  const low = Math.min(...[...places.values()].map(([, y]) => y)) - 120;
  for (const [at, node] of left.entries())
    places.set(node.id, [((at % 24) - Math.min(24, left.length) / 2) * 60, low - Math.floor(at / 24) * 60]);
  return apart(places, nodes, start.id);
}

/** Rings whose objects do not stand on one another; the middle stays. */
function apart(places: Places, nodes: readonly GNode[], middle: string): Places {
  const points = nodes.map((node) => [...(places.get(node.id) ?? [0, 0])] as [number, number]);
  pushApart(
    points,
    nodes.map((node) => roomOf(node, nodes.length)),
    (n) => nodes[n]?.id === middle,
  );
  return new Map(nodes.map((node, n) => [node.id, points[n] ?? [0, 0]]));
}

/**
 * Time runs right: an object stands at the moment of its first event, upstream above; what has none stands
 * before the axis. Objects are moved apart up and down only, so that a place across stays a moment.
 */
function time(nodes: readonly GNode[], edges: readonly GEdge[], axis: TimeAxis | null): Places {
  const first = new Map<string, number>();
  for (const edge of edges)
    for (const { at } of edge.events)
      if (at !== null)
        for (const id of [edge.from, edge.to]) first.set(id, Math.min(first.get(id) ?? Infinity, at));
  const rowOf = (node: GNode) => (node.label === "Person" ? ROWS.indexOf(node.role) : ROWS.length);
  const undated = new Map<number, number>();
  const taken: { x: number; y: number; wide: number; high: number }[] = [];
  const places: Places = new Map();
  let low = 0;
  for (const row of [...new Set(nodes.map(rowOf))].sort((a, b) => a - b)) {
    const own = nodes.filter((node) => rowOf(node) === row);
    own.sort((a, b) => (first.get(a.id) ?? -1) - (first.get(b.id) ?? -1) || a.id.localeCompare(b.id));
    const begin = low;
    taken.length = 0;
    for (const node of own) {
      const room = roomOf(node, nodes.length);
      const at = first.get(node.id);
      const n = undated.get(row) ?? 0;
      const known = at !== undefined && axis;
      if (!known) undated.set(row, n + 1);
      const x = known ? xOf(axis, at) : -90 - 2 * room.wide * (n % 4);
      let y = begin;
      while (
        taken.some((t) => Math.abs(t.x - x) < t.wide + room.wide && Math.abs(t.y - y) < t.high + room.high)
      )
        y += room.high;
      taken.push({ x, y, ...room });
      low = Math.max(low, y + 2 * room.high);
      places.set(node.id, [x, -y]);
    }
    low += BETWEEN;
  }
  return places;
}

/** The axis between two moments on which the objects stand with most room for each. */
export function axisFor(
  extent: readonly [number, number] | null,
  nodes: readonly GNode[],
  edges: readonly GEdge[],
): TimeAxis | null {
  if (!extent) return null;
  let [best, most]: [TimeAxis | null, number] = [null, 0];
  for (const width of WIDTHS) {
    const axis = { from: extent[0], until: extent[1], width };
    const lowest = Math.min(...[...time(nodes, edges, axis).values()].map(([, y]) => y));
    const unit = Math.min(ASPECT / (width + 200), 1 / (200 - lowest));
    if (unit > most) [best, most] = [axis, unit];
  }
  return best;
}

function neighbours(edges: readonly GEdge[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const put = (a: string, b: string) => (found.get(a) ?? found.set(a, new Set()).get(a))?.add(b);
  for (const { from, to } of edges) {
    if (from === to) continue;
    put(from, to);
    put(to, from);
  }
  return found;
}
