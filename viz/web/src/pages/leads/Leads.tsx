/**
 * Leads: what watches found or somebody entered, to be sent, answered, judged; and the watches themselves.
 */
import { useEffect, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { day, moment } from "~/core/format";
import { say } from "~/core/i18n";
import { actTo } from "~/core/legend";
import { go, param, setParams, to } from "~/core/router";
import { may } from "~/core/session";
import { useShown } from "~/core/status";
import type { LeadShown } from "~/generated/api";
import { Decide, type Verdict } from "~/parts/Decide";
import { refName } from "~/parts/hits";
import { Chip, type ChipKind } from "~/parts/marks";
import { Page, Panel } from "~/parts/Page";
import { SourceRows } from "~/parts/rows";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { setCount } from "~/shell/counts";
import type { Params } from "../registry";
import { Course, Unit } from "./Course";
import { Rules } from "./Rules";
import { Watches } from "./Watches";
import { LEVELS, STATUS, w } from "./words";
import "./leads.css";

const CHIPS: Readonly<Record<string, ChipKind>> = {
  new: "info",
  sent: "warn",
  accepted: "info",
  confirmed: "confirmed",
  rejected: "rejected",
  known: "plain",
};
const VERDICTS: readonly Verdict[] = [
  { verdict: "confirmed", label: ["属实", "Confirmed"] },
  { verdict: "rejected", label: actTo("rejected") },
  { verdict: "unsure", label: actTo("unsure") },
  { verdict: "answered", label: ["已反馈", "Answered"] },
  { verdict: "sent", label: ["下发", "Send"] },
];

const statusOf = (lead: LeadShown): string => say(STATUS[lead.status] ?? [lead.status, lead.status]);
const titleOf = (lead: LeadShown): string => say([lead.title.zh, lead.title.en]);

/** The page of what a lead is about; null for what has none. */
function pageOf(ref: string): string | null {
  const [label = "", ...rest] = ref.split(":");
  const key = rest.join(":");
  if (label === "Person") return to`/persons/${key}`;
  if (label === "Case") return to`/cases/${key}`;
  if (label === "Gang") return to`/gangs/${key}`;
  return label === "Chain" ? null : `/search?q=${encodeURIComponent(key.replace(/^\w+:/, ""))}`;
}

export default function Leads({ params }: { params: Params }) {
  const tabs = [
    { id: "leads", label: w.leads },
    { id: "watches", label: w.watches },
    { id: "rules", label: w.rules },
  ];
  const tab = chosenTab(tabs);
  const status = param("status") ?? "";
  const known = param("known") === "1";
  const asked = useAsk(
    "/leads",
    tab === "leads"
      ? { query: { limit: 1000, known, ...(status ? { status: status as LeadShown["status"] } : {}) } }
      : null,
  );
  const chosen = tab === "leads" ? (params.id ?? null) : null;
  useEffect(() => {
    if (asked.answer && !status && !known)
      setCount("/leads", asked.answer.leads.filter((each) => each.status === "new").length);
  }, [asked.answer]);
  return (
    <Page title={w.title} note={w.note} panel={chosen && <LeadPanel key={chosen} id={chosen} />}>
      <Tabs tabs={tabs} label={w.title} />
      <div class="fill">
        {tab === "leads" ? <List asked={asked} chosen={chosen} /> : tab === "rules" ? <Rules /> : <Watches />}
      </div>
    </Page>
  );
}

function List({ asked, chosen }: { asked: ReturnType<typeof useAsk<"/leads">>; chosen: string | null }) {
  const answer = asked.answer;
  useShown(answer ? w.shown(answer.leads.length, answer.total) : "");
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!answer) return <Skeleton lines={10} />;
  const status = param("status") ?? "";
  const known = param("known") === "1";
  if (!answer.leads.length && !status && !known) return <Empty icon="flag">{w.none}</Empty>;
  const columns: Column<LeadShown>[] = [
    {
      key: "status",
      title: w.status,
      value: statusOf,
      cell: (lead) => <Chip kind={CHIPS[lead.status] ?? "plain"}>{statusOf(lead)}</Chip>,
      width: 96,
    },
    {
      key: "lead",
      title: w.lead,
      value: titleOf,
      cell: (lead) => (
        <span title={titleOf(lead)}>
          {titleOf(lead)}
          {lead.gone && <span class="t3"> · {w.gone}</span>}
        </span>
      ),
    },
    {
      key: "at",
      title: w.at,
      value: (lead) => lead.at ?? lead.created,
      cell: (lead) => <span class="keep">{moment(lead.at ?? lead.created)}</span>,
      width: 120,
    },
    { key: "from", title: w.from, value: (lead) => lead.watch?.name ?? w.byHand, hidden: true },
    { key: "unit", title: w.unit, value: (lead) => lead.unit },
    {
      key: "due",
      title: w.due,
      value: (lead) => lead.deadline,
      cell: (lead) =>
        lead.overdue_days ? (
          <b class="bad">{w.overdue(lead.overdue_days)}</b>
        ) : lead.deadline ? (
          day(lead.deadline)
        ) : (
          "—"
        ),
    },
  ];
  const tools = (
    <>
      <select
        class="field"
        aria-label={w.status}
        value={status}
        onChange={(event) => setParams({ status: event.currentTarget.value || null })}
      >
        <option value="">{w.open}</option>
        {Object.entries(STATUS).map(([value, label]) => (
          <option key={value} value={value}>
            {say(label)}
          </option>
        ))}
      </select>
      <label class="row keep">
        <input type="checkbox" checked={known} onChange={() => setParams({ known: known ? null : "1" })} />
        {w.known}
      </label>
    </>
  );
  return (
    <Table
      name="leads"
      label={w.leads}
      columns={columns}
      rows={answer.leads}
      total={answer.total}
      rowKey={(lead) => lead.id}
      tools={tools}
      selected={chosen}
      onSelect={(lead) => go(to`/leads/${lead.id}` + location.search, true)}
    />
  );
}

