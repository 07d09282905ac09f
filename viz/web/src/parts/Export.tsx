/** A table as it is shown, as a file the service makes and records: workbook or CSV. */
import { useState } from "preact/hooks";
import { type ApiError, asApiError, takeAway } from "~/core/api";
import { language, words } from "~/core/i18n";
import { Menu, MenuItem } from "./Menu";
import { Failed } from "./states";

const w = words({
  export: ["导出", "Export"],
  xlsx: ["Excel 工作簿（XLSX）", "Excel workbook (XLSX)"],
  csv: ["CSV 文本", "CSV text"],
});

export type Cell = string | number | null;

interface ExportProps {
  /** Names the file: letters, digits, dots, hyphens. */
  name: string;
  title: string;
  columns: readonly string[];
  /** Made when it is asked for. */
  rows: () => readonly (readonly Cell[])[];
  bare?: boolean;
}

export function Export({ name, title, columns, rows, bare = false }: ExportProps) {
  const [error, setError] = useState<ApiError | null>(null);
  const take = (format: "xlsx" | "csv") => {
    setError(null);
    const body = {
      format,
      language: language.peek(),
      name,
      title: title.slice(0, 200),
      columns: columns.map((each) => each.slice(0, 200)),
      rows: rows().map((row) => row.map(fit)),
    };
    takeAway("/tables", { body }).catch((failed: unknown) => setError(asApiError(failed)));
  };
  return (
    <>
      <Menu label={bare ? "" : w.export} title={w.export} icon="download">
        <MenuItem onClick={() => take("xlsx")}>{w.xlsx}</MenuItem>
        <MenuItem onClick={() => take("csv")}>{w.csv}</MenuItem>
      </Menu>
      {error && <Failed error={error} />}
    </>
  );
}

const fit = (cell: Cell): Cell =>
  typeof cell === "string"
    ? cell.slice(0, 4000)
    : typeof cell === "number" && !Number.isFinite(cell)
      ? null
      : cell;
