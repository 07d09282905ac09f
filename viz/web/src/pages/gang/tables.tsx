/** Tables of the gang page: members, centralities, supplies inside. */
import { day, knownAs, nameOf, NOBODY, period, shortCase, yuan } from "~/core/format";
import { param, setParams, to } from "~/core/router";
import type { GangPage, GangPayer, GangSeizure, InnerSupply, Member, Month } from "~/generated/api";
import { PersonLink, RoleGlyph, roleWord, RowRef, StatusChip, statusWord, Strength } from "~/parts/marks";
import { Table, type Column } from "~/parts/Table";
import { bodies, type Measures } from "./model";
import { quadrant, reasonsText, w } from "./words";

function names(page: GangPage): (id: string) => string {
  const people = new Map(page.gang.members.map((each) => [each.person.id, each.person]));
  return (id) => {
    const person = people.get(id);
    return person ? knownAs(person) : nameOf(NOBODY);
  };
}

export function MembersTable({ page }: { page: GangPage }) {
  const body = bodies(page);
  const rowsOf = (member: Member) => body.get(member.person.id)?.evidence ?? [];
  const name = names(page);
  const columns: Column<Member>[] = [
    {
      key: "role",
      title: w.role,
      value: (row) => roleWord(row.role),
      cell: (row) => <RoleGlyph role={row.role} holderUnknown={!row.person.name} />,
    },
    {
      key: "name",
      title: w.name,
      value: (row) => nameOf(row.person),
      cell: (row) => <PersonLink person={row.person} />,
    },
    {
      key: "score",
      title: w.strength,
      value: (row) => row.score,
      cell: (row) => <Strength value={row.score} />,
    },
    {
      key: "why",
      title: w.why,
      value: (row) => reasonsText(row.reasons, name),
      cell: (row) => <span title={reasonsText(row.reasons, name)}>{reasonsText(row.reasons, name)}</span>,
      rest: true,
    },
    {
      key: "status",
      title: w.state,
      value: (row) => statusWord(row.status),
      cell: (row) => <StatusChip status={row.status} />,
    },
    {
      key: "rows",
      title: w.rows,
      value: (row) => rowsOf(row).join(" "),
      cell: (row) => <RowRef refs={rowsOf(row)} label={w.rowsOf(rowsOf(row).length)} />,
    },
  ];
  const choose = (row: Member) => setParams({ member: row.person.id, decide: "member" });
  return (
    <Table
      name="members"
      label={w.members}
      columns={columns}
      rows={page.gang.members}
      rowKey={(row) => row.person.id}
      selected={param("member")}
      onSelect={choose}
    />
  );
}

/** Who pays the gang's sellers like a buyer and stands on no record: told apart from the members. */
export function PayersTable({ page }: { page: GangPage }) {
  const name = names(page);
  const columns: Column<GangPayer>[] = [
    {
      key: "name",
      title: w.name,
      value: (row) => nameOf(row.person),
      cell: (row) => <PersonLink person={row.person} />,
    },
    { key: "seller", title: w.paysMost, value: (row) => name(row.seller) },
    {
      key: "score",
      title: w.strength,
      value: (row) => row.score,
      cell: (row) => <Strength value={row.score} />,
    },
    {
      key: "rows",
      title: w.rows,
      value: (row) => row.evidence.join(" "),
      cell: (row) => <RowRef refs={row.evidence} label={w.rowsOf(row.evidence.length)} />,
    },
  ];
  return (
    <Table
      name="payers"
      label={w.payers}
      columns={columns}
      rows={page.payers}
      rowKey={(row) => row.person.id}
    />
  );
}

export function MeasuresTable({ page }: { page: GangPage }) {
  const body = bodies(page);
  const of = (row: Member): Measures | null => body.get(row.person.id)?.centrality ?? null;
  const number = (key: keyof Omit<Measures, "quadrant">, title: string): Column<Member> => ({
    key,
    title,
    numeric: true,
    value: (row) => of(row)?.[key] ?? null,
    cell: (row) => {
      const value = of(row)?.[key];
      return value === undefined ? "—" : Number(value.toFixed(2));
    },
  });
  const columns: Column<Member>[] = [
    {
      key: "name",
      title: w.name,
      value: (row) => nameOf(row.person),
      cell: (row) => <PersonLink person={row.person} />,
    },
    number("degree", w.degree),
    number("strength", w.ties),
    number("betweenness", w.between),
    number("closeness", w.close),
    number("eigenvector", w.eigen),
    number("reach_down", w.reach),
    {
      key: "place",
      title: w.place,
      value: (row) => {
        const found = of(row);
        return found ? quadrant(found.quadrant) : null;
      },
    },
  ];
  return (
    <Table
      name="measures"
      label={w.measures}
      columns={columns}
      rows={page.gang.members.filter((row) => of(row))}
      rowKey={(row) => row.person.id}
    />
  );
}

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
    {
      key: "rows",
      title: w.rows,
      value: (row) => row.evidence.join(" "),
      cell: (row) => <RowRef refs={row.evidence} label={w.rowsOf(row.evidence.length)} />,
    },
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
    {
      key: "score",
      title: w.strength,
      value: (row) => row.score,
      cell: (row) => <Strength value={row.score} />,
    },
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
