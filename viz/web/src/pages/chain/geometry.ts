/** Where lanes, gaps and events of a chain stand: persons upstream on top, time to the right. */
import type { LaneEvent, LaneHop, Lanes } from "~/generated/api";
import { linear, type Scale } from "~/parts/plots";

export const TOP = 34;
export const FOOT = 24;
export const LEAST_GAP = 92;

export interface Frame {
  x: Scale;
  from: number;
  until: number;
  /** y of the lane of person n (0 = the packet case, lowest). */
  lane: (n: number) => number;
  gap: number;
  width: number;
  height: number;
}

const DAY = 86_400_000;

export type Span = readonly [number, number];

/** From the first to the last thing of a chain, with a margin; ms. */
export function spanOf(lanes: Lanes): Span {
  const events = lanes.hops.flatMap((hop) => [...hop.events, ...hop.weeks].map((each) => each.at));
  const hops = lanes.chain.hops.flatMap((hop) => [hop.first, hop.last]);
  const all = [...events, ...hops, ...lanes.seizures.map((each) => each.at)]
    .filter((each): each is string => each !== null)
    .map((each) => Date.parse(each));
  const first = all.length ? Math.min(...all) : 0;
  const last = all.length ? Math.max(...all) : DAY;
  const pad = Math.max(DAY, (last - first) * 0.03);
  return [first - pad, last + pad];
}

export function frameOf(persons: number, width: number, tall: number, [from, until]: Span): Frame {
  const gaps = Math.max(1, persons - 1);
  const gap = Math.max(LEAST_GAP, (tall - TOP - FOOT - 20) / gaps);
  const height = TOP + gap * gaps + FOOT + 20;
  return {
    x: linear([from, until], [16, width - 16]),
    from,
    until,
    gap,
    width,
    height,
    lane: (n) => TOP + (gaps - n) * gap,
  };
}

/** What happened on a hop: counted from its weeks where its events are too many to list. */
export function totals({ events, weeks }: LaneHop): { talks: number; parcels: number } {
  const found = { talks: 0, parcels: 0 };
  for (const week of weeks) for (const each of ["talks", "parcels"] as const) found[each] += week[each];
  if (weeks.length) return found;
  for (const each of events)
    if (each.kind === "SENT") found.parcels++;
    else if (each.kind !== "PAID") found.talks++;
  return found;
}

export const moneyWidth = (fen: number | null): number =>
  fen ? Math.min(6, Math.max(1.2, 0.9 * Math.log10(fen / 100) - 1.2)) : 1.2;

/** A call's height in its gap: spread by the event's id so that a burst can be seen, the same every time. */
export function scatter(event: LaneEvent): number {
  let hash = 0;
  for (const letter of event.id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return 0.16 + ((hash % 1000) / 1000) * 0.68;
}
