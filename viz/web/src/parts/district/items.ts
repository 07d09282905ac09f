/** What the answers of all nouns of the district have in common, so that one page shows them all. */
import type { Judged } from "~/core/judging";
import type { Column } from "~/parts/tableRows";
import type { Verdict } from "~/parts/verdicts";
import type { Checked, Rule, Subject, TaskItem } from "~/generated/api";

export type Reason = TaskItem["reasons"][number];
export type { Rule, Subject };

/** A day with its year: dates of the district lie years back and ahead, so none is left out. */
export const wholeDay = (iso: string | null | undefined): string => iso?.slice(0, 10) ?? "—";

/** One item of any noun. */
export interface Item {
  id: string;
  rank: number | null;
  score: number;
  subjects: Subject[];
  reasons: Reason[];
  against: Reason[];
  missing: Reason[];
  review: TaskItem["review"];
  evidence: string[];
}

/** A list, or one item in its envelope. */
export type Answer<I extends Item> = Omit<Checked, "items"> & { items: I[] };

/** What one may ask a noun for besides day, period and unit. */
export interface Filter {
  /** The parameter of the service and of the address. */
  name: string;
  label: string;
  /** Free text. */
  text?: boolean;
  /** Choices of a list; absent for a tick or free text. */
  options?: readonly { value: string; label: string }[];
}

/** A judgement about an item: its kind in the ledger, what it is about, and the verdicts. */
export interface Deciding {
  kind: Judged["kind"];
  subjects: readonly string[];
  about: string;
  verdicts: readonly Verdict[];
}

export interface NounProps<I extends Item> {
  /** Name of the noun as the service has it: `tasks`. */
  noun: string;
  title: string;
  note: string;
  /** What to say while there is nothing: where the data come from. */
  none: string;
  /** What the period of the list is about: "首次期限". */
  periodOf?: string;
  columns: readonly Column<I>[];
  /** What the noun shows of one item between the reasons and the rows. */
  extras?: (item: I) => preact.ComponentChildren;
  /** What is decided about an item, where that is more than whether it is so. */
  decide?: (item: I) => Deciding;
  /** How the lead made of an item begins: "核查企业"; absent where nothing is handed over. */
  handOver?: string;
  /** True where what is left out are no items: only what is listed counts. */
  whole?: boolean;
  /** False where the extras tell the reasons already. */
  reasons?: boolean;
  /** In the head of the detail, behind the id. */
  heading?: (item: I) => preact.ComponentChildren;
  filters?: readonly Filter[];
  /** Above the table: plots, sums; `shown` is the list as answered. */
  above?: (shown: Answer<I>) => preact.ComponentChildren;
  /** More buttons of the page. */
  tools?: preact.ComponentChildren;
  /** False where items are no candidates: what nobody reviewed says nothing then. */
  candidates?: boolean;
  /** False where items have no subject worth a column. */
  subject?: boolean;
  item_id: string | undefined;
}
