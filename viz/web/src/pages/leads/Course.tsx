/** How far a lead has come: sent, accepted, answered, each with its time limit; what the unit does next. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { moment } from "~/core/format";
import { say } from "~/core/i18n";
import type { LeadShown } from "~/generated/api";
import { Failed } from "~/parts/states";
import { LEVELS, RESULTS, w } from "./words";

type Result = keyof typeof RESULTS;

export function Course({ lead }: { lead: LeadShown }) {
  const way = lead.course;
  if (!way) return null;
  return (
    <section aria-label={w.course}>
      <h3>{w.course}</h3>
      <ul class="small">
        {way.sent && (
          <li>
            {w.sent} {moment(way.sent)} · {say(LEVELS[way.level] ?? [way.level, way.level])}
          </li>
        )}
        {way.accepted ? (
          <li>
            {w.accepted} {moment(way.accepted)} {way.accept_late && <b class="bad">{w.lateOne}</b>}
          </li>
        ) : (
          way.accept_by &&
          !way.answered && (
            <li>
              {w.acceptBy} {moment(way.accept_by)} {way.accept_late && <b class="bad">{w.lateOne}</b>}
            </li>
          )
        )}
        {way.answered ? (
          <li>
            {w.answered} {moment(way.answered)} · {way.result ? say(RESULTS[way.result]) : "—"}
            {way.persons !== null && <> · {w.personsDealt(way.persons)}</>}{" "}
            {way.answer_late && <b class="bad">{w.lateOne}</b>}
          </li>
        ) : (
          way.answer_by && (
            <li>
              {w.due} {moment(way.answer_by)} {way.extended && <span class="warn">{w.extended}</span>}{" "}
              {way.answer_late && <b class="bad">{w.lateOne}</b>}
            </li>
          )
        )}
      </ul>
    </section>
  );
}

/** Accept and answer, for the unit that has the lead. */
export function Unit({ lead, done }: { lead: LeadShown; done: () => void }) {
  const [result, setResult] = useState<Result>("confirmed");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  if (lead.status !== "sent" && lead.status !== "accepted") return null;
  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
      done();
    } catch (failed) {
      setError(asApiError(failed));
    }
  };
  const accept = () =>
    api.post("/leads/{lead_id}/accept", { path: { lead_id: lead.id }, body: { reason: "" } });
  const answer = () =>
    api.post("/leads/{lead_id}/answer", {
      path: { lead_id: lead.id },
      body: { result, reason: reason.trim() },
    });
  return (
    <div class="row lead-send">
      {lead.status === "sent" && (
        <button type="button" class="button" onClick={() => void act(accept)}>
          {w.accept}
        </button>
      )}
      <label>
        <span class="field-label">{w.result}</span>
        <select
          class="field"
          value={result}
          onChange={(event) => setResult(event.currentTarget.value as Result)}
        >
          {Object.entries(RESULTS).map(([value, label]) => (
            <option key={value} value={value}>
              {say(label)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="field-label">{w.found}</span>
        <input
          class="field"
          type="text"
          maxLength={500}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <button type="button" class="button" onClick={() => void act(answer)}>
        {w.answer}
      </button>
      {error && <Failed error={error} />}
    </div>
  );
}
