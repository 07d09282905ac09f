/** The board as groups: rows that reach the same gang and case stand together, those that reach nothing come last. */
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
  sort: string;
  text: string;
}

const DAY = 86_400_000;

/** Whole days until a deadline; negative when overdue, null without one. */
export function daysLeft(deadline: string | null, now = Date.now()): number | null {
  return deadline ? Math.ceil((Date.parse(deadline) - now) / DAY) : null;
}

const strength = (row: BoardRow): number => row.chain?.strength ?? -1;

function fits(row: BoardRow, filters: Filters): boolean {
  if (filters.least > 0 && strength(row) < filters.least) return false;
  if (filters.drug && !row.seized.some((each) => each.substance === filters.drug)) return false;
  const left = daysLeft(row.deadline);
  if (filters.due === "soon") return left !== null && left <= 7 && left >= 0;
  if (filters.due === "over") return left !== null && left < 0;
  return true;
}

function order(sort: string): (a: BoardRow, b: BoardRow) => number {
  if (sort === "deadline") return (a, b) => (a.deadline ?? "9").localeCompare(b.deadline ?? "9");
  if (sort === "new") return (a, b) => (b.opened_at ?? "").localeCompare(a.opened_at ?? "");
  return (a, b) => strength(b) - strength(a) || a.case_no.localeCompare(b.case_no);
}

/** Groups in the order of the board: furthest and strongest first, the unlinked at the end. */
export function grouped(board: Board, filters: Filters): Group[] {
  const gangs = new Map(board.gangs.map((each) => [each.id, each]));
  const majors = new Map(board.majors.map((each) => [each.case_no, each]));
  const groups = new Map<string, Group>();
  for (const row of board.rows.filter((each) => fits(each, filters)).sort(order(filters.sort))) {
    const linked = row.gang !== null || row.major !== null;
    const key = linked ? (row.gang ?? `case ${row.major}`) : "";
    const group = groups.get(key) ?? { key, gang: gangs.get(row.gang ?? "") ?? null, major: null, rows: [], best: null };
    const major = majors.get(row.major ?? "");
    if (major && (!group.major || (group.best && strength(row) > strength(group.best)))) {
      group.major = major;
      group.best = row;
    }
    group.rows.push(row);
    groups.set(key, group);
  }
  const place = (group: Group): number => (group.key === "" ? 2 : group.major ? 0 : 1);
  const first = (group: Group): number => (group.rows[0] ? strength(group.rows[0]) : -1);
  return [...groups.values()].sort((a, b) => place(a) - place(b) || b.rows.length - a.rows.length || first(b) - first(a));
}

export function drugs(board: Board): string[] {
  return [...new Set(board.rows.flatMap((row) => row.seized.map((each) => each.substance ?? "")))].filter(Boolean).sort();
}
