import { describe, expect, it } from "vitest";
import type { Board, BoardRow, Chain } from "~/generated/api";
import { daysLeft, type Filters, grouped } from "~/pages/board/model";

const ALL: Filters = { least: 0, drug: "", due: "", ready: "", sort: "" };
const CHAIN = { status: "candidate", strength: 0.5, weakest: 0, ask_for: [] } as unknown as Chain;

const row = (case_no: string, more: Partial<BoardRow> = {}): BoardRow =>
  ({
    case_no,
    deadline: null,
    opened_at: null,
    seized: [],
    chain: null,
    gang: null,
    major: null,
    ...more,
  }) as BoardRow;
const board = (...rows: BoardRow[]): Board =>
  ({ rows, gangs: [{ id: "G1" }], majors: [{ case_no: "M1" }] }) as unknown as Board;
const order = (filters: Partial<Filters>, ...rows: BoardRow[]): string[] =>
  grouped(board(...rows), { ...ALL, ...filters }).flatMap((group) => group.rows.map((each) => each.case_no));

describe("order by deadline", () => {
  it("puts cases without one after all others", () => {
    // Trap: a case nobody has to hurry with stands above one that is due today.
    const rows = [row("A"), row("B", { deadline: "2026-02-01" }), row("C", { deadline: "2026-01-01" })];
    expect(order({ sort: "deadline" }, ...rows)).toEqual(["C", "B", "A"]);
  });
  it("keeps the order where a gang would pull cases together", () => {
    // Trap: the case due last stands second because its gang stands first.
    const rows = [
      row("A", { deadline: "2026-01-01", gang: "G1" }),
      row("B", { deadline: "2026-01-02" }),
      row("C", { deadline: "2026-01-03", gang: "G1" }),
    ];
    expect(order({ sort: "deadline" }, ...rows)).toEqual(["A", "B", "C"]);
  });
  it("orders one day by case number, the same every time", () => {
    // Trap: rows that change places with every look.
    const due = { deadline: "2026-01-01" };
    expect(order({ sort: "deadline" }, row("B", due), row("A", due))).toEqual(["A", "B"]);
  });
});

describe("deadlines", () => {
  it("counts whole days, also those that are over", () => {
    // Trap: a case due this evening shown as overdue.
    const now = Date.parse("2026-01-10T09:00:00+08:00");
    const left = (deadline: string | null) => daysLeft(deadline, now);
    expect([left("2026-01-10T18:00:00+08:00"), left("2026-01-12T09:00:00+08:00"), left(null)]).toEqual([
      1,
      2,
      null,
    ]);
    expect(left("2026-01-08T09:00:00+08:00")).toBe(-2);
  });
  it("tells soon from over", () => {
    // Trap: the filter for what is due soon shows what was missed months ago.
    const over = row("A", { deadline: "2020-01-01" });
    expect([order({ due: "soon" }, over), order({ due: "over" }, over)]).toEqual([[], ["A"]]);
  });
});

describe("groups", () => {
  it("puts what reaches a case first and what reaches nothing last", () => {
    // Trap: the strongest chain hidden below a page of cases without one.
    const strong = { ...CHAIN, strength: 0.9 } as Chain;
    const rows = [row("A"), row("B", { gang: "G1", chain: CHAIN }), row("C", { major: "M1", chain: strong })];
    expect(order({}, ...rows)).toEqual(["C", "B", "A"]);
  });
  it("filters by strength, and a case without a chain has none", () => {
    // Trap: cases without a chain pass every filter.
    expect(order({ least: 0.3 }, row("A"), row("B", { chain: CHAIN }))).toEqual(["B"]);
  });
});

it("puts what can be decided first, and of that what is due first", () => {
  // Trap: a case with two days left below one with thirty, because its chain is weaker.
  const state = (which: BoardRow["readiness"]["state"], due: string | null = null) => ({
    readiness: { state: which, speaks_for: [], speaks_against: [], gains: [] },
    deadline: due,
  });
  const rows = [
    row("A", state("without", "2026-01-01")),
    row("B", state("ready", "2026-01-30")),
    row("C", { ...state("ready", "2026-01-03"), chain: CHAIN }),
    row("D", state("lacking", "2026-01-02")),
  ];
  expect(order({ sort: "ready" }, ...rows)).toEqual(["C", "B", "D", "A"]);
  expect(order({ ready: "lacking" }, ...rows)).toEqual(["D"]);
});
