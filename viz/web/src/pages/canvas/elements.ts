/** Nodes, events and drawn edges of the canvas, and which of them a filter lets through. */
import { hueOf, isDerived } from "./relations";
import type { Role } from "~/core/legend";

const BEIJING = 8 * 3_600_000;

export interface GNode {
  id: string;
  label: string; // declared label: Person, Phone …
  caption: string;
  role: Role;
  gang: string | null;
  caseNo: string | null; // the case by which he is drawn under "style by case"
  confirmed: boolean;
  x: number;
  y: number;
  pinned: boolean;
  hidden: boolean;
}

export interface GEvent {
  key: string;
  type: string;
  from: string;
  to: string;
  at: number | null;
  dayOnly: boolean;
  amount: number | null;
  score: number | null;
  evidence: string[];
}

/** A holder nobody has named: he is shown by what he is known by, behind a question mark. */
export const isUnnamed = (node: Pick<GNode, "label" | "caption">): boolean =>
  node.label === "Person" && /^\?|未知|unknown/i.test(node.caption);

/** One drawn edge: all events of one type from one node to another that pass the filter. */
export interface GEdge {
  key: string;
  type: string;
  hue: string;
  derived: boolean;
  from: string;
  to: string;
  count: number;
  sum: number;
  score: number | null;
  events: GEvent[];
}

export interface Filter {
  off: readonly string[]; // hues switched off
  range: readonly [number, number] | null;
  night: boolean;
  strength: number;
  fen: number;
}

const isNight = (at: number): boolean => {
  const hour = new Date(at + BEIJING).getUTCHours();
  return hour >= 22 || hour < 4;
};

/** Whether a filter lets an event through: conclusions by their strength, facts by time and amount. */
function passes(event: GEvent, filter: Filter): boolean {
  if (filter.off.includes(hueOf(event.type))) return false;
  if (isDerived(event.type)) return event.score === null || event.score >= filter.strength;
  if (filter.range && event.at !== null && (event.at < filter.range[0] || event.at > filter.range[1]))
    return false;
  if (filter.night && (event.at === null || event.dayOnly || !isNight(event.at))) return false;
  return !(filter.fen > 0 && event.type === "PAID" && (event.amount ?? 0) < filter.fen);
}

/** The edges that are drawn: events of one type between two nodes that are shown, as one. */
export function drawnEdges(
  nodes: ReadonlyMap<string, GNode>,
  events: Iterable<GEvent>,
  filter: Filter,
): GEdge[] {
  const found = new Map<string, GEdge>();
  for (const event of events) {
    if (!passes(event, filter)) continue;
    const from = nodes.get(event.from);
    const to = nodes.get(event.to);
    if (!from || !to || from.hidden || to.hidden) continue;
    const key = `${event.from}|${event.type}|${event.to}`;
    const edge = found.get(key);
    if (edge) {
      edge.count++;
      edge.sum += event.amount ?? 0;
      edge.events.push(event);
      if (event.score !== null) edge.score = Math.max(edge.score ?? 0, event.score);
    } else
      found.set(key, {
        key,
        type: event.type,
        hue: hueOf(event.type),
        derived: isDerived(event.type),
        from: event.from,
        to: event.to,
        count: 1,
        sum: event.amount ?? 0,
        score: event.score,
        events: [event],
      });
  }
  return [...found.values()];
}
