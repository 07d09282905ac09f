/** The side of a person's page: what he holds, who is counted as him, what he belongs to. */
import { useAsk } from "~/core/ask";
import { nameOf, shortCase } from "~/core/format";
import { to } from "~/core/router";
import type { PersonPage } from "~/generated/api";
import { ObjectLink } from "~/parts/objects";
import { Chip, RowRef, StatusChip, Strength } from "~/parts/marks";
import { roleWord } from "~/core/legend";
import { Quantities } from "~/parts/Quantities";
import { w } from "./words";

export function Held({ page }: { page: PersonPage }) {
  return (
    <section class="person-panel">
      <h3>
        {w.held} {page.holds.length}
      </h3>
      {page.holds.length === 0 && <p class="t2">{w.noHeld}</p>}
      <ul>
        {page.holds.map((each) => (
          <li key={each.identifier}>
            <div class="between">
              <span class="mono cut" title={each.identifier}>
                <ObjectLink reference={each.identifier} />
              </span>
              <Chip kind={each.verified ? "confirmed" : "candidate"}>
                {each.verified ? w.verified : w.inferred}
              </Chip>
            </div>
            <div class="between small t2">
              <span class="cut">
                {w.reasons(each.reason ?? "—")}
                {each.score !== null && ` · ${each.score.toFixed(2)}`}
              </span>
              <RowRef refs={each.evidence} label={w.rowsOf(each.evidence.length)} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Other holders the run counted for him, or he for one of them; review decides. */
export function Counted({ page }: { page: PersonPage }) {
  if (!page.counted.length) return null;
  return (
    <section class="person-panel">
      <h3>
        {w.counted} {page.counted.length}
      </h3>
      <p class="small t2">{w.countedMean}</p>
      <ul>
        {page.counted.map((each) => {
          const other = each.person.id === page.person.id ? each.counted_as : each.person;
          const away = other === each.counted_as;
          const what = each.number
            ? (away ? w.lentTo : w.lentHere)(each.number, each.contacts)
            : (away ? w.countedAs : w.countedHere)(each.contacts);
          return (
            <li key={`${other.id} ${each.number ?? ""}`}>
              <div class="between">
                <a class="mono cut" href={to`/persons/${other.id}`}>
                  {each.number ? nameOf(other) : ([...other.phones, ...other.accounts][0] ?? nameOf(other))}
                </a>
                <Chip kind="candidate">{w.inferred}</Chip>
              </div>
              <div class="small t2">
                {w.countedWhy(each.reason)} · {what}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function Belongs({ page }: { page: PersonPage }) {
  return (
    <>
      <section class="person-panel">
        <h3>{w.cases}</h3>
        {page.cases.length === 0 && <p class="t2">{w.none}</p>}
        {page.cases.map((each) => (
          <p key={each.case_no} class="between">
            <a href={to`/cases/${each.case_no}`} title={each.case_no} class="cut">
              {shortCase(each.case_no)} {each.role}
            </a>
            <RowRef refs={each.evidence ?? []} label={w.rowsOf((each.evidence ?? []).length)} />
          </p>
        ))}
      </section>
      <section class="person-panel">
        <h3>{w.gangs}</h3>
        {page.gangs.length === 0 && <p class="t2">{w.none}</p>}
        {page.gangs.map((each) => (
          <p key={each.id} class="between">
            <a href={to`/gangs/${each.id}`}>{each.id}</a>
            <span>
              {roleWord(each.role)}
              {each.rank !== null && ` · ${w.rank(each.rank)}`}
            </span>
            <StatusChip status={each.status} />
          </p>
        ))}
      </section>
      <section class="person-panel">
        <h3>{w.chains}</h3>
        {page.chains.length === 0 && <p class="t2">{w.none}</p>}
        {page.chains.map((each) => (
          <p key={each.id} class="between">
            <a href={to`/chains/${each.case_no}/${each.rank ?? 1}`} title={each.case_no}>
              {shortCase(each.case_no)}
            </a>
            <Strength value={each.strength} />
            <StatusChip status={each.status} />
          </p>
        ))}
      </section>
    </>
  );
}

export function HisQuantities({ person }: { person: string }) {
  return (
    <Quantities found={useAsk("/persons/{person_id}/quantities", { path: { person_id: person } }).answer} />
  );
}
