/**
 * Folding: above what a screen can carry, or when asked for, a gang is one node; edges between folds are
 * sums.
 */
import { param } from "~/core/router";
import type { GEdge, GNode } from "./elements";
import type { Model } from "./model";
import { w } from "./words";

const MOST_SHOWN = 10_000;
const MOST_EDGES = 50_000;
const REST = "Gang:-";

export interface Drawn {
  nodes: GNode[];
  edges: GEdge[];
  folds: number;
  /** Lines left out, the thinnest. */
  cut: number;
}

export function fold(model: Model, edges: readonly GEdge[], most = MOST_SHOWN): Drawn {
  const nodes = model.visible();
  const asked = param("fold") === "1";
  if (!asked && nodes.length <= most && edges.length <= MOST_EDGES)
    return { nodes, edges: [...edges], folds: 0, cut: 0 };
  const groups = new Map<string, GNode[]>();
  for (const node of nodes) if (node.gang) groups.set(node.gang, [...(groups.get(node.gang) ?? []), node]);
  const into = new Map<string, string>();
  const folded: GNode[] = [];
  for (const [gang, members] of groups) {
    const id = `Gang:${gang}`;
    for (const member of members) into.set(member.id, id);
    folded.push(standFor(id, `${gang} · ${members.length}`, members));
  }
  const left = nodes.filter((node) => !into.has(node.id));
  const over = left.length + folded.length - most;
  if (over > 0) {
    // Still too many: those with the fewest lines stand together as one; pinned ones stay.
    const lines = new Map<string, number>();
    for (const edge of edges)
      for (const id of [edge.from, edge.to]) lines.set(id, (lines.get(id) ?? 0) + edge.count);
    const rest = left
      .filter((node) => !node.pinned)
      .sort((a, b) => (lines.get(a.id) ?? 0) - (lines.get(b.id) ?? 0) || a.id.localeCompare(b.id))
      .slice(0, over + 1);
    for (const node of rest) into.set(node.id, REST);
    folded.push(standFor(REST, w.rest(rest.length), rest));
  }
  const sums = new Map<string, GEdge>();
  for (const edge of edges) {
    const from = into.get(edge.from) ?? edge.from;
    const to = into.get(edge.to) ?? edge.to;
    if (from === to) continue;
    const key = `${from}|${edge.type}|${to}`;
    const sum = sums.get(key);
    if (sum) {
      sum.count += edge.count;
      sum.sum += edge.sum;
      sum.events.push(...edge.events);
    } else sums.set(key, { ...edge, key, from, to, events: [...edge.events] });
  }
  const kept = [...sums.values()];
  const drawn =
    kept.length <= MOST_EDGES
      ? kept
      : kept.sort((a, b) => b.count - a.count || a.key.localeCompare(b.key)).slice(0, MOST_EDGES);
  return {
    nodes: [...nodes.filter((node) => !into.has(node.id)), ...folded],
    edges: drawn,
    folds: folded.length,
    cut: kept.length - drawn.length,
  };
}

/** One node in the middle of those it stands for. */
function standFor(id: string, caption: string, members: readonly GNode[]): GNode {
  const middle = (of: (node: GNode) => number) =>
    members.reduce((sum, each) => sum + of(each), 0) / members.length;
  return {
    id,
    label: "Gang",
    caption,
    role: "unknown",
    gang: null,
    caseNo: null,
    confirmed: members.some((each) => each.confirmed),
    x: middle((each) => each.x),
    y: middle((each) => each.y),
    pinned: false,
    hidden: false,
  };
}
