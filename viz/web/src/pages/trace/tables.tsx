/** A trace as tables: flows, payments, and sums that were split, gathered or came back. */
import { moment, money } from "~/core/format";
import type { FlowShown, Ordered, TransferReached, TransferShown } from "~/generated/api";
import { ObjectLink } from "~/parts/objects";
import { PersonLink, RowRef } from "~/parts/marks";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import type { Parties } from "./parties";
import { type Shape, shapesOf } from "./shapes";
import { w } from "./words";

/** A party as a link: himself, or the account with its holder. */
export function Party({ party, parties }: { party: string; parties: Parties }) {
  const person = parties.person(party);
  const account = party.includes(":");
  return (
    <>
      {person && <PersonLink person={person} />} {account && <ObjectLink reference={party} />}
      {!person && !account && parties.text(party)}
    </>
  );
}

export const flowKey = (each: FlowShown): string =>
  `${each.layer}|${each.from}|${each.to}|${each.currency ?? ""}`;

const refs = (events: readonly TransferShown[]): string[] => [
  ...new Set(events.flatMap((each) => each.evidence)),
];

interface FlowsProps {
  found: Ordered;
  parties: Parties;
  chosen: string | null;
  onChoose: (flow: FlowShown) => void;
}

export function FlowsTable({ found, parties, chosen, onChoose }: FlowsProps) {
  const columns: Column<FlowShown>[] = [
    { key: "layer", title: w.layer, value: (each) => each.layer, numeric: true, width: 50 },
    {
      key: "from",
      title: w.payer,
      value: (each) => parties.text(each.from),
      cell: (each) => <Party party={each.from} parties={parties} />,
    },
    {
      key: "to",
      title: w.payee,
      value: (each) => parties.text(each.to),
      cell: (each) => <Party party={each.to} parties={parties} />,
    },
    { key: "count", title: w.count, value: (each) => each.payments, numeric: true },
    {
      key: "sum",
      title: w.sum,
      value: (each) => each.fen / 100,
      cell: (each) => money(each.fen, each.currency),
      numeric: true,
    },
    {
      key: "cash",
      title: w.cash,
      value: (each) => each.cash_fen / 100,
      cell: (each) => (each.cash_fen ? money(each.cash_fen, each.currency) : "—"),
      numeric: true,
    },
    { key: "first", title: w.first, value: (each) => moment(each.first) },
    { key: "last", title: w.last, value: (each) => moment(each.last) },
    {
      key: "source",
      title: w.source,
      value: (each) => each.evidence.join(" "),
      cell: (each) => <RowRef refs={each.evidence} label={w.rows(each.evidence.length)} />,
    },
  ];
  return (
    <Table
      name="flows"
      label={w.flows}
      columns={columns}
      rows={found.flows}
      total={found.flows_total}
      rowKey={flowKey}
      selected={chosen}
      onSelect={onChoose}
    />
  );
}

export function PaymentsTable({ found, parties }: { found: Ordered; parties: Parties }) {
  const columns: Column<TransferReached>[] = [
    { key: "layer", title: w.layer, value: (each) => each.layer, numeric: true, width: 50 },
    { key: "at", title: w.at, value: (each) => each.at, cell: (each) => moment(each.at) },
    {
      key: "from",
      title: w.payer,
      value: (each) => parties.text(each.from),
      cell: (each) => <Party party={each.from} parties={parties} />,
    },
    {
      key: "from_account",
      title: w.payerAccount,
      value: (each) => each.from_account.replace(/^\w+:(\w+:)?/, ""),
      cell: (each) => <ObjectLink reference={each.from_account} />,
    },
    {
      key: "to",
      title: w.payee,
      value: (each) => parties.text(each.to),
      cell: (each) => <Party party={each.to} parties={parties} />,
    },
    {
      key: "to_account",
      title: w.payeeAccount,
      value: (each) => each.to_account.replace(/^\w+:(\w+:)?/, ""),
      cell: (each) => <ObjectLink reference={each.to_account} />,
    },
    {
      key: "sum",
      title: w.sum,
      value: (each) => each.fen / 100,
      cell: (each) => money(each.fen, each.currency),
      numeric: true,
    },
    { key: "cash", title: w.cashWord, value: (each) => (each.cash ? w.cashWord : null) },
    { key: "memo", title: w.memo, value: (each) => each.memo, rest: true },
    {
      key: "source",
      title: w.source,
      value: (each) => each.evidence.join(" "),
      cell: (each) => <RowRef refs={each.evidence} label={w.rows(each.evidence.length)} />,
    },
  ];
  const rows = found.events.map((each, at) => ({ ...each, at_row: at }));
  return (
    <Table
      name="payments"
      label={w.payments}
      columns={columns}
      rows={rows}
      total={found.layers.reduce((sum, each) => sum + each.events, 0)}
      rowKey={(each) => String((each as TransferReached & { at_row: number }).at_row)}
    />
  );
}

export function ShapesTable({ found, parties }: { found: Ordered; parties: Parties }) {
  const columns: Column<Shape>[] = [
    { key: "what", title: w.what, value: (each) => each.what },
    {
      key: "party",
      title: w.party,
      value: (each) => parties.text(each.party),
      cell: (each) => <Party party={each.party} parties={parties} />,
    },
    {
      key: "sum",
      title: w.sum,
      value: (each) => each.whole.fen / 100,
      cell: (each) => money(each.whole.fen, each.whole.currency),
      numeric: true,
    },
    { key: "at", title: w.at, value: (each) => each.whole.at, cell: (each) => moment(each.whole.at) },
    { key: "n", title: w.count, value: (each) => each.parts.length, numeric: true },
    {
      key: "share",
      title: w.share,
      value: (each) => each.share,
      cell: (each) => (each.share === null ? "—" : `${Math.round(each.share * 100)}%`),
      numeric: true,
    },
    {
      key: "source",
      title: w.source,
      value: (each) => refs([each.whole, ...each.parts]).join(" "),
      cell: (each) => {
        const rows = refs([each.whole, ...each.parts]);
        return <RowRef refs={rows} label={w.rows(rows.length)} />;
      },
    },
  ];
  return (
    <Table
      name="shapes"
      label={w.shapes}
      columns={columns}
      rows={shapesOf(found)}
      rowKey={(each) => each.key}
    />
  );
}
