/** Who supplies a person and whom he supplies, with the signals and rows behind it. */
import { useAsk } from "~/core/ask";
import { nameOf, period, signed } from "~/core/format";
import { language } from "~/core/i18n";
import type { PersonPage, SupplyEdge } from "~/generated/api";
import { PersonLink, RowRef } from "~/parts/marks";
import { Table } from "~/parts/Table";
import { scoreColumn, statusColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";
import { MonthBars, monthAxis, monthText } from "./MonthBars";
import { w } from "./words";

export function Supplies({ page }: { page: PersonPage }) {
  const up = page.supplies.filter((each) => each.buyer.id === page.person.id);
  const down = page.supplies.filter((each) => each.supplier.id === page.person.id);
  return (
    <>
      <section>
        <h2>
          {w.suppliers} {up.length}
        </h2>
        {up.length ? (
          <Sides name="up" rows={up} other={(row) => row.supplier} />
        ) : (
          <p class="t2">{w.noSuppliers}</p>
        )}
      </section>
      <section>
        <h2>
          {w.buyers} {down.length}
        </h2>
        {down.length ? (
          <Sides name="down" rows={down} other={(row) => row.buyer} />
        ) : (
          <p class="t2">{w.noBuyers}</p>
        )}
      </section>
    </>
  );
}

function Sides({
  name,
  rows,
  other,
}: {
  name: "up" | "down";
  rows: readonly SupplyEdge[];
  other: (row: SupplyEdge) => SupplyEdge["buyer"];
}) {
  const said = useAsk("/signals", {}).answer?.signals ?? [];
  const word = (code: string) => {
    const found = said.find((each) => each.name === code);
    return found ? (language.value === "zh" ? found.zh : found.en) : code;
  };
  const refs = (row: SupplyEdge) => [...new Set(row.signals.flatMap((each) => each.evidence))];
  const signals = (row: SupplyEdge) =>
    [...row.signals]
      .sort((a, b) => b.weight - a.weight)
      .map((each) => `${word(each.name)} ${signed(each.weight)}`)
      .join("; ");
  const axis = monthAxis(rows.map((row) => row.months));
  const columns: Column<SupplyEdge>[] = [
    {
      key: "person",
      title: w.person,
      value: (row) => nameOf(other(row)),
      cell: (row) => <PersonLink person={other(row)} />,
    },
    scoreColumn(w.strength),
    statusColumn(w.state),
    { key: "period", title: w.period, value: (row) => row.from, cell: (row) => period(row.from, row.to) },
    {
      key: "months",
      title: w.byMonth,
      value: (row) => monthText(row.months),
      cell: (row) => <MonthBars months={row.months} axis={axis} />,
    },
    { key: "signals", title: w.signals, value: signals, rest: true },
    {
      key: "rows",
      title: w.source,
      value: (row) => refs(row).join(" "),
      cell: (row) => <RowRef refs={refs(row)} label={w.rowsOf(refs(row).length)} />,
    },
  ];
  return (
    <Table
      name={name}
      label={name === "up" ? w.suppliers : w.buyers}
      columns={columns}
      rows={rows}
      rowKey={(row) => other(row).id}
    />
  );
}
