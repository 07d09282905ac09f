/** What a gang moves: seizures, months, supplies. */
import { day, period, shortCase, yuan } from "~/core/format";
import { to } from "~/core/router";
import type { GangPage, GangSeizure, InnerSupply, Month } from "~/generated/api";
import { PersonLink, RowRef } from "~/parts/marks";
import { Table } from "~/parts/Table";
import { rowsColumn, scoreColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";
import { w } from "./words";
import { names } from "./tables";

export function SeizuresTable({ page }: { page: GangPage }) {
  const name = names(page);
  const people = new Map(page.gang.members.map((each) => [each.person.id, each.person]));
  const columns: Column<GangSeizure>[] = [
    { key: "at", title: w.seizedAt, value: (row) => row.at, cell: (row) => day(row.at) },
    {
      key: "case",
      title: w.caseNo,
      value: (row) => row.case_no,
      cell: (row) => (row.case_no ? <a href={to`/cases/${row.case_no}`}>{shortCase(row.case_no)}</a> : "—"),
    },
    {
      key: "from",
      title: w.takenFrom,
      value: (row) => name(row.person),
      cell: (row) => {
        const person = people.get(row.person);
        return person ? <PersonLink person={person} /> : name(row.person);
      },
    },
    { key: "what", title: w.substance, value: (row) => row.substance },
    { key: "grams", title: w.netGrams, value: (row) => row.net_g, numeric: true },
    { key: "packets", title: w.packets, value: (row) => row.packets, numeric: true },
    rowsColumn(w.rows, w.rowsOf),
  ];
  return (
    <Table
      name="seizures"
      label={w.seizures}
      columns={columns}
      rows={page.seizures}
      rowKey={(row) => row.id}
    />
  );
}

/** Who dealt inside the gang in each month, who came, who was gone. */
export function MonthsTable({ page, months }: { page: GangPage; months: readonly Month[] }) {
  const name = names(page);
  const some = (ids: readonly string[]) => ids.map(name).join("、");
  const columns: Column<Month>[] = [
    { key: "month", title: w.month, value: (row) => row.month },
    {
      key: "active",
      title: w.active,
      value: (row) => row.active.length,
      numeric: true,
      cell: (row) => <span title={some(row.active)}>{row.active.length}</span>,
    },
    { key: "events", title: w.monthEvents, value: (row) => row.events, numeric: true },
    { key: "pairs", title: w.pairs, value: (row) => row.pairs, numeric: true },
    {
      key: "fen",
      title: w.monthPaid,
      value: (row) => row.fen / 100,
      numeric: true,
      cell: (row) => yuan(row.fen),
    },
    { key: "new", title: w.came, value: (row) => some(row.new) },
    { key: "left", title: w.gone, value: (row) => some(row.left) },
  ];
  return <Table name="months" label={w.months} columns={columns} rows={months} rowKey={(row) => row.month} />;
}

export function SuppliesTable({ page }: { page: GangPage }) {
  const name = names(page);
  const refs = (row: InnerSupply) => [...new Set(row.signals.flatMap((each) => each.evidence))];
  const people = new Map(page.gang.members.map((each) => [each.person.id, each.person]));
  const link = (id: string) => {
    const person = people.get(id);
    return person ? <PersonLink person={person} /> : name(id);
  };
  const columns: Column<InnerSupply>[] = [
    {
      key: "supplier",
      title: w.supplier,
      value: (row) => name(row.supplier),
      cell: (row) => link(row.supplier),
    },
    { key: "buyer", title: w.buyer, value: (row) => name(row.buyer), cell: (row) => link(row.buyer) },
    scoreColumn(w.strength),
    { key: "period", title: w.period, value: (row) => row.from, cell: (row) => period(row.from, row.to) },
    { key: "signals", title: w.signals, value: (row) => row.signals.length, numeric: true },
    {
      key: "rows",
      title: w.rows,
      value: (row) => refs(row).join(" "),
      cell: (row) => <RowRef refs={refs(row)} label={w.rowsOf(refs(row).length)} />,
    },
  ];
  return (
    <Table
      name="inside"
      label={w.supplies}
      columns={columns}
      rows={page.supplies}
      rowKey={(row) => `${row.supplier} ${row.buyer}`}
    />
  );
}
