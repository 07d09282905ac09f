/** Folding: above what a screen can carry, or when asked for, a gang is one node; edges between folds are sums. */
import { param } from "~/core/router";
import type { GEdge, GNode, Model } from "./model";

const MOST_SHOWN = 10_000;
const MOST_EDGES = 50_000;

export interface Drawn {
  nodes: GNode[];
  edges: GEdge[];
  folds: number;
}

export function fold(model: Model, edges: readonly GEdge[]): Drawn {
  const nodes = model.visible();
  const asked = param("fold") === "1";
  if (!asked && nodes.length <= MOST_SHOWN && edges.length <= MOST_EDGES) return { nodes, edges: [...edges], folds: 0 };
  const groups = new Map<string, GNode[]>();
  for (const node of nodes) if (node.gang) groups.set(node.gang, [...(groups.get(node.gang) ?? []), node]);
  const into = new Map<string, string>();
  const folded: GNode[] = [];
  for (const [gang, members] of groups) {
    const id = `Gang:${gang}`;
    for (const member of members) into.set(member.id, id);
    const x = members.reduce((sum, each) => sum + each.x, 0) / members.length;
    const y = members.reduce((sum, each) => sum + each.y, 0) / members.length;
    folded.push({ id, label: "Gang", caption: `${gang} · ${members.length}`, role: "unknown", gang: null, caseNo: null, confirmed: members.some((each) => each.confirmed), x, y, pinned: false, hidden: false });
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
  return { nodes: [...nodes.filter((node) => !into.has(node.id)), ...folded], edges: [...sums.values()], folds: folded.length };
}
