/** Which hop, which event and which stretch of time of a chain are looked at, and the keys that change it. */
import { language } from "~/core/i18n";
import { go, param, setParams, to } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import type { LaneEvent, Lanes } from "~/generated/api";
import { openRows } from "~/parts/rows";
import type { Span } from "./geometry";
import { w } from "./words";

const LEAST_ZOOM = 86_400_000;

/** The stretch of time looked at, from the address; null for all of it. */
export function zoomNow(): Span | null {
  const [from, until] = [Number(param("from")), Number(param("until"))];
  return from > 0 && until > from ? [from, until] : null;
}

/**
 * The stretch a zoom leads to: around `about`, never beyond the whole; null where it would be less than a
 * day.
 */
export function zoomed(whole: Span, now: Span, about: number, by: number): Span | null {
  const half = ((now[1] - now[0]) * by) / 2;
  const next = [Math.max(whole[0], about - half), Math.min(whole[1], about + half)] as const;
  return next[1] - next[0] < LEAST_ZOOM ? null : next;
}

function zoomBy(whole: Span, event: LaneEvent | null, by: number): void {
  const now = zoomNow() ?? whole;
  // Around the chosen event, else the middle.
  const next = zoomed(whole, now, event?.at ? Date.parse(event.at) : (now[0] + now[1]) / 2, by);
  if (!next) return;
  const all = next[0] <= whole[0] && next[1] >= whole[1];
  setParams({
    from: all ? null : String(Math.round(next[0])),
    until: all ? null : String(Math.round(next[1])),
  });
}

export interface ChainView {
  hop: number;
  event: LaneEvent | null;
  chooseHop: (hop: number) => void;
  choose: (hop: number, event: LaneEvent) => void;
  step: (by: number) => void;
}

function chainView(lanes: Lanes): ChainView {
  const { chain } = lanes;
  const hops = chain.hops.length;
  const hop = Math.min(hops - 1, Math.max(0, Number(param("hop") ?? (chain.weakest ?? 0) + 1) - 1));
  const events = lanes.hops[hop]?.events ?? [];
  const event = events.find((each) => each.id === param("event")) ?? null;
  const choose = (at: number, each: LaneEvent) => setParams({ hop: String(at + 1), event: each.id });
  return {
    hop,
    event,
    choose,
    chooseHop: (next) => {
      if (next >= 0 && next < hops) setParams({ hop: String(next + 1), event: null });
    },
    step: (by) => {
      // Newest first in the answer; ] goes forward in time.
      const next = events[event ? events.indexOf(event) - by : by > 0 ? events.length - 1 : 0];
      if (next) choose(hop, next);
    },
  };
}

/** Number `n` of the chains of its case, as the address says it is looked at. */
export function useChainView(lanes: Lanes, span: Span, n: number): ChainView {
  const view = chainView(lanes);
  const { hop, event, chooseHop, step } = view;
  const report = `/api/v1/reports/chains/${encodeURIComponent(lanes.case_no)}/${n}`;
  useKeys({
    ArrowUp: { label: w.up, run: () => chooseHop(hop + 1) },
    ArrowDown: { label: w.down, run: () => chooseHop(hop - 1) },
    "[": { label: w.previous, run: () => step(-1) },
    "]": { label: w.next, run: () => step(1) },
    Enter: { label: w.rows, run: () => openRows(event?.evidence ?? lanes.chain.hops[hop]?.evidence ?? []) },
    q: { label: w.requests, run: () => document.querySelector<HTMLElement>("#requests .scroll")?.focus() },
    "+": { label: w.zoomIn, run: () => zoomBy(span, event, 0.5) },
    "=": { label: w.zoomIn, run: () => zoomBy(span, event, 0.5) },
    "-": { label: w.zoomOut, run: () => zoomBy(span, event, 2) },
    "0": { label: w.zoomAll, run: () => setParams({ from: null, until: null }) },
    p: {
      label: w.report,
      run: () => location.assign(`${report}?format=docx&language=${language.peek()}`),
    },
    g: { label: w.canvas, run: () => go(to`/canvas?chain=${lanes.case_no}&n=${n}`) },
  });
  return view;
}
