/** Where lanes, gaps and events of a chain stand: persons upstream on top, time to the right. */
import type { LaneEvent, Lanes } from "~/generated/api";
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

/** Every time of a chain, in ms. */
function times(lanes: Lanes): number[] {
  const events = lanes.hops.flatMap((hop) => hop.events.map((each) => each.at));
  const hops = lanes.chain.hops.flatMap((hop) => [hop.first, hop.last]);
  return [...events, ...hops, ...lanes.seizures.map((each) => each.at)]
    .filter((each): each is string => each !== null)
    .map((each) => Date.parse(each));
}

export function frameOf(lanes: Lanes, width: number, tall: number, zoom: readonly [number, number] | null): Frame {
  const all = times(lanes);
  const first = all.length ? Math.min(...all) : 0;
  const last = all.length ? Math.max(...all) : DAY;
  const pad = Math.max(DAY, (last - first) * 0.03);
  const from = zoom?.[0] ?? first - pad;
  const until = zoom?.[1] ?? last + pad;
  const gaps = Math.max(1, lanes.persons.length - 1);
  const gap = Math.max(LEAST_GAP, (tall - TOP - FOOT - 20) / gaps);
  const height = TOP + gap * gaps + FOOT + 20;
  return { x: linear([from, until], [16, width - 16]), from, until, gap, width, height, lane: (n) => TOP + (gaps - n) * gap };
}

export const moneyWidth = (fen: number | null): number => (fen ? Math.min(6, Math.max(1.2, 0.9 * Math.log10(fen / 100) - 1.2)) : 1.2);

/** A call's height in its gap: spread by the event's id so that a burst can be seen, the same every time. */
export function scatter(event: LaneEvent): number {
  let hash = 0;
  for (const letter of event.id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return 0.16 + ((hash % 1000) / 1000) * 0.68;
}
