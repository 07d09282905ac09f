/** The judgements about a person and what he stands in. */
import { useAsk } from "~/core/ask";
import { moment } from "~/core/format";
import type { PersonPage, ReviewShown } from "~/generated/api";
import { verdictWord } from "~/parts/Decide";
import { refName } from "~/parts/hits";
import { Failed } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { w } from "./words";

const MOST_SUBJECTS = 300; // as many as one question may name

/**
 * What was judged about him, an identifier he holds, or a chain or gang he stands in; newest first, taken
 * back ones too.
 */
export function Decisions({ page }: { page: PersonPage }) {
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
