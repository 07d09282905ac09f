/** Tools of a list that is no table: filter by text, order, take away as CSV. */
import { download, escapeCsv } from "~/core/format";
import { words } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { Icon } from "./Icon";

const w = words({
  filter: ["筛选", "Filter"],
  order: ["排序", "Order"],
  export: ["导出", "Export"],
});

export interface Order<Row> {
  id: string;
  label: string;
  /** Negative where a comes first; absent for the order the service gave. */
  compare?: (a: Row, b: Row) => number;
}

interface ToolsProps<Row> {
  /** Names the list in the address and the file. */
  name: string;
  orders: readonly Order<Row>[];
  rows: readonly Row[];
  head: readonly string[];
  line: (row: Row) => readonly (string | number | null)[];
}

/** Rows under the filter and in the order of the address. */
export function listed<Row>(name: string, rows: readonly Row[], orders: readonly Order<Row>[], text: (row: Row) => string): Row[] {
  const wanted = (param(`${name}.filter`) ?? "").trim().toLowerCase();
  const found = wanted ? rows.filter((row) => text(row).toLowerCase().includes(wanted)) : [...rows];
  const order = orders.find((each) => each.id === param(`${name}.order`));
  return order?.compare ? found.sort(order.compare) : found;
}

export function ListTools<Row>({ name, orders, rows, head, line }: ToolsProps<Row>) {
  const save = () => download(`${name}.csv`, [head, ...rows.map(line)].map((cells) => cells.map((cell) => escapeCsv(String(cell ?? ""))).join(",")).join("\r\n"));
  return (
    <div class="list-tools">
      <input class="field" type="search" placeholder={w.filter} aria-label={w.filter} value={param(`${name}.filter`) ?? ""} onInput={(event) => setParams({ [`${name}.filter`]: event.currentTarget.value || null })} />
      <select class="field" aria-label={w.order} value={param(`${name}.order`) ?? orders[0]?.id} onChange={(event) => setParams({ [`${name}.order`]: event.currentTarget.value === orders[0]?.id ? null : event.currentTarget.value })}>
        {orders.map((each) => <option key={each.id} value={each.id}>{each.label}</option>)}
      </select>
      <button type="button" class="button icon" aria-label={w.export} title={w.export} onClick={save}>
        <Icon name="download" size={16} />
      </button>
    </div>
  );
}
