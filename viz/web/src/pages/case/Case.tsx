/** A case: facts, persons, seizures, the chains from it and to it. */
import { useAsk } from "~/core/ask";
import { chainNo, day, moment, nameOf, shortCase } from "~/core/format";
import { to } from "~/core/router";
import type { CasePage, Involved, SeizureShown } from "~/generated/api";
import { Chip, PersonLink, RowRef, StatusChip, Strength } from "~/parts/marks";
import { Notes } from "~/parts/Notes";
import { Page } from "~/parts/Page";
import { TakeAway } from "~/parts/TakeAway";
import { Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import { rowsColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";
import { useCrumbs } from "~/shell/crumbs";
import type { Params } from "../registry";
import { w } from "./words";
import "./case.css";

export default function Case({ params }: { params: Params }) {
  const no = params.no ?? "";
  const asked = useAsk("/cases/{case_no}", { path: { case_no: no }, query: { k: 5 } }, false);
  useCrumbs([{ text: shortCase(no) }]);
  const answer = asked.answer;
  return (
    <Page
      title={answer?.case.case_name ?? shortCase(no)}
      tools={answer && <Tools no={no} chain={answer.chains[0]} />}
      note={
        answer && (
          <span class="row">
            <Chip kind="info">{w.tiers(answer.case.tier)}</Chip>
            {answer.case.provisional && <Chip kind="warn">{w.provisional(answer.case.provisional)}</Chip>}
          </span>
        )
      }
    >
      <div class="fill case-page" tabIndex={0}>
        {asked.error && <Failed error={asked.error} retry={asked.again} />}
        {!answer && !asked.error && <Skeleton lines={10} />}
        {answer && <Shown page={answer} />}
      </div>
    </Page>
  );
}

function Tools({ no, chain }: { no: string; chain: CasePage["chains"][number] | undefined }) {
  return (
    <>
      <a class="button" href={`/imports?tab=hand&kind=case-person&case=${encodeURIComponent(no)}`}>
        {w.hand}
      </a>
      <a class="button" href={to`/map?about=${no}`}>
        {w.map}
      </a>
      {chain && <TakeAway about={`chains/${encodeURIComponent(no)}/${chainNo(chain)}`} />}
    </>
  );
}

function Shown({ page }: { page: CasePage }) {
  const it = page.case;
  const facts: [string, string | null | undefined][] = [
    [w.no, it.case_no],
    [w.class, it.class_text],
    [w.state, it.status],
    [w.opened, it.opened_at && day(it.opened_at)],
    [w.closed, it.closed_at && day(it.closed_at)],
    [w.deadline, it.deadline && day(it.deadline)],
    [w.unit, it.unit],
    [w.officer, it.officer],
    [w.place, it.place_text],
  ];
  return (
    <>
      <section>
        <h2>{w.facts}</h2>
        <dl class="case-facts">
          {facts.map(
            ([name, value]) =>
              value && (
                <div key={name}>
                  <dt class="t3 small">{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
        {it.summary && <p>{it.summary}</p>}
      </section>
      <section>
        <h2>{w.people}</h2>
        {page.people.length ? <People people={page.people} /> : <p class="t2">{w.noPeople}</p>}
      </section>
      <section>
        <h2>{w.seizures}</h2>
        {page.seizures.length ? <Seizures seizures={page.seizures} /> : <p class="t2">{w.noSeizures}</p>}
      </section>
      <Chains page={page} />
      <Notes about={`Case:${it.case_no}`} />
    </>
  );
}

function People({ people }: { people: readonly Involved[] }) {
  const columns: Column<Involved>[] = [
    {
      key: "name",
      title: w.name,
      value: (row) => (row.person ? nameOf(row.person) : row.name),
      cell: (row) => (row.person ? <PersonLink person={row.person} /> : (row.name ?? "—")),
    },
    { key: "role", title: w.role, value: (row) => row.role },
    {
      key: "arrested",
      title: w.arrested,
      value: (row) => row.arrested_at,
      cell: (row) => day(row.arrested_at),
    },
    { key: "measure", title: w.measure, value: (row) => row.measure },
    rowsColumn(w.rows, w.rowsOf),
  ];
  return (
    <Table name="people" label={w.people} columns={columns} rows={people} rowKey={(row) => row.record} />
  );
}

function Seizures({ seizures }: { seizures: readonly SeizureShown[] }) {
  const columns: Column<SeizureShown>[] = [
    {
      key: "at",
      title: w.at,
      value: (row) => row.at,
      cell: (row) => (row.at_precision === "day" ? day : moment)(row.at),
    },
    { key: "substance", title: w.substance, value: (row) => row.substance_raw ?? row.substance },
    { key: "net", title: w.net, value: (row) => row.net_g, numeric: true },
    { key: "packets", title: w.packets, value: (row) => row.packets, numeric: true },
    { key: "purity", title: w.purity, value: (row) => row.purity_pct, numeric: true },
    { key: "exhibit", title: w.exhibit, value: (row) => row.exhibit_no },
    {
      key: "rows",
      title: w.rows,
      value: (row) => (row.evidence ?? []).join(" "),
      cell: (row) => <RowRef refs={row.evidence ?? []} label={w.rowsOf((row.evidence ?? []).length)} />,
    },
  ];
  return (
    <Table
      name="seizures"
      label={w.seizures}
      columns={columns}
      rows={seizures}
      rowKey={(row) => row.seizure_id}
    />
  );
}

function Chains({ page }: { page: CasePage }) {
  return (
    <>
      <section>
        <h2>{w.from}</h2>
        {page.chains.length === 0 && <p class="t2">{w.noChains}</p>}
        {page.chains.map((chain, at) => (
          <p key={chain.id} class="row">
            <a href={to`/chains/${page.case.case_no}/${chainNo(chain, at)}`}>{w.chain(chainNo(chain, at))}</a>
            <span class="t2 small">
              {w.hops(chain.hops.length)}
              {chain.reaches.length > 0 && ` → ${chain.reaches.map(shortCase).join(" ")}`}
            </span>
            <StatusChip status={chain.status} />
            <Strength value={chain.strength} />
          </p>
        ))}
      </section>
      <section>
        <h2>{w.reached}</h2>
        {page.reached_by.length === 0 && <p class="t2">{w.noReached}</p>}
        {page.reached_by.map((chain) => (
          <p key={chain.id} class="row">
            <a href={to`/chains/${chain.case_no}/${chain.rank ?? 1}`} title={chain.case_no}>
              {shortCase(chain.case_no)} · {w.chain(chain.rank ?? 1)}
            </a>
            <StatusChip status={chain.status} />
            <Strength value={chain.strength} />
          </p>
        ))}
      </section>
    </>
  );
}
