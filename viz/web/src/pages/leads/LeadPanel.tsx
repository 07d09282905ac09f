/** One lead beside the list: what it is about, how far it has come, its rows; to be sent and judged. */
import { useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { moment } from "~/core/format";
import { say } from "~/core/i18n";
import { actTo } from "~/core/legend";
import { to } from "~/core/router";
import { may } from "~/core/session";
import { Decide, type Verdict } from "~/parts/Decide";
import { refName } from "~/parts/hits";
import { Panel } from "~/parts/Page";
import { SourceRows } from "~/parts/rows";
import { Failed, Skeleton } from "~/parts/states";
import { Course, Unit } from "./Course";
import { Status, titleOf } from "./status";
import { LEVELS, w } from "./words";

const VERDICTS: readonly Verdict[] = [
  { verdict: "confirmed", label: ["属实", "Confirmed"] },
  { verdict: "rejected", label: actTo("rejected") },
  { verdict: "unsure", label: actTo("unsure") },
  { verdict: "answered", label: ["已反馈", "Answered"] },
  { verdict: "sent", label: ["下发", "Send"] },
];

/** The page of what a lead is about; null for what has none. */
function pageOf(ref: string): string | null {
  const [label = "", ...rest] = ref.split(":");
  const key = rest.join(":");
  if (label === "Person") return to`/persons/${key}`;
  if (label === "Case") return to`/cases/${key}`;
  if (label === "Gang") return to`/gangs/${key}`;
  if (label === "Clue") return to`/district/clues/${key}`;
  if (label === "Task") return to`/district/tasks/${key}`;
  return label === "Chain" ? null : `/search?q=${encodeURIComponent(key.replace(/^\w+:/, ""))}`;
}

export function LeadPanel({ id }: { id: string }) {
  const asked = useAsk("/leads/{lead_id}", { path: { lead_id: id } });
  const [unit, setUnit] = useState("");
  const [due, setDue] = useState("");
  const [level, setLevel] = useState("normal");
  if (asked.error)
    return (
      <Panel name="lead">
        <Failed error={asked.error} retry={asked.again} />
      </Panel>
    );
  if (!asked.answer)
    return (
      <Panel name="lead">
        <Skeleton />
      </Panel>
    );
  const lead = asked.answer.lead;
  const seen = (verdict: string) =>
    verdict === "sent" ? { unit: unit.trim(), deadline: due || null, level } : undefined;
  const verdicts = unit.trim() ? VERDICTS : VERDICTS.filter((each) => each.verdict !== "sent");
  const decide = (
    <>
      <div class="row lead-send">
        <label>
          <span class="field-label">{w.unit}</span>
          <input
            class="field"
            type="text"
            maxLength={100}
            value={unit}
            onInput={(event) => setUnit(event.currentTarget.value)}
          />
        </label>
        <label>
          <span class="field-label">{w.due}</span>
          <input
            class="field"
            type="date"
            value={due}
            onInput={(event) => setDue(event.currentTarget.value)}
          />
        </label>
        <label>
          <span class="field-label">{w.level}</span>
          <select class="field" value={level} onChange={(event) => setLevel(event.currentTarget.value)}>
            {Object.entries(LEVELS).map(([value, label]) => (
              <option key={value} value={value}>
                {say(label)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {!unit.trim() && <p class="small t3">{w.sendNote}</p>}
      {may("judge") && <Unit key={lead.status} lead={lead} done={asked.again} />}
      <Decide kind="lead" subjects={[id]} about={`Lead:${id}`} verdicts={verdicts} seen={seen} />
    </>
  );
  return (
    <Panel
      name="lead"
      head={
        <h2 class="row">
          <Status lead={lead} />
          <span class="mono t3">{lead.id}</span>
        </h2>
      }
      decide={decide}
    >
      <div class="stack">
        <p>{titleOf(lead)}</p>
        {lead.text && <p class="t2">{lead.text}</p>}
        <p class="small t2">
          {lead.watch ? lead.watch.name : w.byHand} · {lead.created_by} · {moment(lead.created)}
          {lead.unit && <> · {lead.unit}</>}
          {lead.gone && <b class="warn"> · {w.gone}</b>}
        </p>
        <Course lead={lead} />
        {lead.rules.length > 0 && (
          <p class="small t2">
            {w.ofRules} <span class="mono">{lead.rules.join(" · ")}</span>
          </p>
        )}
        <h3>{w.about}</h3>
        <ul class="small">
          {lead.subjects.map((ref) => {
            const page = pageOf(ref);
            return <li key={ref}>{page ? <a href={page}>{refName(ref)}</a> : refName(ref)}</li>;
          })}
        </ul>
        <h3>{w.rows}</h3>
        {lead.evidence.length ? (
          <SourceRows refs={lead.evidence} most={10} />
        ) : (
          <p class="small t3">{w.noRows}</p>
        )}
      </div>
    </Panel>
  );
}
