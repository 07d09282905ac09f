/** The audit log for the auditor: whether it is whole, and its records under filters. */
import { useAsk } from "~/core/ask";
import { moment } from "~/core/format";
import { roleName } from "~/core/roles";
import { param, setParams } from "~/core/router";
import { useShown } from "~/core/status";
import type { AuditRecord } from "~/generated/api";
import { Page } from "~/parts/Page";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { ACTIONS, actionName } from "./actions";
import { w } from "./words";
import "./audit.css";

const FIELDS = ["user", "action", "text"] as const;

export default function Audit() {
  const check = useAsk("/audit/check", {});
  const flag = (name: string) => param(name) === "1";
  const query = {
    limit: 1000,
    ...Object.fromEntries(
      [...FIELDS, "first", "last"].map((name) => [name, param(name)]).filter(([, value]) => value),
    ),
    refused: flag("refused"),
    no_purpose: flag("no_purpose"),
  };
  const asked = useAsk("/audit", { query });
  useShown(asked.answer ? w.shown(asked.answer.records.length, asked.answer.total) : "");
  const words = (name: string, label: string) => (
    <label>
      <span class="field-label">{label}</span>
      <input
        class="field"
        type="search"
        value={param(name) ?? ""}
        onChange={(event) => setParams({ [name]: event.currentTarget.value || null })}
      />
    </label>
  );
  const date = (name: string, label: string) => (
    <label>
      <span class="field-label">{label}</span>
      <input
        class="field"
        type="date"
        value={param(name) ?? ""}
        onChange={(event) => setParams({ [name]: event.currentTarget.value || null })}
      />
    </label>
  );
  const tick = (name: string, label: string) => (
    <label class="row keep">
      <input
        type="checkbox"
        checked={flag(name)}
        onChange={() => setParams({ [name]: flag(name) ? null : "1" })}
      />
      {label}
    </label>
  );
  const verdict = check.answer;
  return (
    <Page title={w.title} note={w.note}>
      {check.error && <Failed error={check.error} retry={check.again} />}
      {verdict && (
        <Band kind={verdict.good ? "info" : "bad"}>
          <span title={w.anchor}>
            {verdict.good
              ? w.whole(verdict.records, verdict.head.hash.slice(0, 12))
              : w.broken(verdict.first_bad ?? 0, verdict.reason)}
          </span>{" "}
          <button type="button" class="link" onClick={check.again}>
            {w.verify}
          </button>
        </Band>
      )}
      <div class="row audit-filters">
        {words("user", w.user)}
        <label>
          <span class="field-label">{w.action}</span>
          <select
            class="field"
            value={param("action") ?? ""}
            onChange={(event) => setParams({ action: event.currentTarget.value || null })}
          >
            <option value="">{w.every}</option>
            {Object.keys(ACTIONS).map((each) => (
              <option key={each} value={each}>
                {actionName(each)}
              </option>
            ))}
          </select>
        </label>
        {words("text", w.text)}
        {date("first", w.from)}
        {date("last", w.until)}
        {tick("refused", w.refused)}
        {tick("no_purpose", w.noPurpose)}
      </div>
      <div class="fill">
        {asked.error && <Failed error={asked.error} retry={asked.again} />}
        {!asked.answer && !asked.error && <Skeleton lines={10} />}
        {asked.answer && <Records records={asked.answer.records} total={asked.answer.total} />}
      </div>
    </Page>
  );
}

/** Outcomes that have a word; of the others the code says what was refused. */
const ENDED: Readonly<Record<string, () => string>> = {
  done: () => w.done,
  begun: () => w.begun,
  unknown: () => w.unknown,
};

function Records({ records, total }: { records: readonly AuditRecord[]; total: number }) {
  if (!records.length) return <Empty icon="shield-check">{w.none}</Empty>;
  const columns: Column<AuditRecord>[] = [
    { key: "seq", title: w.no, value: (each) => each.seq, numeric: true },
    {
      key: "time",
      title: w.time,
      value: (each) => each.time,
      cell: (each) => <span class="keep">{moment(each.time)}</span>,
    },
    { key: "user", title: w.user, value: (each) => each.user },
    { key: "role", title: w.role, value: (each) => roleName(each.role), hidden: true },
    { key: "action", title: w.action, value: (each) => actionName(each.action) },
    {
      key: "objects",
      title: w.objects,
      value: (each) => each.objects.join(" "),
      cell: (each) => <span class="mono">{each.objects.slice(0, 4).join(" ") || "—"}</span>,
    },
    { key: "purpose", title: w.purpose, value: (each) => each.purpose },
    {
      key: "outcome",
      title: w.outcome,
      value: (each) => ENDED[each.outcome]?.() ?? each.outcome,
      cell: (each) =>
        each.outcome === "done" || each.outcome === "begun" ? (
          ENDED[each.outcome]?.()
        ) : (
          <b class="bad">{ENDED[each.outcome]?.() ?? each.outcome}</b>
        ),
    },
    { key: "count", title: w.count, value: (each) => each.count, numeric: true },
    { key: "query", title: w.query, value: (each) => each.query, hidden: true },
    { key: "result", title: w.result, value: (each) => each.result, hidden: true },
  ];
  return (
    <Table
      name="audit"
      label={w.title}
      columns={columns}
      rows={records}
      total={total}
      rowKey={(each) => String(each.seq)}
    />
  );
}
