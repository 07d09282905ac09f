/** With whom a person deals regularly though no drug fact bears on a supply: apart from supplies,
 *  and none of them. */
import { useAsk } from "~/core/ask";
import { nameOf, period, yuan } from "~/core/format";
import { say, words, type Both } from "~/core/i18n";
import type { Dealing } from "~/generated/api";
import { PersonLink, RowRef } from "~/parts/marks";
import { Failed } from "~/parts/states";
import { Table } from "~/parts/Table";
import { rowsColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";

const w = words({
  title: ["往来规律", "Regular dealings"],
  none: ["没有这样的往来。", "There are none."],
  notKept: [
    "现有研判批次未计算往来规律，请重新研判。",
    "The published run did not look for them: run the analysis again.",
  ],
  person: ["人员", "Person"],
  paid: ["付给对方", "Paid to him"],
  received: ["收自对方", "Received from him"],
  times: (n: number, sum: string): Both => [`${n} 笔 ${sum}`, `${n}, ${sum}`],
  calls: ["通话", "Calls"],
  messages: ["消息", "Messages"],
  period: ["时段", "Period"],
  source: ["来源", "Source"],
  rows: (n: number): Both => [`${n} 行`, `${n} rows`],
  line: (payments: number, sum: string, calls: number): Both => [
    `付款 ${payments} 笔 ${sum}，通话 ${calls} 次`,
    `payments ${payments}, ${sum}; calls ${calls}`,
  ],
});

const MOST_LINES = 10;

/** The same on a card: one line for each, those with most payments first. */
export function DealingLines({ person }: { person: string }) {
  const found = useAsk("/persons/{person_id}/dealings", { path: { person_id: person } }, false).answer;
  if (!found?.dealings?.length) return null;
  return (
    <section>
      <h3>
        {w.title} {found.dealings.length}
      </h3>
      <p class="small t3">{say([found.means.zh, found.means.en])}</p>
      <ul class="small">
        {found.dealings.slice(0, MOST_LINES).map((each) => (
          <li key={each.other.id}>
            <PersonLink person={each.other} />{" "}
            {w.line(each.paid + each.received, yuan(each.paid_fen + each.received_fen), each.calls)}{" "}
            <RowRef refs={each.evidence} label={w.rows(each.evidence.length)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Dealings({ person }: { person: string }) {
  const asked = useAsk("/persons/{person_id}/dealings", { path: { person_id: person } });
  const found = asked.answer;
  const rows = found?.dealings ?? [];
  return (
    <section>
      <h2>
        {w.title} {found?.dealings && rows.length}
      </h2>
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {found && <p class="t2 small">{say([found.means.zh, found.means.en])}</p>}
      {found && !rows.length && <p class="t2">{found.dealings ? w.none : w.notKept}</p>}
      {rows.length > 0 && <List rows={rows} />}
    </section>
  );
}

function List({ rows }: { rows: readonly Dealing[] }) {
  const columns: Column<Dealing>[] = [
    {
      key: "person",
      title: w.person,
      value: (row) => nameOf(row.other),
      cell: (row) => <PersonLink person={row.other} />,
    },
    sums("paid", w.paid, (row) => [row.paid, row.paid_fen]),
    sums("received", w.received, (row) => [row.received, row.received_fen]),
    { key: "calls", title: w.calls, value: (row) => row.calls, numeric: true },
    { key: "messages", title: w.messages, value: (row) => row.messages, numeric: true },
    {
      key: "period",
      title: w.period,
      value: (row) => row.first,
      cell: (row) => period(row.first, row.last),
    },
    rowsColumn(w.source, w.rows),
  ];
  return (
    <Table name="dealings" label={w.title} columns={columns} rows={rows} rowKey={(row) => row.other.id} />
  );
}

function sums(key: string, title: string, of: (row: Dealing) => [number, number]): Column<Dealing> {
  return {
    key,
    title,
    value: (row) => of(row)[1] / 100,
    cell: (row) => (of(row)[0] ? w.times(of(row)[0], yuan(of(row)[1])) : "—"),
  };
}
