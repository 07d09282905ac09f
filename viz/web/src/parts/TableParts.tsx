/** Heading, row and gap of a table. */
import { meaningOf } from "~/core/glossary";
import { type Both, words } from "~/core/i18n";
import { setParams } from "~/core/router";
import { Icon } from "./Icon";
import type { Column } from "./tableRows";
import type { TableProps } from "./tableRows";

const w = words({
  sort: (title: string): Both => [`按${title}排序`, `Sort by ${title}`],
});

export function Head<Row>({ column, sort, name }: { column: Column<Row>; sort: string; name: string }) {
  const up = sort === column.key;
  const down = sort === `-${column.key}`;
  const next = up ? `-${column.key}` : down ? null : column.key;
  return (
    <th
      scope="col"
      class={column.numeric ? "num" : ""}
      style={column.width ? { width: `${column.width}px` } : undefined}
      aria-sort={up ? "ascending" : down ? "descending" : "none"}
    >
      <button
        type="button"
        title={[column.hint && meaningOf(column.hint), w.sort(column.title)].filter(Boolean).join("\n")}
        class={column.hint ? "explained" : undefined}
        onClick={() => setParams({ [`${name}.sort`]: next })}
      >
        {column.title}
        {(up || down) && <Icon name={up ? "chevron-up" : "chevron-down"} size={12} />}
      </button>
    </th>
  );
}

export function Gap({ rows, height, columns }: { rows: number; height: number; columns: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: `${rows * height}px`, padding: 0, border: 0 }} />
    </tr>
  );
}

interface LineProps<Row> {
  row: Row;
  number: number;
  columns: readonly Column<Row>[];
  table: TableProps<Row>;
}

export function Line<Row>({ row, number, columns, table }: LineProps<Row>) {
  const key = table.rowKey(row);
  const chooses = table.onSelect ?? table.onOpen;
  return (
    <tr
      aria-rowindex={number + 1}
      aria-selected={table.onSelect ? table.selected === key : undefined}
      class={chooses ? "choose" : ""}
      style={table.rowHeight ? { height: `${table.rowHeight}px` } : undefined}
      tabIndex={chooses ? 0 : undefined}
      onClick={() => chooses?.(row)}
      onDblClick={() => table.onOpen?.(row)}
      onKeyDown={(event) =>
        event.key === "Enter" &&
        event.target === event.currentTarget &&
        (table.onOpen ?? table.onSelect)?.(row)
      }
    >
      {columns.map((each) => (
        <td key={each.key} class={each.numeric ? "num" : each.rest ? "rest" : ""}>
          {each.cell ? each.cell(row) : (each.value(row) ?? "—")}
        </td>
      ))}
    </tr>
  );
}
