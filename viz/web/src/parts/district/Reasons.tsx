/** Why, why not, what is missing: each with its value, its rule and the rows behind it. */
import { count } from "~/core/format";
import { say } from "~/core/i18n";
import { RowRef } from "~/parts/marks";
import type { Reason, Subject } from "./items";
import { UNITS, w } from "./words";

/** Where what an item is about can be looked at: by its number in the search; null for what has no page. */
export function subjectHref(subject: Subject): string | null {
  const key = subject.label === "Vehicle" ? (subject.id.split("|")[0] ?? subject.id) : subject.id;
  return ["Person", "ResidentId", "Company", "Vehicle", "Phone", "Account"].includes(subject.label)
    ? `/search?q=${encodeURIComponent(key)}`
    : null;
}

export function SubjectLink({ subject }: { subject: Subject }) {
  const href = subjectHref(subject);
  const named = subject.name && subject.name !== subject.id;
  const key = subject.label === "Vehicle" ? (subject.id.split("|")[0] ?? subject.id) : subject.id;
  const text = (
    <>
      {named ? subject.name : <span class="mono">{subject.id}</span>}
      {named && key !== subject.name && <span class="mono t3"> {key}</span>}
    </>
  );
  return href ? <a href={href}>{text}</a> : <span>{text}</span>;
}

export function Reasons({
  title,
  reasons,
  hideEmpty,
}: {
  title: string;
  reasons: readonly Reason[];
  hideEmpty?: boolean;
}) {
  if (hideEmpty && !reasons.length) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {reasons.length ? (
        <ul class="small reasons">
          {reasons.map((each) => (
            <Line key={`${each.rule}${each.zh}${each.subject?.id ?? ""}`} reason={each} />
          ))}
        </ul>
      ) : (
        <p class="small t3">{w.noReasons}</p>
      )}
    </section>
  );
}

function Line({ reason }: { reason: Reason }) {
  const unit = reason.unit ? ` ${say(UNITS[reason.unit] ?? [reason.unit, reason.unit])}` : "";
  const value = reason.value === null ? null : count(reason.value) + unit;
  const limit = reason.threshold === null ? null : count(reason.threshold) + unit;
  return (
    <li title={reason.rule}>
      <span>{say([reason.zh, reason.en])}</span>{" "}
      {reason.subject && (
        <>
          <SubjectLink subject={reason.subject} />{" "}
        </>
      )}
      {value && <span class="t3">{limit ? w.value(value, limit) : w.only(value)} </span>}
      <RowRef refs={reason.evidence} />
    </li>
  );
}
