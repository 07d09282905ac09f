/** Patterns of money over all that is loaded: shapes of payments with their rows, and no finding. */
import { useAsk } from "~/core/ask";
import { money, nameOf, period } from "~/core/format";
import { words, type Both } from "~/core/i18n";
import { numberOf } from "~/core/numbers";
import { PATTERNS, type PatternKind } from "~/core/patterns";
import { param, setParams } from "~/core/router";
import { useShown } from "~/core/status";
import type { PatternShown, PatternsFound, Person } from "~/generated/api";
import { ObjectLink } from "~/parts/objects";
import { PersonLink, RowRef } from "~/parts/marks";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";

const MOST = 200;
const NAMES = 3;

const w = words({
  kind: ["模式", "Pattern"],
  everybody: ["也列无涉毒记录者", "Also where nobody is known for drugs"],
  about: [
    "模式只是付款的形状，不是认定；商铺、房东、放贷人也会形成。",
    "A pattern is a shape of payments and no finding; shops, landlords and lenders form them too.",
  ],
  hidden: (n: number): Both => [`另有 ${n} 处无人有涉毒记录`, `${n} more where nobody is known for drugs`],
  cut: ["查找已截止于上限", "The search stopped at its bound"],
  none: ["没有这样的模式。", "No such pattern."],
  centre: ["围绕", "Centre"],
  known: ["有涉毒记录", "Known for drugs"],
  branches: ["分支", "Branches"],
  payments: ["笔数", "Payments"],
  sum: ["金额", "Sum"],
  share: ["转出比", "Share that left"],
  period: ["时段", "Period"],
  rows: (n: number): Both => [`${n} 行`, `${n} rows`],
  trace: ["追踪", "Trace"],
  follow: ["查看流向", "Follow"],
  source: ["来源", "Source"],
  shown: (n: number, all: number): Both => [`显示 ${n} / ${all}`, `${n} of ${all} shown`],
  others: (n: number): Both => [`等 ${n} 人`, `of ${n}`],
});

export function Patterns() {
  const kind = (param("kind") as PatternKind | null) ?? "pass_through";
  const everybody = param("everybody") === "1";
  const asked = useAsk("/graph/patterns", { query: { kind, everybody, limit: MOST } });
  const found = asked.answer;
  useShown(found ? w.shown(found.patterns.length, found.total) : "");
  return (
    <>
      <div class="bounds">
        <label>
          {w.kind}{" "}
          <select
            class="field"
            value={kind}
            onChange={(event) => setParams({ kind: event.currentTarget.value })}
          >
            {Object.keys(PATTERNS).map((each) => (
              <Choice key={each} kind={each as PatternKind} />
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={everybody}
            onChange={(event) => setParams({ everybody: event.currentTarget.checked ? "1" : null })}
          />{" "}
          {w.everybody}
        </label>
        <span class="t2 small">{w.about}</span>
      </div>
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {!asked.error && !found && <Skeleton lines={10} />}
      {found && <Found found={found} everybody={everybody} />}
    </>
  );
}

const kindWords = words(PATTERNS);

function Choice({ kind }: { kind: PatternKind }) {
  return <option value={kind}>{kindWords[kind]}</option>;
}

function Found({ found, everybody }: { found: PatternsFound; everybody: boolean }) {
  const hidden = everybody ? 0 : found.total - found.known;
  const people = new Map(found.persons.map((each) => [each.id, each]));
  return (
    <>
      {(hidden > 0 || found.truncated) && (
        <p class="bounds">
          {hidden > 0 && w.hidden(hidden)} {found.truncated && w.cut}
        </p>
      )}
      {found.patterns.length ? (
        <Table
          name="patterns"
          label={w.kind}
          columns={columnsOf(people)}
          rows={found.patterns}
          total={everybody ? found.total : found.known}
          rowKey={(each) => each.stages[0]?.[0]?.event + each.centre.join()}
        />
      ) : (
        <Empty icon="users">{w.none}</Empty>
      )}
    </>
  );
}

function columnsOf(people: Map<string, Person>): Column<PatternShown>[] {
  const called = (ids: readonly string[]) =>
    ids
      .map((id) => {
        const known = people.get(id);
        return known ? nameOf(known) : numberOf(id);
      })
      .join(" ");
  return [
    {
      key: "centre",
      title: w.centre,
      value: (each) => called(each.centre),
      cell: (each) => <Several ids={each.centre} people={people} />,
    },
    {
      key: "known",
      title: w.known,
      value: (each) => called(each.known),
      cell: (each) => <Several ids={each.known} people={people} />,
    },
    { key: "branches", title: w.branches, value: (each) => each.branches, numeric: true },
    { key: "payments", title: w.payments, value: (each) => each.events, numeric: true },
    {
      key: "sum",
      title: w.sum,
      value: (each) => each.fen,
      cell: (each) => (each.fen === null ? "—" : money(each.fen, each.currency)),
      numeric: true,
    },
    {
      key: "share",
      title: w.share,
      value: (each) => each.share,
      cell: (each) => each.share?.toFixed(2) ?? "—",
      numeric: true,
    },
    { key: "period", title: w.period, value: (each) => period(each.first, each.last) },
    {
      key: "trace",
      title: w.trace,
      value: () => null,
      cell: (each) => <a href={traceOf(each)}>{w.follow}</a>,
    },
    {
      key: "source",
      title: w.source,
      value: (each) => rowsOf(each).join(" "),
      cell: (each) => <RowRef refs={rowsOf(each)} label={w.rows(rowsOf(each).length)} />,
    },
  ];
}

/** The money of the centre (of a cycle of its first payer) from the day the pattern begins. */
function traceOf(each: PatternShown): string {
  const start = each.centre[0] ?? each.stages[0]?.[0]?.from ?? "";
  const from = each.first ? `&from=${each.first.slice(0, 10)}` : "";
  return `/trace?start=${encodeURIComponent(start)}${from}`;
}

const rowsOf = (each: PatternShown): string[] => [
  ...new Set(each.stages.flatMap((stage) => stage.flatMap((event) => event.evidence))),
];

/** At most three persons, and of how many. */
function Several({ ids, people }: { ids: readonly string[]; people: Map<string, Person> }) {
  if (!ids.length) return <>—</>;
  return (
    <>
      {ids.slice(0, NAMES).map((id) => {
        const person = people.get(id);
        return (
          <span key={id}>{person ? <PersonLink person={person} /> : <ObjectLink reference={id} />} </span>
        );
      })}
      {ids.length > NAMES && <span class="t3">{w.others(ids.length)}</span>}
    </>
  );
}
