/**
 * The board as groups: rows that reach the same gang and case stand together, those that reach nothing come
 * last.
 */
import type { Board, BoardGang, BoardMajor, BoardRow } from "~/generated/api";

export interface Group {
  key: string;
  gang: BoardGang | null;
  major: BoardMajor | null;
  rows: BoardRow[];
  /** The row whose chain carries the group furthest, for "weakest hop". */
  best: BoardRow | null;
}

export interface Filters {
  least: number;
  drug: string;
  due: string;
  ready: string;
  sort: string;
}

export type Readiness = BoardRow["readiness"]["state"];
export const READINESS: readonly Readiness[] = ["ready", "lacking", "without", "decided"];

export const readiness = (row: BoardRow): Readiness => row.readiness.state;

/** The request that may lift the chain of a row the most. */
export const bestGain = (row: BoardRow) => row.readiness.gains[0] ?? null;

const DAY = 86_400_000;

/** Whole days until a deadline; negative when overdue, null without one. */
export function daysLeft(deadline: string | null, now = Date.now()): number | null {
  return deadline ? Math.ceil((Date.parse(deadline) - now) / DAY) : null;
}

const strength = (row: BoardRow): number => row.chain?.strength ?? -1;
const lift = (row: BoardRow): number => {
  const gain = bestGain(row);
  return gain ? gain.then - gain.now : -1;
};

function fits(row: BoardRow, filters: Filters): boolean {
  if (filters.least > 0 && strength(row) < filters.least) return false;
  if (filters.drug && !row.seized.some((each) => each.substance === filters.drug)) return false;
  if (filters.ready && readiness(row) !== filters.ready) return false;
  const left = daysLeft(row.deadline);
  if (filters.due === "soon") return left !== null && left <= 7 && left >= 0;
  if (filters.due === "over") return left !== null && left < 0;
  return true;
}

/** When a case is due, for ordering; one without a deadline comes after all others. */
const dueOf = (row: BoardRow): number => (row.deadline ? Date.parse(row.deadline) : Infinity);

function order(sort: string): (a: BoardRow, b: BoardRow) => number {
  if (sort === "deadline") return (a, b) => dueOf(a) - dueOf(b) || a.case_no.localeCompare(b.case_no);
  if (sort === "ready")
    return (a, b) =>
      READINESS.indexOf(readiness(a)) - READINESS.indexOf(readiness(b)) ||
      dueOf(a) - dueOf(b) ||
      strength(b) - strength(a) ||
      a.case_no.localeCompare(b.case_no);
  if (sort === "gain") return (a, b) => lift(b) - lift(a) || a.case_no.localeCompare(b.case_no);
  if (sort === "new") return (a, b) => (b.opened_at ?? "").localeCompare(a.opened_at ?? "");
  return (a, b) => strength(b) - strength(a) || a.case_no.localeCompare(b.case_no);
}

/**
 * Groups in the order of the board: furthest and strongest first, the unlinked at the end. Where an order
 * was chosen, rows keep it: only neighbours stand together, so a gang may be drawn more than once.
 */
export function grouped(board: Board, filters: Filters): Group[] {
  const gangs = new Map(board.gangs.map((each) => [each.id, each]));
  const majors = new Map(board.majors.map((each) => [each.case_no, each]));
  const groups: Group[] = [];
  for (const row of board.rows.filter((each) => fits(each, filters)).sort(order(filters.sort))) {
    const linked = row.gang !== null || row.major !== null;
    const key = linked ? (row.gang ?? `case ${row.major}`) : "";
    let group = filters.sort ? groups.at(-1) : groups.find((each) => each.key === key);
    if (group?.key !== key) {
      group = { key, gang: gangs.get(row.gang ?? "") ?? null, major: null, rows: [], best: null };
      groups.push(group);
    }
    const major = majors.get(row.major ?? "");
    if (major && (!group.major || (group.best && strength(row) > strength(group.best)))) {
      group.major = major;
      group.best = row;
    }
    group.rows.push(row);
  }
  if (filters.sort) return groups;
  const place = (group: Group): number => (group.key === "" ? 2 : group.major ? 0 : 1);
  const first = (group: Group): number => (group.rows[0] ? strength(group.rows[0]) : -1);
  return groups.sort((a, b) => place(a) - place(b) || b.rows.length - a.rows.length || first(b) - first(a));
}

export function drugs(board: Board): string[] {
  return [...new Set(board.rows.flatMap((row) => row.seized.map((each) => each.substance ?? "")))]
    .filter(Boolean)
    .sort();
}