function LeadPanel({ id }: { id: string }) {
  const asked = useAsk("/leads/{lead_id}", { path: { lead_id: id } });
  const [unit, setUnit] = useState("");
  const [due, setDue] = useState("");
  const [level, setLevel] = useState("normal");
  if (asked.error)
    return (
      <Panel name="lead">
        <Failed error={asked.error} retry={asked.again} />
      </Panel>
    );
  if (!asked.answer)
    return (
      <Panel name="lead">
        <Skeleton />
      </Panel>
    );
  const lead = asked.answer.lead;
  const seen = (verdict: string) =>
    verdict === "sent" ? { unit: unit.trim(), deadline: due || null, level } : undefined;
  const verdicts = unit.trim() ? VERDICTS : VERDICTS.filter((each) => each.verdict !== "sent");
  const decide = (
    <>
      <div class="row lead-send">
        <label>
          <span class="field-label">{w.unit}</span>
          <input
            class="field"
            type="text"
            maxLength={100}
            value={unit}
            onInput={(event) => setUnit(event.currentTarget.value)}
          />
        </label>
        <label>
          <span class="field-label">{w.due}</span>
          <input
            class="field"
            type="date"
            value={due}
            onInput={(event) => setDue(event.currentTarget.value)}
          />
        </label>
        <label>
          <span class="field-label">{w.level}</span>
          <select class="field" value={level} onChange={(event) => setLevel(event.currentTarget.value)}>
            {Object.entries(LEVELS).map(([value, label]) => (
              <option key={value} value={value}>
                {say(label)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {!unit.trim() && <p class="small t3">{w.sendNote}</p>}
      {may("judge") && <Unit key={lead.status} lead={lead} done={asked.again} />}
      <Decide kind="lead" subjects={[id]} about={`Lead:${id}`} verdicts={verdicts} seen={seen} />
    </>
  );
  return (
    <Panel
      name="lead"
      head={
        <h2 class="row">
          <Chip kind={CHIPS[lead.status] ?? "plain"}>{statusOf(lead)}</Chip>
          <span class="mono t3">{lead.id}</span>
        </h2>
      }
      decide={decide}
    >
      <div class="stack">
        <p>{titleOf(lead)}</p>
        {lead.text && <p class="t2">{lead.text}</p>}
        <p class="small t2">
          {lead.watch ? lead.watch.name : w.byHand} · {lead.created_by} · {moment(lead.created)}
          {lead.unit && <> · {lead.unit}</>}
          {lead.gone && <b class="warn"> · {w.gone}</b>}
        </p>
        <Course lead={lead} />
        {lead.rules.length > 0 && (
          <p class="small t2">
            {w.ofRules} <span class="mono">{lead.rules.join(" · ")}</span>
          </p>
        )}
        <h3>{w.about}</h3>
        <ul class="small">
          {lead.subjects.map((ref) => {
            const page = pageOf(ref);
            return <li key={ref}>{page ? <a href={page}>{refName(ref)}</a> : refName(ref)}</li>;
          })}
        </ul>
        <h3>{w.rows}</h3>
        {lead.evidence.length ? (
          <SourceRows refs={lead.evidence} most={10} />
        ) : (
          <p class="small t3">{w.noRows}</p>
        )}
      </div>
    </Panel>
  );
}
