/** A table: sorts, filters, chooses columns, copies and exports what it shows; many rows are drawn as far as they are seen. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { language, words, type Both } from "~/core/i18n";
import { keep, kept } from "~/core/prefs";
import { printing } from "~/core/printing";
import { param, setParams } from "~/core/router";
import { Export } from "./Export";
import { Icon } from "./Icon";
import { Menu } from "./Menu";

export interface Column<Row> {
  key: string;
  title: string;
  /** What is sorted by, filtered, copied and exported. */
  value: (row: Row) => string | number | null;
  cell?: (row: Row) => ComponentChildren;
  numeric?: boolean;
  width?: number;
  /** Takes what room the others leave, cut where it is longer. */
  rest?: boolean;
  /** Not shown until chosen. */
  hidden?: boolean;
}

interface TableProps<Row> {
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

const VIRTUAL_FROM = 150;
const AROUND = 12;

const w = words({
  filter: ["筛选", "Filter"],
  columns: ["列", "Columns"],
  copy: ["复制（Ctrl C）", "Copy (Ctrl C)"],
  of: (shown: number, all: number): Both => [`${shown} / ${all} 行`, `${shown} / ${all} rows`],
  none: ["当前筛选下没有结果。", "Nothing under this filter."],
  lift: ["取消筛选", "Lift the filter"],
  sort: (title: string): Both => [`按${title}排序`, `Sort by ${title}`],
});

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), language.peek() === "zh" ? "zh-CN" : "en", { numeric: true });
}

/** Rows in the order and under the filter of the address. */
function arranged<Row>(
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
  return found.sort((a, b) => turn * compare(column.value(a), column.value(b)));
}

/** A table other programs paste with every cell as text, so that long numbers stay whole. */
function asHtml(rows: readonly (readonly string[])[]): string {
  const safe = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const cells = (row: readonly string[]) =>
    row.map((each) => `<td style="mso-number-format:'\\@'">${safe(each)}</td>`).join("");
  return `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("")}</table>`;
}

function useWindow(count: number, height: number) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, tall: 600 });
  const virtual = count > VIRTUAL_FROM && !printing.value;
  useEffect(() => {
    const element = box.current;
    if (!element || !virtual) return;
    const look = () => setSeen({ top: element.scrollTop, tall: element.clientHeight });
    look();
    element.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [virtual]);
  if (!virtual) return { box, from: 0, until: count };
  const from = Math.max(0, Math.floor(seen.top / height) - AROUND);
  return { box, from, until: Math.min(count, Math.ceil((seen.top + seen.tall) / height) + AROUND) };
}

export function Table<Row>(props: TableProps<Row>) {
  const { name, columns, rows, rowHeight = 28 } = props;
  const sort = param(`${name}.sort`) ?? "";
  const filter = param(`${name}.filter`) ?? "";
  const [chosen, setChosen] = useState<readonly string[] | null>(
    () => kept(`columns.${name}`)?.split(",") ?? null,
  );
  const shown = columns.filter((each) => (chosen ? chosen.includes(each.key) : !each.hidden));
  const spoken = language.value;
  const ordered = useMemo(() => arranged(rows, columns, sort, filter), [rows, sort, filter, spoken]);
  const { box, from, until } = useWindow(ordered.length, rowHeight);
  const lines = (separator: string, cell: (text: string) => string): string =>
    [shown.map((each) => cell(each.title)).join(separator)]
      .concat(ordered.map((row) => shown.map((each) => cell(String(each.value(row) ?? ""))).join(separator)))
      .join("\r\n");
  const copy = (event: ClipboardEvent) => {
    if (getSelection()?.toString()) return; // the user marked a piece of text himself
    event.clipboardData?.setData(
      "text/plain",
      lines("\t", (text) => text.replace(/[\t\r\n]+/g, " ")),
    );
    event.clipboardData?.setData(
      "text/html",
      asHtml([
        shown.map((each) => each.title),
        ...ordered.map((row) => shown.map((each) => String(each.value(row) ?? ""))),
      ]),
    );
    event.preventDefault();
  };
  const choose = (key: string) => {
    const now = shown.map((each) => each.key);
    const next = now.includes(key) ? now.filter((each) => each !== key) : [...now, key];
    if (!next.length) return;
    setChosen(next);
    keep(`columns.${name}`, next.join(","));
  };
  return (
    <div class="table">
      {!props.bare && (
        <div class="tools">
          <input
            class="field"
            type="search"
            placeholder={w.filter}
            aria-label={w.filter}
            value={filter}
            onInput={(event) => setParams({ [`${name}.filter`]: event.currentTarget.value })}
          />
          {props.tools}
          <span class="of">{w.of(ordered.length, props.total ?? rows.length)}</span>
          <Menu label={w.columns} icon="columns-3" stay>
            {columns.map((each) => (
              <label key={each.key} class="item">
                <input type="checkbox" checked={shown.includes(each)} onChange={() => choose(each.key)} />
                {each.title}
              </label>
            ))}
          </Menu>
          <Export
            name={name}
            title={props.label}
            columns={shown.map((each) => each.title)}
            rows={() => ordered.map((row) => shown.map((each) => each.value(row)))}
          />
        </div>
      )}
      <div
        class="scroller"
        ref={box}
        tabIndex={0}
        onCopy={copy}
        title={w.copy}
        aria-label={props.label}
        role="region"
      >
        <table aria-rowcount={ordered.length}>
          <thead>
            <tr>
              {shown.map((each) => (
                <Head key={each.key} column={each} sort={sort} name={name} />
              ))}
            </tr>
          </thead>
          <tbody>
            {from > 0 && <Gap rows={from} height={rowHeight} columns={shown.length} />}
            {ordered.slice(from, until).map((row, at) => (
              <Line key={props.rowKey(row)} row={row} number={from + at} columns={shown} table={props} />
            ))}
            {until < ordered.length && (
              <Gap rows={ordered.length - until} height={rowHeight} columns={shown.length} />
            )}
          </tbody>
        </table>
        {rows.length > 0 && ordered.length === 0 && (
          <p class="empty">
            {w.none}{" "}
            <button type="button" class="button" onClick={() => setParams({ [`${name}.filter`]: null })}>
              {w.lift}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

function Head<Row>({ column, sort, name }: { column: Column<Row>; sort: string; name: string }) {
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
        title={w.sort(column.title)}
        onClick={() => setParams({ [`${name}.sort`]: next })}
      >
        {column.title}
        {(up || down) && <Icon name={up ? "chevron-up" : "chevron-down"} size={12} />}
      </button>
    </th>
  );
}

function Gap({ rows, height, columns }: { rows: number; height: number; columns: number }) {
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

function Line<Row>({ row, number, columns, table }: LineProps<Row>) {
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
