/** The money or call suite of one person: a table and one simple plot for each analysis. */
import { useAsk } from "~/core/ask";
import { count, moment, nameOf, yuan } from "~/core/format";
import { language, say } from "~/core/i18n";
import { numberOf, objectHref } from "~/core/numbers";
import { param, setParams } from "~/core/router";
import type { ColumnShown, Suite as SuiteAnswer, TableShown } from "~/generated/api";
import { ObjectLink } from "~/parts/objects";
import { PersonLink, RowRef } from "~/parts/marks";
import { Bars } from "~/parts/plots";
import { HeatMap } from "~/parts/HeatMap";
import { openRows } from "~/parts/rows";
import { Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { w } from "./words";

type Row = Record<string, unknown>;
const PRESETS = ["packet", "wholesale", "laundering"] as const;
const BARS = 31;
const refsOf = (row: Row): string[] => (Array.isArray(row.evidence) ? (row.evidence as string[]) : []);

interface SuiteProps {
  person: string;
  kind: "money" | "calls";
  /** Others to compare with; then tables of what they have in common stand first. */
  also?: readonly string[];
}

const TOGETHER: ReadonlySet<string> = new Set(["common", "first_last"]);

export function Suite({ person, kind, also = [] }: SuiteProps) {
  const preset = PRESETS.find((each) => each === param("preset")) ?? "packet";
  const asked = useAsk(kind === "money" ? "/persons/{person_id}/money" : "/persons/{person_id}/calls", {
    path: { person_id: person },
    query: { preset, limit: 200, also: [...also] },
  });
  const answer = asked.answer;
  const first = (table: TableShown) => (also.length && TOGETHER.has(table.key) ? 0 : 1);
  const tables = [...(answer?.tables ?? [])].sort((a, b) => first(a) - first(b));
  const others = also.map((each) => `&also=${encodeURIComponent(each)}`).join("");
  return (
    <>
      <div class="row" style={{ padding: "8px 0" }}>
        <span class="segments" role="group" aria-label={w.preset}>
          {PRESETS.map((each) => (
            <button
              key={each}
              type="button"
              class={`button${each === preset ? " on" : ""}`}
              aria-pressed={each === preset}
              onClick={() => setParams({ preset: each })}
            >
              {w[each]}
            </button>
          ))}
        </span>
        <a
          class="button"
          href={`/api/v1/persons/${encodeURIComponent(person)}/${kind}?preset=${preset}${others}&format=xlsx`}
          download=""
          target="_blank"
          rel="noopener"
        >
          {w.xlsx}
        </a>
      </div>
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {!answer && !asked.error && <Skeleton lines={10} />}
      {answer && tables.map((table) => <One key={table.key} table={table} suite={answer} kind={kind} />)}
    </>
  );
}

function One({ table, suite, kind }: { table: TableShown; suite: SuiteAnswer; kind: "money" | "calls" }) {
  const zh = language.value === "zh";
  const title = zh ? table.zh : table.en;
  const people = new Map(suite.persons.map((each) => [each.id, each]));
  const text = (column: ColumnShown, value: unknown): string | number | null => {
    if (value === null || value === undefined) return null;
    if (column.kind === "person") {
      const known = people.get(String(value));
      return known ? nameOf(known) : numberOf(String(value));
    }
    if (column.kind === "code") {
      const known = suite.words[String(value)];
      return known ? say([known.zh, known.en]) : String(value);
    }
    if (typeof value === "number") return column.kind === "fen" ? value / 100 : value;
    return (Array.isArray(value) ? value : [value]).map((each) => numberOf(String(each))).join(", ");
  };
  const shown = (column: ColumnShown, value: unknown) => {
    const known = column.kind === "person" ? people.get(String(value)) : undefined;
    if (known) return <PersonLink person={known} />;
    if (typeof value === "string" && objectHref(value)) return <ObjectLink reference={value} />;
    if (typeof value !== "number")
      return column.kind === "time" && typeof value === "string"
        ? moment(value)
        : (text(column, value) ?? "—");
    if (column.kind === "fen") return yuan(value);
    return column.kind === "share" ? `${Math.round(value * 100)}%` : count(value);
  };
  const columns: Column<Row>[] = table.columns.map((each) => ({
    key: each.key,
    title: zh ? each.zh : each.en,
    numeric: ["int", "number", "fen", "share", "seconds"].includes(each.kind),
    value: (row) => text(each, row[each.key]),
    cell: (row) => shown(each, row[each.key]),
  }));
  columns.push({
    key: "evidence",
    title: w.source,
    value: (row) => refsOf(row).join(" "),
    cell: (row) => <RowRef refs={refsOf(row)} label={w.rowsOf(refsOf(row).length)} />,
  });
  const measure =
    table.columns.find((each) => each.kind === "fen") ?? table.columns.find((each) => each.kind === "int");
  const label = table.columns.find((each) => each !== measure);
  const byHour =
    table.rows.length > 0 &&
    ["weekday", "hour", "n"].every((key) => table.columns.some((each) => each.key === key));
  const drawn = table.rows.slice(0, BARS);
  return (
    <section>
      <h2>
        {table.number}. {title}
      </h2>
      <p class="t2 small">{zh ? table.note.zh : table.note.en}</p>
      {table.rows.length === 0 && <p class="t2">{w.empty}</p>}
      {byHour && (
        <HeatMap
          label={w.plot(title, zh ? "次数" : "events")}
          hue={kind === "money" ? "money" : "talk"}
          cells={table.rows.map((row) => ({
            weekday: Number(row.weekday),
            hour: Number(row.hour),
            n: Number(row.n),
          }))}
          onCell={(at) => openRows(refsOf(table.rows[at] ?? {}))}
        />
      )}
      {!byHour && measure && label && drawn.length > 1 && (
        <Bars
          label={w.plot(title, zh ? measure.zh : measure.en)}
          height={96}
          hue={kind === "money" ? "money" : "talk"}
          bars={drawn.map((row, at) => ({
            label: `${at + 1}`,
            value: Math.max(0, Number(text(measure, row[measure.key]) ?? 0)),
            title: `${text(label, row[label.key]) ?? "—"}: ${text(measure, row[measure.key]) ?? "—"}`,
          }))}
          onBar={(at) => openRows(refsOf(drawn[at] ?? {}))}
        />
      )}
      {table.truncated && <p class="t3 small">{w.cut(table.rows.length, table.total)}</p>}
      {table.rows.length > 0 && (
        <Table
          name={table.key}
          label={title}
          columns={columns}
          rows={table.rows.map((row, at) => ({ ...row, at_row: at }))}
          total={table.total}
          rowKey={(row) => String(row.at_row)}
        />
      )}
    </section>
  );
}
