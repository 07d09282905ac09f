/** From when to when, as days of Beijing. */
import type { GEdge } from "./elements";

const BEIJING = 8 * 3_600_000;

export const dayOf = (at: number): string => new Date(at + BEIJING).toISOString().slice(0, 10);

/** `2026-01-02 – 2026-03-04`, one day where both are the same, nothing where no event has a time. */
export function spanOf(edges: readonly GEdge[]): string {
  let [first, last] = [Infinity, -Infinity];
  for (const edge of edges)
    for (const { at } of edge.events)
      if (at !== null) [first, last] = [Math.min(first, at), Math.max(last, at)];
  if (first > last) return "";
  const [from, until] = [dayOf(first), dayOf(last)];
  return from === until ? from : `${from} – ${until}`;
}
