/** Rows of a table: their order and filter, and the text they are copied as. */
import type { ComponentChildren } from "preact";
import type { Term } from "~/core/glossary";
import { language } from "~/core/i18n";

export interface Column<Row> {
  key: string;
  title: string;
  /** The entry of the glossary that explains the column. */
  hint?: Term;
  /** What is sorted by, filtered, copied and exported. */
  value: (row: Row) => string | number | null | undefined;
  cell?: (row: Row) => ComponentChildren;
  numeric?: boolean;
  width?: number;
  /** Takes what room the others leave, cut where it is longer. */
  rest?: boolean;
  /** Not shown until chosen. */
  hidden?: boolean;
}

export interface TableProps<Row> {
  /** Names the table in the address and in what is kept. */
  name: string;
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** How many there are in all, where more than `rows`. */
  total?: number;
  selected?: string | null;
  onSelect?: (row: Row) => void;
  onOpen?: (row: Row) => void;
  rowHeight?: number;
  tools?: ComponentChildren;
  bare?: boolean;
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), language.peek() === "zh" ? "zh-CN" : "en", { numeric: true });
}

/** Rows in the order and under the filter of the address. */
export function arranged<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: string,
  filter: string,
): Row[] {
  const wanted = filter.trim().toLowerCase();
  const found = wanted
    ? rows.filter((row) =>
        columns.some((each) =>
          String(each.value(row) ?? "")
            .toLowerCase()
            .includes(wanted),
        ),
      )
    : [...rows];
  const column = columns.find((each) => each.key === sort.replace("-", ""));
  if (!column) return found;
  const turn = sort.startsWith("-") ? -1 : 1;
  return found.sort((a, b) => turn * compare(column.value(a) ?? null, column.value(b) ?? null));
}

/** Headings and rows as texts. */
export const asTexts = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[][] => [
  columns.map((each) => each.title),
  ...rows.map((row) => columns.map((each) => String(each.value(row) ?? ""))),
];

/** Lines of cells between tabs; what would break a cell or a line is a space. */
export const asTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((text) => text.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\r\n");

/** A table other programs paste with every cell as text, so that long numbers stay whole. */
export function asHtml(rows: readonly (readonly string[])[]): string {
  const safe = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const cells = (row: readonly string[]) =>
    row.map((each) => `<td style="mso-number-format:'\\@'">${safe(each)}</td>`).join("");
  return `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("")}</table>`;
}
