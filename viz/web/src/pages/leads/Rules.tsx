/** What became of the leads of each rule: yield, precision with its interval, time to the answer. */
import { useAsk } from "~/core/ask";
import { param, setParams } from "~/core/router";
import type { RuleYield } from "~/generated/api";
import { Chip } from "~/parts/marks";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { w } from "./words";

const share = (value: number | null): string => (value === null ? "—" : `${Math.round(value * 100)}%`);

export function Rules() {
  const query = { limit: 1000, from: param("from") || undefined, to: param("to") || undefined };
  const asked = useAsk("/leads/rules", { query });
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={8} />;
  const columns: Column<RuleYield>[] = [
    {
      key: "rule",
      title: w.rule,
      value: (each) => each.rule,
      cell: (each) => (
        <span class="row">
          <span class="mono">{each.rule}</span>
          {each.random && <Chip title={w.randomNote}>{w.random}</Chip>}
        </span>
      ),
    },
    { key: "sent", title: w.sent, value: (each) => each.sent, numeric: true },
    { key: "answered", title: w.answered, value: (each) => each.answered, numeric: true },
    { key: "confirmed", title: w.confirmed, value: (each) => each.confirmed, numeric: true },
    { key: "refuted", title: w.refuted, value: (each) => each.refuted, numeric: true },
    { key: "unclear", title: w.unclear, value: (each) => each.unclear, numeric: true },
    {
      key: "precision",
      title: w.precision,
      value: (each) => each.precision,
      cell: (each) =>
        each.precision === null ? (
          "—"
        ) : (
          <span class="keep">
            <b>{share(each.precision)}</b>{" "}
            <span class="t3">
              {share(each.low)}–{share(each.high)}
            </span>
          </span>
        ),
    },
    { key: "persons", title: w.persons, value: (each) => each.persons, numeric: true },
    { key: "hours", title: w.medianHours, value: (each) => each.median_hours, numeric: true },
    {
      key: "late",
      title: w.late,
      value: (each) => each.late,
      cell: (each) => (each.late ? <b class="bad">{each.late}</b> : 0),
      numeric: true,
    },
  ];
  const tools = (
    <>
      {(["from", "to"] as const).map((name) => (
        <label key={name} class="row keep">
          {name === "from" ? w.sentFrom : w.sentTo}
          <input
            class="field"
            type="date"
            value={param(name) ?? ""}
            onChange={(event) => setParams({ [name]: event.currentTarget.value || null })}
          />
        </label>
      ))}
    </>
  );
  return (
    <div class="stack">
      <p class="small t2">{w.rulesNote}</p>
      {asked.answer.items.length ? (
        <Table
          name="lead-rules"
          label={w.rules}
          columns={columns}
          rows={asked.answer.items}
          rowKey={(each) => each.rule}
          tools={tools}
        />
      ) : (
        <Empty icon="flag">{w.noRules}</Empty>
      )}
    </div>
  );
}
