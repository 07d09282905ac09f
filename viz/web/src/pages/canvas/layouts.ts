/**
 * Layouts: places for visible nodes; pinned ones stay. Distance means something only where a layout says so.
 */
import { forceGraph, forceInput, forcePlaces, pull } from "./force";
import type { GEdge, GNode } from "./elements";

export type LayoutName = "force" | "roles" | "radial" | "time";
export const LAYOUTS: readonly LayoutName[] = ["force", "roles", "radial", "time"];
export type Places = Map<string, readonly [number, number]>;

const ROWS: readonly string[] = ["organiser", "wholesaler", "payee", "runner", "retailer", "unknown", "user"];
const ROW = 190;
const LINE = 120; // room for the names under a disc
const COLUMN = 110;

export function laidOut(
  name: LayoutName,
  nodes: readonly GNode[],
  edges: readonly GEdge[],
  centre?: string,
): Places {
  const found = { force, roles, radial, time }[name](nodes, edges, centre);
  for (const node of nodes) if (node.pinned) found.set(node.id, [node.x, node.y]);
  return found;
}

function force(nodes: readonly GNode[], edges: readonly GEdge[]): Places {
  const graph = forceGraph(forceInput(nodes, edges));
  pull(graph, nodes.length > 600 ? 150 : 400);
  return forcePlaces(graph);
}

const lineOf = (members: number): number => Math.max(8, Math.ceil(Math.sqrt(members * 6)));

/** Upstream on top: a row for each role, things below the persons they belong to. */
function roles(nodes: readonly GNode[], edges: readonly GEdge[]): Places {
  const rows = new Map<number, GNode[]>();
  for (const node of nodes) {
    const row = node.label === "Person" ? ROWS.indexOf(node.role) : ROWS.length;
    rows.set(row, [...(rows.get(row) ?? []), node]);
  }
  const beside = neighbours(edges);
  const places: Places = new Map();
  const widest = Math.max(...[...rows.values()].map((row) => Math.min(lineOf(row.length), row.length)));
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
    const perLine = lineOf(ordered.length);
    // Few in a row: room for names.
    const column = COLUMN * Math.min(2, Math.max(1, (0.8 * widest) / Math.min(perLine, ordered.length)));
    for (let from = 0; from < ordered.length; from += perLine) {
      const line = ordered.slice(from, from + perLine);
      for (const [at, node] of line.entries())
        places.set(node.id, [(at - (line.length - 1) / 2) * column, -y]);
      y += from + perLine < ordered.length ? LINE : ROW;
    }
  }
  return places;
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
  for (const [at, node] of left.entries()) places.set(node.id, [(at - left.length / 2) * 60, -900]);
  return places;
}

/** Time runs right (first event of a node), upstream is above. */
function time(nodes: readonly GNode[], edges: readonly GEdge[]): Places {
  const first = new Map<string, number>();
  for (const edge of edges)
    for (const { at } of edge.events)
      if (at !== null)
        for (const id of [edge.from, edge.to]) first.set(id, Math.min(first.get(id) ?? Infinity, at));
  const times = [...first.values()];
  const [from, until] = [Math.min(...times), Math.max(...times)];
  const stacked = new Map<string, number>();
  const places: Places = new Map();
  for (const node of [...nodes].sort((a, b) => (first.get(a.id) ?? 0) - (first.get(b.id) ?? 0))) {
    const at = first.get(node.id);
    const x = at === undefined || until === from ? -120 : ((at - from) / (until - from)) * 1200;
    const row = node.label === "Person" ? ROWS.indexOf(node.role) : ROWS.length;
    const cell = `${Math.round(x / 70)}/${row}`;
    const n = stacked.get(cell) ?? 0;
    stacked.set(cell, n + 1);
    places.set(node.id, [x, -row * 170 - n * 34]);
  }
  return places;
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
