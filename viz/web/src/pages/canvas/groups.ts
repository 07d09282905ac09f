/** Objects of the canvas by role or kind, shown and hidden: what legend and menu count and switch. */
import type { Role } from "~/core/legend";
import type { GNode } from "./elements";

export interface Group {
  /** `role:retailer` or `kind:Phone`. */
  key: string;
  label: string;
  role: Role | null;
  shown: number;
  hidden: number;
  ids: string[];
}

const ORDER: readonly string[] = [
  "organiser",
  "wholesaler",
  "retailer",
  "runner",
  "payee",
  "user",
  "unknown",
];

export const groupOf = (node: GNode): string =>
  node.label === "Person" ? `role:${node.role}` : `kind:${node.label}`;

/** Roles from the organiser down, then kinds by how many there are. */
export function groupsOf(nodes: Iterable<GNode>): Group[] {
  const found = new Map<string, Group>();
  for (const node of nodes) {
    const key = groupOf(node);
    let group = found.get(key);
    if (!group) {
      const role = node.label === "Person" ? node.role : null;
      group = { key, label: node.label, role, shown: 0, hidden: 0, ids: [] };
      found.set(key, group);
    }
    if (node.hidden) group.hidden++;
    else group.shown++;
    group.ids.push(node.id);
  }
  const rank = ({ role }: Group) => (role ? ORDER.indexOf(role) : ORDER.length);
  return [...found.values()].sort(
    (a, b) => rank(a) - rank(b) || b.ids.length - a.ids.length || a.key.localeCompare(b.key),
  );
}
