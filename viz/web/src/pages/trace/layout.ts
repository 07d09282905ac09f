/** Flows in columns by layer: where each party and each flow is drawn. Sums of one currency, in fen. */
import type { FlowShown } from "~/generated/api";

export interface Box {
  key: string;
  /** Person id or reference; null for the rest of a column. */
  party: string | null;
  /** How many parties the rest stands for. */
  rest: number;
  column: number;
  x: number;
  y: number;
  height: number;
  fen: number;
  cash: number;
}

export interface Ribbon {
  key: string;
  flows: readonly FlowShown[];
  from: Box;
  to: Box;
  fen: number;
  cash: number;
  /** Middle of its two ends. */
  y0: number;
  y1: number;
  width: number;
}

export interface Picture {
  boxes: Box[];
  ribbons: Ribbon[];
  columns: number;
}

export interface Frame {
  width: number;
  height: number;
}

export const BAR = 10;
/** Parties of one column that are drawn apart, the largest sums first; the others are drawn as one. */
export const MOST = 10;
const GAP = 26;
const THIN = 1.5;
const NOTHING = [0, 0] as const;

/** The currency drawn: yuan where there are any, else that of most payments; null is one nobody knows. */
export function mainCurrency(flows: readonly FlowShown[]): string | null {
  const payments = new Map<string | null, number>();
  for (const each of flows) payments.set(each.currency, (payments.get(each.currency) ?? 0) + each.payments);
  if (payments.has("CNY")) return "CNY";
  return [...payments].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

interface Placed {
  flow: FlowShown;
  from: string;
  to: string;
}

/** Money runs from left to right: a trace down begins in the first column, one up ends in the last. */
export function drawn(flows: readonly FlowShown[], direction: "down" | "up", frame: Frame): Picture {
  const depth = Math.max(0, ...flows.map((each) => each.layer));
  const columns = depth + 1;
  const first = (layer: number) => (direction === "down" ? layer - 1 : depth - layer);
  const named = folded(flows, first);
  const placed: Placed[] = flows.map((flow) => ({
    flow,
    from: named(first(flow.layer), flow.from),
    to: named(first(flow.layer) + 1, flow.to),
  }));
  const boxes = boxesOf(placed, first, flows, named);
  const scale = scaleOf([...boxes.values()], columns, frame);
  for (const box of boxes.values()) {
    box.height = Math.max(THIN, box.fen * scale);
    box.x = columns < 2 ? 0 : (box.column * (frame.width - BAR)) / (columns - 1);
  }
  const ribbons = ribbonsOf(placed, boxes, scale);
  arrange(boxes, ribbons, columns, direction, frame);
  return { boxes: [...boxes.values()], ribbons, columns };
}

/** The key a party is drawn under in a column: its own, or that of the rest. */
function folded(flows: readonly FlowShown[], first: (layer: number) => number) {
  const sums = new Map<number, Map<string, number>>();
  const add = (column: number, party: string, fen: number) => {
    const mine = sums.get(column) ?? new Map<string, number>();
    sums.set(column, mine.set(party, (mine.get(party) ?? 0) + fen));
  };
  for (const each of flows) {
    add(first(each.layer), each.from, each.fen);
    add(first(each.layer) + 1, each.to, each.fen);
  }
  const kept = new Map<number, ReadonlySet<string>>();
  for (const [column, mine] of sums) {
    const largest = [...mine].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    const most = largest.length > MOST ? MOST - 1 : MOST;
    kept.set(column, new Set(largest.slice(0, most).map(([party]) => party)));
  }
  return (column: number, party: string): string =>
    kept.get(column)?.has(party) ? `${column}|${party}` : `${column}|`;
}

function boxesOf(
  placed: readonly Placed[],
  first: (layer: number) => number,
  flows: readonly FlowShown[],
  named: (column: number, party: string) => string,
): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const sums = new Map<string, readonly [number, number]>();
  const others = new Map<string, Set<string>>();
  const meet = (column: number, party: string) => {
    const key = named(column, party);
    const rest = key.endsWith("|");
    if (rest) others.set(key, (others.get(key) ?? new Set()).add(party));
    if (!boxes.has(key))
      boxes.set(key, {
        ...{ key, party: rest ? null : party, rest: 0, column },
        ...{ x: 0, y: 0, height: 0, fen: 0, cash: 0 },
      });
  };
  for (const each of flows) {
    meet(first(each.layer), each.from);
    meet(first(each.layer) + 1, each.to);
  }
  for (const { flow, from, to } of placed) {
    const [paid, received] = sums.get(from) ?? NOTHING;
    sums.set(from, [paid + flow.fen, received]);
    const [out, into] = sums.get(to) ?? NOTHING;
    sums.set(to, [out, into + flow.fen]);
    const box = boxes.get(to);
    if (box) box.cash += flow.cash_fen;
  }
  for (const box of boxes.values()) {
    box.fen = Math.max(...(sums.get(box.key) ?? NOTHING));
    box.rest = others.get(box.key)?.size ?? 0;
  }
  return boxes;
}

