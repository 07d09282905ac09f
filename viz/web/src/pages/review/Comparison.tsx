/** Two persons side by side, and what speaks for and against their being one. */
import { say } from "~/core/i18n";
import type { ComparedRow, ProposalPage, Value } from "~/generated/api";
import { Chip, PersonLink, RowRef, StatusChip, Strength } from "~/parts/marks";
import { Weights } from "~/parts/Weights";
import { w } from "./words";

const OUTCOMES: Readonly<Record<ComparedRow["outcome"], "ok" | "warn" | "bad" | "plain" | "info">> = {
  same: "ok",
  near: "warn",
  complement: "info",
  differ: "bad",
  missing: "plain",
  no_basis: "plain",
};

export function Comparison({ page }: { page: ProposalPage }) {
  return (
    <>
      <div class="row between">
        <h2>{page.question === "same" ? w.same : w.conflict}</h2>
        <span class="row">
          <StatusChip status="candidate" />
          <Strength value={page.score} />
        </span>
      </div>
      <table class="review-table">
        <thead>
          <tr>
            <th scope="col">{w.field}</th>
            <th scope="col">
              <PersonLink person={page.one} known />
            </th>
            <th scope="col" />
            <th scope="col">
              <PersonLink person={page.other} known />
            </th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <tr key={row.field}>
              <th scope="row" class="t2">
                {say([row.zh, row.field.replaceAll("_", " ")])}
              </th>
              <td>
                <Values values={row.one} />
              </td>
              <td>
                <Chip kind={OUTCOMES[row.outcome]}>
                  {say([row.outcome_zh, row.outcome.replaceAll("_", " ")])}
                </Chip>
              </td>
              <td>
                <Values values={row.other} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Signals page={page} />
    </>
  );
}

function Values({ values }: { values: readonly Value[] }) {
  if (!values.length) return <span class="t3">—</span>;
  return (
    <ul class="plain">
      {values.slice(0, 6).map((each) => (
        <li key={each.value} class="row between">
          <span class="cut">{each.value}</span>
          <RowRef refs={each.evidence} />
        </li>
      ))}
      {values.length > 6 && <li class="t3 small">+{values.length - 6}</li>}
    </ul>
  );
}

function Signals({ page }: { page: ProposalPage }) {
  const all = [...page.for, ...page.against];
  const named = (name: string): string => {
    const found = all.find((each) => each.name === name);
    return found ? say([found.zh, found.en]) : name;
  };
  return (
    <section>
      <div class="row between">
        <h3>{w.why}</h3>
        <span class="t3 small">{w.forAgainst(page.for.length, page.against.length)}</span>
      </div>
      {all.length ? (
        <Weights signals={all.map((each) => ({ ...each, n: each.evidence.length }))} nameOf={named} />
      ) : (
        <p class="t2 small">{w.noSignals}</p>
      )}
      <h3>{w.because}</h3>
      <ul class="plain">
        {page.because.map((each) => (
          <li key={each.en}>{say([each.zh, each.en])}</li>
        ))}
      </ul>
    </section>
  );
}
