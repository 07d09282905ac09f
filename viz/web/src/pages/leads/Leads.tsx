/**
 * Leads: what watches found or somebody entered, to be sent, answered, judged; and the watches themselves.
 */
import { useEffect } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { day, moment } from "~/core/format";
import { say } from "~/core/i18n";
import { go, param, setParams, to } from "~/core/router";
import { useShown } from "~/core/status";
import type { LeadShown } from "~/generated/api";
import { Page } from "~/parts/Page";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { setCount } from "~/shell/counts";
import type { Params } from "../registry";
import { LeadPanel } from "./LeadPanel";
import { Rules } from "./Rules";
import { Status, statusOf, titleOf } from "./status";
import { Watches } from "./Watches";
import { STATUS, w } from "./words";
import "./leads.css";

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
      cell: (lead) => <Status lead={lead} />,
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
