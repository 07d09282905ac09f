/** Which drug facts stand for a person, each kind with its rows: without one nobody is called a
 *  user or a supplier. */
import { nameOf, shortCase } from "~/core/format";
import { to } from "~/core/router";
import { say, words, type Both } from "~/core/i18n";
import type { PersonPage } from "~/generated/api";
import { RowRef } from "~/parts/marks";

const w = words({
  title: ["涉毒材料", "Drug facts"],
  none: ["没有此人的涉毒材料。", "No drug fact is known about him."],
  notKept: ["现有研判批次未保存，请重新研判。", "The published run kept none: run the analysis again."],
  of: (name: string): Both => [`属于计为一人的 ${name}`, `of ${name}, counted as one with him`],
  rows: (n: number): Both => [`${n} 行`, `${n} rows`],
});

export function DrugFacts({ page }: { page: PersonPage }) {
  const facts = page.drug_facts;
  return (
    <section class="person-panel">
      <h3>
        {w.title} {facts && facts.length > 0 && facts.length}
      </h3>
      {!facts?.length && <p class="t2 small">{facts ? w.none : w.notKept}</p>}
      <ul>
        {(facts ?? []).map((each) => (
          <li key={`${each.kind} ${each.of?.id ?? ""}`}>
            <div class="between">
              <span>{say([each.zh, each.en])}</span>
              <RowRef refs={each.evidence} label={w.rows(each.evidence.length)} />
            </div>
            <div class="small t2">
              {say([each.reason.zh, each.reason.en])}
              {each.of && (
                <>
                  {" · "}
                  <a href={to`/persons/${each.of.id}`} class="under">
                    {w.of(nameOf(each.of))}
                  </a>
                </>
              )}
              {each.cases.map((no) => (
                <span key={no}>
                  {" · "}
                  <a href={to`/cases/${no}`} title={no} class="under">
                    {shortCase(no)}
                  </a>
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
