/** Tables of the gang page: members, centralities, supplies inside. */
import { knownAs, nameOf, NOBODY } from "~/core/format";
import { say } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import type { GangPage, GangPayer, Member } from "~/generated/api";
import { PersonLink, RoleGlyph, RowRef } from "~/parts/marks";
import { roleWord } from "~/core/legend";
import { Table } from "~/parts/Table";
import { rowsColumn, scoreColumn, statusColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";
import { bodies, type Measures } from "./model";
import { quadrant, reasonsText, w } from "./words";

export function names(page: GangPage): (id: string) => string {
  const people = new Map(page.gang.members.map((each) => [each.person.id, each.person]));
  return (id) => {
    const person = people.get(id);
    return person ? knownAs(person) : nameOf(NOBODY);
  };
}

/** Why a member has his role; where it is unknown, what would settle it. */
function whyText(row: Member, name: (id: string) => string): string {
  const settles = row.settles ? say([row.settles.zh, row.settles.en]) : "";
  return [reasonsText(row.reasons, name), settles].filter(Boolean).join(say(["；", "; "]));
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
    scoreColumn(w.strength),
    {
      key: "why",
      title: w.why,
      value: (row) => whyText(row, name),
      cell: (row) => <span title={whyText(row, name)}>{whyText(row, name)}</span>,
      rest: true,
    },
    statusColumn(w.state),
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
    scoreColumn(w.strength),
    rowsColumn(w.rows, w.rowsOf),
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
    ...(key === "betweenness" ? { hint: "betweenness" as const } : {}),
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
