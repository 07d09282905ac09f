/** Tools of a list that is no table: filter by text, order, take away as CSV. */
import { words } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { Export } from "./Export";

const w = words({
  filter: ["筛选", "Filter"],
  order: ["排序", "Order"],
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
  /** What it is called in the file. */
  title: string;
  orders: readonly Order<Row>[];
  rows: readonly Row[];
  head: readonly string[];
  line: (row: Row) => readonly (string | number | null)[];
}

/** Rows under the filter and in the order of the address. */
export function listed<Row>(
  name: string,
  rows: readonly Row[],
  orders: readonly Order<Row>[],
  text: (row: Row) => string,
): Row[] {
  const wanted = (param(`${name}.filter`) ?? "").trim().toLowerCase();
  const found = wanted ? rows.filter((row) => text(row).toLowerCase().includes(wanted)) : [...rows];
  const order = orders.find((each) => each.id === param(`${name}.order`));
  return order?.compare ? found.sort(order.compare) : found;
}

export function ListTools<Row>({ name, title, orders, rows, head, line }: ToolsProps<Row>) {
  return (
    <div class="list-tools">
      <input
        class="field"
        type="search"
        placeholder={w.filter}
        aria-label={w.filter}
        value={param(`${name}.filter`) ?? ""}
        onInput={(event) => setParams({ [`${name}.filter`]: event.currentTarget.value || null })}
      />
      <select
        class="field"
        aria-label={w.order}
        value={param(`${name}.order`) ?? orders[0]?.id}
        onChange={(event) =>
          setParams({
            [`${name}.order`]: event.currentTarget.value === orders[0]?.id ? null : event.currentTarget.value,
          })
        }
      >
        {orders.map((each) => (
          <option key={each.id} value={each.id}>
            {each.label}
          </option>
        ))}
      </select>
      <Export bare name={name} title={title} columns={head} rows={() => rows.map(line)} />
    </div>
  );
}
