/** A person: what is known, why it is thought his, and the rows behind it. */
import { useAsk } from "~/core/ask";
import { day, nameOf } from "~/core/format";
import { go, to } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import type { PersonPage, RecordShown } from "~/generated/api";
import { Dealings } from "~/parts/Dealings";
import { Chip, RoleGlyph, StatusChip } from "~/parts/marks";
import { roleBefore } from "~/core/legend";
import { Notes } from "~/parts/Notes";
import { Page, Panel } from "~/parts/Page";
import { TakeAway } from "~/parts/TakeAway";
import { Waiting } from "~/parts/Waiting";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { useCrumbs } from "~/shell/crumbs";
import type { Params } from "../registry";
import { Coverage } from "./Coverage";
import { DrugFacts } from "./DrugFacts";
import { Suite } from "./Suite";
import { w } from "./words";
import { Belongs, Counted, Held, HisQuantities } from "./Panels";
import { Supplies } from "./Supplies";
import { Decisions } from "./Decisions";
import "./person.css";

export default function Person({ params }: { params: Params }) {
  const id = params.id ?? "";
  const asked = useAsk("/persons/{person_id}", { path: { person_id: id } }, false);
  useCrumbs([{ text: asked.answer ? nameOf(asked.answer.person) : id }]);
  if (asked.error || !asked.answer) return <Waiting title={id} asked={asked} />;
  return <Shown key={id} page={asked.answer} />;
}

function Shown({ page }: { page: PersonPage }) {
  const { person } = page;
  const canvas = to`/canvas?ids=${person.id}`;
  const tabs = [
    { id: "all", label: w.overview },
    { id: "money", label: w.money },
    { id: "calls", label: w.calls },
    { id: "records", label: w.records, count: page.records_total },
  ];
  const tab = chosenTab(tabs);
  useKeys({ c: { label: w.canvas, run: () => go(canvas) } });
  return (
    <Page
      title={nameOf(person)}
      note={<Note page={page} />}
      tools={
        <>
          <a class="button" href="/imports?tab=hand&kind=identifier">
            {w.hand}
          </a>
          <a class="button" href={to`/leads?tab=watches&target=${person.id}`}>
            {w.watch}
          </a>
          <a class="button" href={to`/trace?start=${person.id}`}>
            {w.trace}
          </a>
          <a class="button" href={to`/compare?ids=${person.id}`}>
            {w.compare}
          </a>
          <a class="button" href={canvas}>
            {w.canvas}
          </a>
          <a class="button" href={to`/map?about=${person.id}`}>
            {w.map}
          </a>
          <TakeAway about={`persons/${encodeURIComponent(person.id)}`} report={false} />
        </>
      }
      panel={
        <Panel name="person" width={330}>
          <Held page={page} />
          <DrugFacts page={page} />
          <Counted page={page} />
          <HisQuantities person={page.person.id} />
          <Belongs page={page} />
          <Notes about={`Person:${person.id}`} />
        </Panel>
      }
    >
      <Tabs tabs={tabs} label={w.parts} />
      <div class="fill person-page" tabIndex={0}>
        {tab === "all" && (
          <>
            <Coverage person={page.person.id} />
            <Supplies page={page} />
            <Dealings person={page.person.id} />
            <Decisions page={page} />
          </>
        )}
        {(tab === "money" || tab === "calls") && <Suite key={tab} person={person.id} kind={tab} />}
        {tab === "records" && <Records page={page} />}
      </div>
    </Page>
  );
}

function Note({ page }: { page: PersonPage }) {
  const gang = page.gangs[0];
  const arrested = page.cases.find((each) => each.arrested_at)?.arrested_at;
  return (
    <span class="row">
      {gang && <RoleGlyph role={gang.role} />}
      {gang && <StatusChip status={gang.status} of={roleBefore(gang.role)} />}
      <span class="mono">{page.person.resident_id ?? "—"}</span>
      {page.names
        .filter((each) => each !== page.person.name)
        .map((each) => (
          <Chip key={each}>{each}</Chip>
        ))}
      {page.registered_user && <Chip>{w.user}</Chip>}
      {page.platform && <Chip>{w.platform}</Chip>}
      {page.fugitive && <Chip kind="bad">{w.fugitive}</Chip>}
      {arrested && <span>{w.arrested(day(arrested))}</span>}
    </span>
  );
}

function Records({ page }: { page: PersonPage }) {
  const columns: Column<RecordShown>[] = [
    { key: "file", title: w.file, value: (row) => row.file },
    { key: "row", title: w.row, value: (row) => row.row, numeric: true },
    { key: "name", title: w.name, value: (row) => row.name },
    { key: "address", title: w.address, value: (row) => row.address },
    { key: "text", title: w.note, value: (row) => row.source_text },
  ];
  return (
    <section>
      <Table
        name="records"
        label={w.records}
        columns={columns}
        rows={page.records}
        total={page.records_total}
        rowKey={(row) => row.record_id}
      />
    </section>
  );
}
