/** Objects: gangs and persons as tables that sort, filter and export. */
import { useEffect, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { nameOf } from "~/core/format";
import { bornOn } from "~/core/namesakes";
import { go, to } from "~/core/router";
import { useShown } from "~/core/status";
import type { Gang, Person } from "~/generated/api";
import { PersonLink, Strength } from "~/parts/marks";
import { ObjectLink } from "~/parts/objects";
import { Page } from "~/parts/Page";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import { statusColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { Accounts, Phones, Places, Vehicles } from "./ObjectList";
import { Patterns } from "./Patterns";
import { w } from "./words";

const PAGE = 500;

function Numbers({ refs }: { refs: readonly string[] }) {
  if (!refs.length) return <>—</>;
  return (
    <>
      {refs.map((each) => (
        <span key={each}>
          <ObjectLink reference={each} />{" "}
        </span>
      ))}
    </>
  );
}

export default function Objects() {
  const tabs = [
    { id: "gangs", label: w.gangs },
    { id: "persons", label: w.persons },
    { id: "accounts", label: w.accountsTab },
    { id: "phones", label: w.phonesTab },
    { id: "vehicles", label: w.vehicles },
    { id: "places", label: w.places },
    { id: "patterns", label: w.patterns },
  ];
  const lists = {
    ...{ gangs: GangList, persons: PersonList, patterns: Patterns },
    ...{ accounts: Accounts, phones: Phones, vehicles: Vehicles, places: Places },
  };
  const List = lists[chosenTab(tabs) as keyof typeof lists];
  return (
    <Page title={w.title} note={w.note}>
      <Tabs tabs={tabs} label={w.title} />
      <div class="fill">
        <List />
      </div>
    </Page>
  );
}

function GangList() {
  const asked = useAsk("/gangs", { query: { limit: PAGE } });
  const answer = asked.answer;
  const rows = answer ? [...answer.gangs, ...answer.kept] : [];
  useShown(answer ? w.shown(rows.length, answer.total + answer.kept.length) : "");
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!answer) return <Skeleton lines={10} />;
  if (!rows.length) return <Empty icon="users">{w.noGangs}</Empty>;
  const first = (gang: Gang) => gang.members[0]?.person;
  const columns: Column<Gang>[] = [
    {
      key: "id",
      title: w.id,
      value: (gang) => gang.id,
      cell: (gang) => <a href={to`/gangs/${gang.id}`}>{gang.id}</a>,
    },
    statusColumn(w.state),
    { key: "size", title: w.size, value: (gang) => gang.size, numeric: true },
    {
      key: "score",
      title: w.strength,
      hint: "strength",
      value: (gang) => gang.score,
      cell: (gang) => <Strength value={gang.score} />,
    },
    {
      key: "cohesion",
      title: w.cohesion,
      hint: "cohesion",
      value: (gang) => gang.cohesion,
      cell: (gang) => gang.cohesion?.toFixed(2) ?? "—",
      numeric: true,
    },
    {
      key: "stability",
      title: w.stability,
      hint: "stability",
      value: (gang) => gang.stability,
      cell: (gang) => gang.stability?.toFixed(2) ?? "—",
      numeric: true,
    },
    {
      key: "first",
      title: w.first,
      value: (gang) => {
        const person = first(gang);
        return person ? nameOf(person) : null;
      },
      cell: (gang) => {
        const person = first(gang);
        return person ? <PersonLink person={person} /> : "—";
      },
    },
  ];
  return (
    <Table
      name="gangs"
      label={w.gangs}
      columns={columns}
      rows={rows}
      total={answer.total + answer.kept.length}
      rowKey={(gang) => gang.id}
      onOpen={(gang) => go(to`/gangs/${gang.id}`)}
    />
  );
}

function PersonList() {
  const [cursor, setCursor] = useState<string | null>(null);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const asked = useAsk("/persons", { query: { limit: PAGE, cursor } });
  const answer = asked.answer;
  useEffect(() => {
    if (!answer) return;
    setPeople((before) => [
      ...new Map([...before, ...answer.persons].map((each) => [each.id, each])).values(),
    ]);
  }, [answer]);
  useShown(answer ? w.shown(people.length, answer.total) : "");
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!answer) return <Skeleton lines={10} />;
  if (!answer.total) return <Empty icon="user">{w.noPersons}</Empty>;
  const columns: Column<Person>[] = [
    {
      key: "name",
      title: w.name,
      value: (person) => nameOf(person),
      cell: (person) => <PersonLink person={person} />,
    },
    {
      key: "id",
      title: w.idNo,
      value: (person) => person.resident_id,
      cell: (person) => <span class="mono">{person.resident_id ?? "—"}</span>,
    },
    { key: "born", title: w.born, value: (person) => bornOn(person) || null },
    {
      key: "phones",
      title: w.phones,
      value: (person) => person.phones.join(" "),
      cell: (person) => <Numbers refs={person.phones.map((each) => `Phone:${each}`)} />,
    },
    {
      key: "accounts",
      title: w.accounts,
      value: (person) => person.accounts.join(" "),
      cell: (person) => <span class="mono">{person.accounts.join(" ") || "—"}</span>,
    },
  ];
  const next = answer.next;
  const tools = next && (
    <button type="button" class="button" disabled={asked.waiting} onClick={() => setCursor(next)}>
      {w.more}
    </button>
  );
  return (
    <Table
      name="persons"
      label={w.persons}
      columns={columns}
      rows={people}
      total={answer.total}
      rowKey={(person) => person.id}
      tools={tools}
      onOpen={(person) => go(to`/persons/${person.id}`)}
    />
  );
}
