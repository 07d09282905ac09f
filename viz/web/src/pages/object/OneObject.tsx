/** An account, number, vehicle or place: whose it may be and why, with whom it dealt, in which files. */
import { useAsk } from "~/core/ask";
import { count, day, money } from "~/core/format";
import { say } from "~/core/i18n";
import { numberOf } from "~/core/numbers";
import { to } from "~/core/router";
import { RELATIONSHIPS } from "~/generated/schema";
import type { Candidate, ObjectFile, ObjectPage, Partner } from "~/generated/api";
import { kindName } from "~/parts/hits";
import { ObjectLink } from "~/parts/objects";
import { Chip, PersonLink, RowRef } from "~/parts/marks";
import { Page, Panel } from "~/parts/Page";
import { Band, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { w as ofPerson } from "../person/words";
import { useCrumbs } from "~/shell/crumbs";
import type { Params } from "../registry";
import { w, wayOf } from "./words";
import "./object.css";

export default function OneObject({ params }: { params: Params }) {
  const ref = params.ref ?? "";
  const asked = useAsk("/objects/one", { query: { ref } }, false);
  useCrumbs([{ text: numberOf(ref) }]);
  if (!asked.answer)
    return (
      <Page title={numberOf(ref)}>
        {asked.error ? <Failed error={asked.error} retry={asked.again} /> : <Skeleton lines={12} />}
      </Page>
    );
  return <Shown key={ref} page={asked.answer} />;
}

function Shown({ page }: { page: ObjectPage }) {
  const tabs = [
    { id: "partners", label: w.partners, count: page.partners_total },
    { id: "files", label: w.files, count: page.files.length },
  ];
  const tab = chosenTab(tabs);
  const paid = page.kind === "Account" || page.kind === "Phone";
  return (
    <Page
      title={`${kindName(page.kind)} ${page.caption}`}
      note={page.events ? w.seen(page.events, day(page.first), day(page.last)) : w.unseen}
      tools={
        <>
          {paid && (
            <a class="button" href={`/trace?start=${encodeURIComponent(page.ref)}`}>
              {w.trace}
            </a>
          )}
          <a class="button" href={to`/leads?tab=watches&target=${page.ref}`}>
            {w.watch}
          </a>
          <a class="button" href={to`/canvas?ids=${page.ref}`}>
            {w.canvas}
          </a>
        </>
      }
      panel={
        <Panel name="object" width={330}>
          <Holders page={page} />
          <Facts page={page} />
        </Panel>
      }
    >
      {page.truncated && <Band>{w.cut}</Band>}
      <Tabs tabs={tabs} label={w.parts} />
      <div class="fill">{tab === "partners" ? <Partners page={page} /> : <Files page={page} />}</div>
    </Page>
  );
}

function Holders({ page }: { page: ObjectPage }) {
  return (
    <section class="object-panel">
      <h3>{w.holders}</h3>
      {page.candidates.length === 0 && <p class="t2">{w.noHolders}</p>}
      <ul>
        {page.candidates.map((each) => (
          <li key={each.person.id}>
            <div class="between">
              <span class="cut">
                <PersonLink person={each.person} />
              </span>
              <Chip kind={each.holder && each.verified ? "confirmed" : "candidate"}>
                {each.holder ? (each.verified ? w.verified : w.inferred) : w.other}
              </Chip>
            </div>
            {each.person.resident_id && <div class="mono small t2">{each.person.resident_id}</div>}
            <div class="between small t2">
              <span>{why(each)}</span>
              <RowRef refs={each.evidence} label={w.rows(each.evidence.length)} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why it may be his, in words: the reason of the run, else what records say. */
function why(each: Candidate): string {
  const told = each.ways.filter((way) => way in wayOf).map((way) => wayOf[way] ?? "");
  const reason = each.reason ? [ofPerson.reasons(each.reason)] : [];
  const score = each.score === null ? [] : [each.score.toFixed(2)];
  const records = each.records ? [w.records(each.records)] : [];
  return [...new Set([...reason, ...told]), ...score, ...records].join(" · ");
}

function Facts({ page }: { page: ObjectPage }) {
  if (!page.facts.length) return null;
  return (
    <section class="object-panel">
      <h3>{w.about}</h3>
      <dl>
        {page.facts.map((each) => (
          <div key={each.en} class="between">
            <dt class="t2">{say([each.zh, each.en])}</dt>
            <dd class="cut" title={each.value}>
              {each.value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const typeName = (type: string): string => {
  const spec = RELATIONSHIPS[type as keyof typeof RELATIONSHIPS];
  return spec ? say([spec.zh, spec.en]) : type;
};

function Partners({ page }: { page: ObjectPage }) {
  const columns: Column<Partner>[] = [
    { key: "type", title: w.type, value: (each) => typeName(each.type) },
    {
      key: "partner",
      title: w.partner,
      value: (each) => each.caption,
      cell: (each) => (each.ref.startsWith("Record:") ? each.caption : <ObjectLink reference={each.ref} />),
    },
    {
      key: "holder",
      title: w.partnerHolder,
      value: (each) => each.person?.name ?? null,
      cell: (each) => (each.person?.name ? <PersonLink person={each.person} /> : "—"),
    },
    { key: "events", title: w.events, value: (each) => each.events, numeric: true },
    {
      key: "outward",
      title: w.outward,
      value: (each) => each.outward,
      numeric: true,
      hidden: page.kind === "Account",
    },
    {
      key: "paid",
      title: w.paid,
      value: (each) => (each.paid_fen === null ? null : each.paid_fen / 100),
      cell: (each) => money(each.paid_fen, each.currency),
      numeric: true,
    },
    {
      key: "received",
      title: w.received,
      value: (each) => (each.received_fen === null ? null : each.received_fen / 100),
      cell: (each) => money(each.received_fen, each.currency),
      numeric: true,
    },
    {
      key: "seconds",
      title: w.seconds,
      value: (each) => each.seconds,
      cell: (each) => (each.seconds === null ? "—" : count(each.seconds)),
      numeric: true,
      hidden: page.kind !== "Phone",
    },
    {
      key: "source",
      title: w.source,
      value: (each) => each.evidence.join(" "),
      cell: (each) => <RowRef refs={each.evidence} label={w.rows(each.evidence.length)} />,
    },
    { key: "first", title: w.first, value: (each) => each.first, cell: (each) => day(each.first) },
    { key: "last", title: w.last, value: (each) => each.last, cell: (each) => day(each.last) },
  ];
  if (!page.partners.length) return <p class="empty">{w.noPartners}</p>;
  return (
    <Table
      name="partners"
      label={w.partners}
      columns={columns}
      rows={page.partners}
      total={page.partners_total}
      rowKey={(each) => `${each.type} ${each.ref} ${each.currency ?? ""}`}
    />
  );
}

function Files({ page }: { page: ObjectPage }) {
  const columns: Column<ObjectFile>[] = [
    { key: "path", title: w.file, value: (each) => each.path },
    { key: "rows", title: w.inRows, value: (each) => each.rows, numeric: true },
    {
      key: "source",
      title: w.source,
      value: (each) => each.evidence.join(" "),
      cell: (each) => <RowRef refs={each.evidence} label={w.rows(each.evidence.length)} />,
    },
  ];
  return (
    <Table name="files" label={w.files} columns={columns} rows={page.files} rowKey={(each) => each.path} />
  );
}
