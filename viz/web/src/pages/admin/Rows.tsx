/** A short table of what is in force. */
import type { DictionaryRow } from "~/generated/api";
import { Chip } from "~/parts/marks";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { w } from "./words";

/** Rows of a dictionary as a table; empty columns stay hidden. */
export function Rows({
  name,
  label,
  rows,
  columns,
  onRemove,
}: {
  name: string;
  label: string;
  rows: readonly DictionaryRow[];
  columns: readonly string[];
  onRemove?: (id: string) => void;
}) {
  const used = columns.filter((column) => column !== "id" && rows.some((row) => row.cells[column]));
  const shown: Column<DictionaryRow>[] = [
    { key: "id", title: "id", value: (row) => row.cells.id ?? "" },
    ...used.map((column) => ({
      key: column,
      title: column,
      value: (row: DictionaryRow) => row.cells[column] ?? "",
    })),
    {
      key: "own",
      title: w.from,
      value: (row) => (row.own ? w.own : w.shipped),
      cell: (row) => (
        <span class="row">
          <Chip kind={row.own ? "info" : "plain"}>{row.own ? w.own : w.shipped}</Chip>
          {row.own && onRemove && (
            <button type="button" class="link" onClick={() => onRemove(row.cells.id ?? "")}>
              {w.remove}
            </button>
          )}
        </span>
      ),
    },
  ];
  return <Table name={name} label={label} columns={shown} rows={rows} rowKey={(row) => row.cells.id ?? ""} />;
}
