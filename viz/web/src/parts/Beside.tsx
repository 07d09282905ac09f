/** Other cases below the same upline, and whether a person joined or parted two of them. */
import { useState } from "preact/hooks";
import { figure, shortCase } from "~/core/format";
import { words, type Both } from "~/core/i18n";
import { actTo } from "~/core/legend";
import { to } from "~/core/router";
import type { BesideCase } from "~/generated/api";
import { Decide, type Verdict } from "./Decide";
import { PersonLink, StatusChip, Strength } from "./marks";

const w = words({
  title: ["同一上家之下的其他案件", "Other cases below the same upline"],
  none: ["未见首选链条上行至同一人的其他案件。", "No other case has a first chain up to the same person."],
  by: ["经", "through"],
  judge: (no: string): Both => [`判断与 ${no} 是否并案`, `decide whether to join ${no}`],
  decide: ["并案判断", "join or separate"],
  surely: (score: string): Both => [
    `两案链条均上行至此人的把握 ${score}`,
    `both chains lead up to him: ${score}`,
  ],
});

const VERDICTS: readonly Verdict[] = [
  { verdict: "confirmed", label: ["并案", "Join"] },
  { verdict: "rejected", label: ["不并案", "Do not join"] },
  { verdict: "unsure", label: actTo("unsure") },
];
const SHOWN = 8;

export function Beside({ caseNo, cases }: { caseNo: string; cases: readonly BesideCase[] }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section>
      <div class="between">
        <h3>{w.title}</h3>
        <span class="t3 small">{cases.length || ""}</span>
      </div>
      {cases.length === 0 && <p class="small t2">{w.none}</p>}
      <ul class="small" style={{ listStyle: "none", padding: 0, margin: 0 }}>
        {cases.slice(0, SHOWN).map((each) => (
          <li key={each.case_no}>
            <div class="row">
              <a href={to`/cases/${each.case_no}`} title={each.name ?? each.case_no}>
                {shortCase(each.case_no)}
              </a>
              <span class="grow cut t2" title={w.surely(figure(each.score))}>
                {w.by} <PersonLink person={each.person} />
              </span>
              {each.status === "confirmed" && <StatusChip status={each.status} />}
              <Strength value={each.score} />
              <button
                type="button"
                class="link"
                aria-label={w.judge(shortCase(each.case_no))}
                aria-expanded={open === each.case_no}
                onClick={() => setOpen(open === each.case_no ? null : each.case_no)}
              >
                {w.decide}
              </button>
            </div>
            {open === each.case_no && (
              <Decide
                kind="series"
                subjects={[caseNo, each.case_no]}
                about={`Case:${each.case_no}`}
                verdicts={VERDICTS}
                byKeys={false}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
