/** Columns that many tables have: state, strength, rows of files. */
import { type Status, statusWord } from "~/core/legend";
import { RowRef, StatusChip, Strength } from "./marks";
import type { Column } from "./tableRows";

/** Candidate, confirmed or what else was decided. */
export const statusColumn = <Row extends { status: Status }>(title: string): Column<Row> => ({
  key: "status",
  title,
  value: (row) => statusWord(row.status),
  cell: (row) => <StatusChip status={row.status} />,
});

export const scoreColumn = <Row extends { score: number | null }>(title: string): Column<Row> => ({
  key: "score",
  title,
  value: (row) => row.score,
  cell: (row) => <Strength value={row.score} />,
});

/** The rows behind a line; `said` puts their number in words. */
export const rowsColumn = <Row extends { evidence: string[] }>(
  title: string,
  said?: (count: number) => string,
): Column<Row> => ({
  key: "rows",
  title,
  value: (row) => row.evidence.join(" "),
  cell: (row) => <RowRef refs={row.evidence} label={said?.(row.evidence.length)} />,
});
