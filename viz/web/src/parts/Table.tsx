/**
 * A table: sorts, filters, chooses columns, copies and exports what it shows; many rows are drawn as far as
 * they are seen.
 */
import { useMemo, useState } from "preact/hooks";
import { language, words, type Both } from "~/core/i18n";
import { keep, kept } from "~/core/prefs";
import { param, setParams } from "~/core/router";
import { Export } from "./Export";
import { Menu } from "./Menu";
import { arranged, asHtml, asTexts, asTsv, type Column, type TableProps } from "./tableRows";
import { Gap, Head, Line } from "./TableParts";
import { useWindow } from "./useWindow";

const w = words({
  filter: ["筛选", "Filter"],
  columns: ["列", "Columns"],
  copy: ["复制（Ctrl C）", "Copy (Ctrl C)"],
  of: (shown: number, all: number): Both => [`${shown} / ${all} 行`, `${shown} / ${all} rows`],
  none: ["当前筛选下没有结果。", "No result under this filter."],
  lift: ["取消筛选", "Clear the filter"],
});

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
  const copy = (event: ClipboardEvent) => {
    if (getSelection()?.toString()) return; // the user marked a piece of text himself
    const cells = asTexts(ordered, shown);
    event.clipboardData?.setData("text/plain", asTsv(cells));
    event.clipboardData?.setData("text/html", asHtml(cells));
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
        <Tools table={props} filter={filter} ordered={ordered} shown={shown} onChoose={choose} />
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

interface ToolsProps<Row> {
  table: TableProps<Row>;
  filter: string;
  ordered: readonly Row[];
  shown: readonly Column<Row>[];
  onChoose: (column: string) => void;
}

/** Above the table: filter, how many rows, which columns, export. */
function Tools<Row>({ table, filter, ordered, shown, onChoose }: ToolsProps<Row>) {
  return (
    <div class="tools">
      <input
        class="field"
        type="search"
        placeholder={w.filter}
        aria-label={w.filter}
        value={filter}
        onInput={(event) => setParams({ [`${table.name}.filter`]: event.currentTarget.value })}
      />
      {table.tools}
      <span class="of">{w.of(ordered.length, table.total ?? table.rows.length)}</span>
      <Menu label={w.columns} icon="columns-3" stay>
        {table.columns.map((each) => (
          <label key={each.key} class="item">
            <input type="checkbox" checked={shown.includes(each)} onChange={() => onChoose(each.key)} />
            {each.title}
          </label>
        ))}
      </Menu>
      <Export
        name={table.name}
        title={table.label}
        columns={shown.map((each) => each.title)}
        rows={() => ordered.map((row) => shown.map((each) => each.value(row) ?? null))}
      />
    </div>
  );
}