/** Pixels for a fen, so that the fullest column fits. */
function scaleOf(boxes: readonly Box[], columns: number, frame: Frame): number {
  let scale = Number.POSITIVE_INFINITY;
  for (let column = 0; column < columns; column++) {
    const mine = boxes.filter((each) => each.column === column);
    const fen = mine.reduce((sum, each) => sum + each.fen, 0);
    if (fen > 0) scale = Math.min(scale, Math.max(20, frame.height - GAP * mine.length) / fen);
  }
  return Number.isFinite(scale) ? scale : 0;
}

function ribbonsOf(placed: readonly Placed[], boxes: ReadonlyMap<string, Box>, scale: number): Ribbon[] {
  const together = new Map<string, FlowShown[]>();
  for (const { flow, from, to } of placed) {
    const key = `${from} ${to}`;
    together.set(key, [...(together.get(key) ?? []), flow]);
  }
  const ribbons: Ribbon[] = [];
  for (const { from, to } of placed) {
    const key = `${from} ${to}`;
    const mine = together.get(key);
    const [start, end] = [boxes.get(from), boxes.get(to)];
    if (!mine || !start || !end) continue;
    together.delete(key);
    const fen = mine.reduce((sum, each) => sum + each.fen, 0);
    const cash = mine.reduce((sum, each) => sum + each.cash_fen, 0);
    const width = Math.max(THIN, fen * scale);
    ribbons.push({ key, flows: mine, from: start, to: end, fen, cash, y0: 0, y1: 0, width });
  }
  return ribbons;
}

/** Boxes of a column by where their money comes from (or goes to), then ribbons along each box. */
function arrange(
  boxes: ReadonlyMap<string, Box>,
  ribbons: readonly Ribbon[],
  columns: number,
  direction: "down" | "up",
  frame: Frame,
): void {
  const order = Array.from({ length: columns }, (_, n) => (direction === "down" ? n : columns - 1 - n));
  for (const column of order) {
    const mine = [...boxes.values()].filter((each) => each.column === column);
    const wish = new Map(mine.map((each) => [each.key, middle(each, ribbons, direction)]));
    mine.sort(
      (a, b) =>
        (wish.get(a.key) ?? 0) - (wish.get(b.key) ?? 0) || b.fen - a.fen || a.key.localeCompare(b.key),
    );
    const tall = mine.reduce((sum, each) => sum + each.height, 0) + GAP * mine.length;
    let y = Math.max(0, (frame.height - tall) / 2) + GAP / 2;
    for (const each of mine) {
      each.y = y;
      y += each.height + GAP;
    }
  }
  along(boxes, ribbons);
}

function middle(box: Box, ribbons: readonly Ribbon[], direction: "down" | "up"): number {
  let [sum, weight] = [0, 0];
  for (const each of ribbons) {
    if ((direction === "down" ? each.to : each.from) !== box) continue;
    const other = direction === "down" ? each.from : each.to;
    sum += (other.y + other.height / 2) * each.fen;
    weight += each.fen;
  }
  return weight ? sum / weight : 0;
}

function along(boxes: ReadonlyMap<string, Box>, ribbons: readonly Ribbon[]): void {
  for (const box of boxes.values()) {
    let out = box.y;
    for (const each of ribbons.filter((one) => one.from === box).sort((a, b) => a.to.y - b.to.y)) {
      each.y0 = out + each.width / 2;
      out += each.width;
    }
    let into = box.y;
    for (const each of ribbons.filter((one) => one.to === box).sort((a, b) => a.from.y - b.from.y)) {
      each.y1 = into + each.width / 2;
      into += each.width;
    }
  }
}
