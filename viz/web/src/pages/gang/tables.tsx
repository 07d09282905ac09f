/** Tables of the gang page: members, centralities, supplies inside. */
import { knownBy, nameOf, period } from "~/core/format";
import type { GangPage, InnerSupply, Member } from "~/generated/api";
import { PersonLink, RoleGlyph, roleWord, RowRef, StatusChip, statusWord, Strength } from "~/parts/marks";
import { Table, type Column } from "~/parts/Table";
import { bodies, type Measures } from "./model";
import { quadrant, reasonsText, w } from "./words";

function names(page: GangPage): (id: string) => string {
  const people = new Map(page.gang.members.map((each) => [each.person.id, each.person]));
  return (id) => {
    const person = people.get(id);
    return person ? (person.name ?? (knownBy(person) || nameOf(person))) : id;
  };
}

export function MembersTable({ page }: { page: GangPage }) {
  const body = bodies(page);
  const rowsOf = (member: Member) => body.get(member.person.id)?.evidence ?? [];
  const name = names(page);
  const columns: Column<Member>[] = [
    { key: "role", title: w.role, value: (row) => roleWord(row.role), cell: (row) => <RoleGlyph role={row.role} holderUnknown={!row.person.name} /> },
    { key: "name", title: w.name, value: (row) => nameOf(row.person), cell: (row) => <PersonLink person={row.person} /> },
    { key: "score", title: w.strength, value: (row) => row.score, cell: (row) => <Strength value={row.score} /> },
    { key: "why", title: w.why, value: (row) => reasonsText(row.reasons, name), cell: (row) => <span class="why" title={reasonsText(row.reasons, name)}>{reasonsText(row.reasons, name)}</span> },
    { key: "status", title: w.state, value: (row) => statusWord(row.status), cell: (row) => <StatusChip status={row.status} /> },
    { key: "rows", title: w.rows, value: (row) => rowsOf(row).join(" "), cell: (row) => <RowRef refs={rowsOf(row)} label={w.rowsOf(rowsOf(row).length)} /> },
  ];
  return <Table name="members" label={w.members} columns={columns} rows={page.gang.members} rowKey={(row) => row.person.id} />;
}

export function MeasuresTable({ page }: { page: GangPage }) {
  const body = bodies(page);
  const of = (row: Member): Measures | null => body.get(row.person.id)?.centrality ?? null;
  const number = (key: keyof Omit<Measures, "quadrant">, title: string): Column<Member> => ({
    key, title, numeric: true, value: (row) => of(row)?.[key] ?? null,
    cell: (row) => { const value = of(row)?.[key]; return value === undefined ? "—" : Number(value.toFixed(2)); },
  });
  const columns: Column<Member>[] = [
    { key: "name", title: w.name, value: (row) => nameOf(row.person), cell: (row) => <PersonLink person={row.person} /> },
    number("degree", w.degree),
    number("strength", w.ties),
    number("betweenness", w.between),
    number("closeness", w.close),
    number("eigenvector", w.eigen),
    number("reach_down", w.reach),
    { key: "place", title: w.place, value: (row) => { const found = of(row); return found ? quadrant(found.quadrant) : null; } },
  ];
  return <Table name="measures" label={w.measures} columns={columns} rows={page.gang.members.filter((row) => of(row))} rowKey={(row) => row.person.id} />;
}

export function SuppliesTable({ page }: { page: GangPage }) {
  const name = names(page);
  const refs = (row: InnerSupply) => [...new Set(row.signals.flatMap((each) => each.evidence))];
  const people = new Map(page.gang.members.map((each) => [each.person.id, each.person]));
  const link = (id: string) => { const person = people.get(id); return person ? <PersonLink person={person} /> : id; };
  const columns: Column<InnerSupply>[] = [
    { key: "supplier", title: w.supplier, value: (row) => name(row.supplier), cell: (row) => link(row.supplier) },
    { key: "buyer", title: w.buyer, value: (row) => name(row.buyer), cell: (row) => link(row.buyer) },
    { key: "score", title: w.strength, value: (row) => row.score, cell: (row) => <Strength value={row.score} /> },
    { key: "period", title: w.period, value: (row) => row.from, cell: (row) => period(row.from, row.to) },
    { key: "signals", title: w.signals, value: (row) => row.signals.length, numeric: true },
    { key: "rows", title: w.rows, value: (row) => refs(row).join(" "), cell: (row) => <RowRef refs={refs(row)} label={w.rowsOf(refs(row).length)} /> },
  ];
  return <Table name="inside" label={w.supplies} columns={columns} rows={page.supplies} rowKey={(row) => `${row.supplier} ${row.buyer}`} />;
}
