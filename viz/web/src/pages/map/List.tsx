/** The events as a table. */
import { moment, yuan } from "~/core/format";
import { say } from "~/core/i18n";
import type { Happened, PlaceShown } from "~/generated/api";
import { rowsColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";
import { Table } from "~/parts/Table";
import { KINDS, w } from "./words";

interface ListProps {
  events: readonly Happened[];
  names: ReadonlyMap<string, string>;
  places: ReadonlyMap<string, PlaceShown>;
}

export function List({ events, names, places }: ListProps) {
  const where = (event: Happened): string =>
    (event.place ? places.get(event.place)?.caption : null) ??
    event.address ??
    event.other?.name ??
    event.other?.number ??
    "";
  const columns: Column<Happened>[] = [
    {
      key: "at",
      title: w.at,
      value: (event) => event.at,
      cell: (event) => <span class="keep">{moment(event.at)}</span>,
    },
    { key: "who", title: w.who, value: (event) => names.get(event.person) ?? event.person },
    { key: "what", title: w.what, value: (event) => say(KINDS[event.kind]) },
    { key: "where", title: w.where, value: where },
    {
      key: "amount",
      title: w.amount,
      value: (event) => (event.fen === null ? null : event.fen / 100),
      cell: (event) => (event.fen === null ? "—" : yuan(event.fen)),
      numeric: true,
    },
    rowsColumn(w.rows),
  ];
  return (
    <Table
      name="whereabouts"
      label={w.events}
      columns={columns}
      rows={events}
      rowKey={(event) => `${event.kind} ${event.id} ${event.person}`}
    />
  );
}
