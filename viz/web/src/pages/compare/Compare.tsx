/** Two to six persons side by side: who each is, common contacts and payments, first and last calls. */
import { useAsk } from "~/core/ask";
import { shortCase } from "~/core/format";
import { words, type Both } from "~/core/i18n";
import { bornOn } from "~/core/namesakes";
import { param, setParams, to } from "~/core/router";
import { roleWord } from "~/core/legend";
import type { PersonPage } from "~/generated/api";
import { PersonLink } from "~/parts/marks";
import { ObjectLink } from "~/parts/objects";
import { Page } from "~/parts/Page";
import { PickOne } from "~/parts/PickOne";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { Suite } from "../person/Suite";
import "../person/person.css";
import "./compare.css";

const MOST = 6;

const w = words({
  title: ["人员对比", "Compare persons"],
  add: ["加入对比的人员", "Person to add"],
  begin: [
    "查找并加入二至六人，查看共同联系人、共同往来和首末次通话。",
    "Find two to six persons to see common contacts, common payments, first and last calls.",
  ],
  full: (n: number): Both => [`最多对比 ${n} 人`, `At most ${n} persons`],
  calls: ["通联", "Calls"],
  money: ["资金", "Money"],
  parts: ["分项", "Sections"],
  remove: (name: string): Both => [`移出${name}`, `Remove ${name}`],
  idNo: ["证件号码", "Resident id"],
  born: ["出生", "Born"],
  numbers: ["标识", "Identifiers"],
  cases: ["案件", "Cases"],
  gangs: ["团伙", "Gangs"],
});

const KINDS = /^(person|account|phone)$/i;

export default function Compare() {
  const ids = [...new Set((param("ids") ?? "").split(",").filter(Boolean))].slice(0, MOST);
  const tabs = [
    { id: "calls", label: w.calls },
    { id: "money", label: w.money },
  ];
  const tab = chosenTab(tabs);
  const set = (next: readonly string[]) => setParams({ ids: next.join(",") || null });
  const [first, ...others] = ids;
  return (
    <Page
      title={w.title}
      tools={
        ids.length < MOST ? (
          <PickOne kinds={KINDS} label={w.add} onPick={(hit) => hit.person && set([...ids, hit.person.id])} />
        ) : (
          <span class="t2">{w.full(MOST)}</span>
        )
      }
    >
      <div class="fill person-page" tabIndex={0}>
        {ids.length > 0 && (
          <div class="compared">
            {ids.map((each) => (
              <One key={each} id={each} remove={() => set(ids.filter((id) => id !== each))} />
            ))}
          </div>
        )}
        {ids.length < 2 && <Empty icon="users">{w.begin}</Empty>}
        {first && others.length > 0 && (
          <>
            <Tabs tabs={tabs} label={w.parts} />
            <Suite
              key={`${tab} ${ids.join()}`}
              person={first}
              also={others}
              kind={tab as "calls" | "money"}
            />
          </>
        )}
      </div>
    </Page>
  );
}

function One({ id, remove }: { id: string; remove: () => void }) {
  const asked = useAsk("/persons/{person_id}", { path: { person_id: id } }, false);
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={5} />;
  const page: PersonPage = asked.answer;
  const name = page.person.name ?? "";
  return (
    <section class="card">
      <h2 class="between">
        <PersonLink person={page.person} />
        <button
          type="button"
          class="button quiet"
          aria-label={w.remove(name)}
          title={w.remove(name)}
          onClick={remove}
        >
          ×
        </button>
      </h2>
      <dl>
        <dt>{w.idNo}</dt>
        <dd class="mono">{page.person.resident_id ?? "—"}</dd>
        <dt>{w.born}</dt>
        <dd>{bornOn(page.person) || "—"}</dd>
        <dt>{w.numbers}</dt>
        <dd>
          {page.holds
            .filter((each) => each.label !== "ResidentId")
            .map((each) => (
              <div key={each.identifier} class="cut">
                <ObjectLink reference={each.identifier} />
              </div>
            ))}
        </dd>
        <dt>{w.cases}</dt>
        <dd>
          {page.cases.map((each) => (
            <div key={each.case_no}>
              <a href={to`/cases/${each.case_no}`}>{shortCase(each.case_no)}</a> {each.role}
            </div>
          ))}
          {!page.cases.length && "—"}
        </dd>
        <dt>{w.gangs}</dt>
        <dd>
          {page.gangs.map((each) => (
            <div key={each.id}>
              <a href={to`/gangs/${each.id}`}>{each.id}</a> {roleWord(each.role)}
            </div>
          ))}
          {!page.gangs.length && "—"}
        </dd>
      </dl>
    </section>
  );
}
