/** A person: what is known, why it is thought his, and the rows behind it. */
import { useAsk } from "~/core/ask";
import { day, moment, nameOf, period, shortCase, signed } from "~/core/format";
import { go, to } from "~/core/router";
import { language, oneOf } from "~/core/i18n";
import { useKeys } from "~/core/shortcuts";
import type { PersonPage, RecordShown, ReviewShown, SupplyEdge } from "~/generated/api";
import { verdictWord } from "~/parts/Decide";
import { refName } from "~/parts/hits";
import {
  Chip,
  PersonLink,
  RoleGlyph,
  roleWord,
  RowRef,
  StatusChip,
  statusWord,
  Strength,
} from "~/parts/marks";
import { Quantities } from "~/parts/Quantities";
import { Page, Panel } from "~/parts/Page";
import { TakeAway } from "~/parts/TakeAway";
import { Failed, Skeleton } from "~/parts/states";
import { Table, type Column } from "~/parts/Table";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { useCrumbs } from "~/shell/crumbs";
import type { Params } from "../registry";
import { Coverage } from "./Coverage";
import { MonthBars, monthAxis, monthText } from "./MonthBars";
import { Suite } from "./Suite";
import { w } from "./words";
import "./person.css";

export default function Person({ params }: { params: Params }) {
  const id = params["id"] ?? "";
  const asked = useAsk("/persons/{person_id}", { path: { person_id: id } }, false);
  useCrumbs([{ text: asked.answer ? nameOf(asked.answer.person) : id }]);
  if (asked.error)
    return (
      <Page title={id}>
        <Failed error={asked.error} retry={asked.again} />
      </Page>
    );
  if (!asked.answer)
    return (
      <Page title={id}>
        <Skeleton lines={12} />
      </Page>
    );
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
          <Counted page={page} />
          <HisQuantities person={page.person.id} />
          <Belongs page={page} />
        </Panel>
      }
    >
      <Tabs tabs={tabs} label={w.parts} />
      <div class="fill person-page" tabIndex={0}>
        {tab === "all" && (
          <>
            <Coverage person={page.person.id} />
            <Supplies page={page} />
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
      {gang && <StatusChip status={gang.status} of={`${roleWord(gang.role)} `} />}
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

function Held({ page }: { page: PersonPage }) {
  return (
    <section class="person-panel">
      <h3>
        {w.held} {page.holds.length}
      </h3>
      {page.holds.length === 0 && <p class="t2">{w.noHeld}</p>}
      <ul>
        {page.holds.map((each) => (
          <li key={each.identifier}>
            <div class="between">
              <span class="mono cut" title={each.identifier}>
                {each.identifier.replace(/^\w+:/, "")}
              </span>
              <Chip kind={each.verified ? "confirmed" : "candidate"}>
                {each.verified ? w.verified : w.inferred}
              </Chip>
            </div>
            <div class="between small t2">
              <span class="cut">
                {oneOf(w.reasons(each.reason ?? "—"))}
                {each.score !== null && ` · ${each.score.toFixed(2)}`}
              </span>
              <RowRef refs={each.evidence} label={w.rowsOf(each.evidence.length)} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Other holders the run counted for him, or he for one of them; review decides. */
function Counted({ page }: { page: PersonPage }) {
  if (!page.counted.length) return null;
  return (
    <section class="person-panel">
      <h3>
        {w.counted} {page.counted.length}
      </h3>
      <p class="small t2">{w.countedMean}</p>
      <ul>
        {page.counted.map((each) => {
          const other = each.person.id === page.person.id ? each.counted_as : each.person;
          const away = other === each.counted_as;
          const what = each.number
            ? (away ? w.lentTo : w.lentHere)(each.number, each.contacts)
            : (away ? w.countedAs : w.countedHere)(each.contacts);
          return (
            <li key={`${other.id} ${each.number ?? ""}`}>
              <div class="between">
                <a class="mono cut" href={to`/persons/${other.id}`}>
                  {each.number ? nameOf(other) : ([...other.phones, ...other.accounts][0] ?? nameOf(other))}
                </a>
                <Chip kind="candidate">{w.inferred}</Chip>
              </div>
              <div class="small t2">
                {w.countedWhy(each.reason)} · {what}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Belongs({ page }: { page: PersonPage }) {
  return (
    <>
      <section class="person-panel">
        <h3>{w.cases}</h3>
        {page.cases.length === 0 && <p class="t2">{w.none}</p>}
        {page.cases.map((each) => (
          <p key={each.case_no} class="between">
            <a href={to`/cases/${each.case_no}`} title={each.case_no} class="cut">
              {shortCase(each.case_no)} {each.role}
            </a>
            <RowRef refs={each.evidence ?? []} label={w.rowsOf((each.evidence ?? []).length)} />
          </p>
        ))}
      </section>
      <section class="person-panel">
        <h3>{w.gangs}</h3>
        {page.gangs.length === 0 && <p class="t2">{w.none}</p>}
        {page.gangs.map((each) => (
          <p key={each.id} class="between">
            <a href={to`/gangs/${each.id}`}>{each.id}</a>
            <span>
              {roleWord(each.role)}
              {each.rank !== null && ` · ${w.rank(each.rank)}`}
            </span>
            <StatusChip status={each.status} />
          </p>
        ))}
      </section>
      <section class="person-panel">
        <h3>{w.chains}</h3>
        {page.chains.length === 0 && <p class="t2">{w.none}</p>}
        {page.chains.map((each) => (
          <p key={each.id} class="between">
            <a href={to`/chains/${each.case_no}/${each.rank ?? 1}`} title={each.case_no}>
              {shortCase(each.case_no)}
            </a>
            <Strength value={each.strength} />
            <StatusChip status={each.status} />
          </p>
        ))}
      </section>
    </>
  );
}

function Supplies({ page }: { page: PersonPage }) {
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
    {
      key: "score",
      title: w.strength,
      value: (row) => row.score,
      cell: (row) => <Strength value={row.score} />,
    },
    {
      key: "status",
      title: w.state,
      value: (row) => statusWord(row.status),
      cell: (row) => <StatusChip status={row.status} />,
    },
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

function HisQuantities({ person }: { person: string }) {
  return (
    <Quantities found={useAsk("/persons/{person_id}/quantities", { path: { person_id: person } }).answer} />
  );
}

const MOST_SUBJECTS = 300; // as many as one question may name

/** What was judged about him, an identifier he holds, or a chain or gang he stands in; newest first, taken back ones too. */
function Decisions({ page }: { page: PersonPage }) {
  const subject = [
    `Person:${page.person.id}`,
    ...page.holds.map((each) => each.identifier),
    ...page.chains.map((each) => `Chain:${each.id}`),
    ...page.gangs.map((each) => `Gang:${each.id}`),
  ];
  const asked = useAsk("/reviews", { query: { subject: subject.slice(0, MOST_SUBJECTS), limit: 1000 } });
  const rows = asked.answer?.reviews ?? [];
  const columns: Column<ReviewShown>[] = [
    { key: "at", title: w.judgedAt, value: (row) => row.at, cell: (row) => moment(row.at) },
    {
      key: "verdict",
      title: w.verdict,
      value: (row) => verdictWord(row.verdict),
      cell: (row) => (
        <span class={row.standing ? "" : "t3"} style={row.standing ? {} : { textDecoration: "line-through" }}>
          {verdictWord(row.verdict)}
        </span>
      ),
    },
    { key: "about", title: w.about, value: (row) => row.subjects.map(refName).join("、") },
    { key: "reason", title: w.reason, value: (row) => row.reason },
    { key: "author", title: w.author, value: (row) => row.author },
  ];
  return (
    <section>
      <h2>
        {w.decisions} {rows.length}
      </h2>
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {asked.answer && !rows.length && <p class="t2">{w.noDecisions}</p>}
      {rows.length > 0 && (
        <Table name="decisions" label={w.decisions} columns={columns} rows={rows} rowKey={(row) => row.id} />
      )}
    </section>
  );
}
