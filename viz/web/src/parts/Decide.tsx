/** A judgement in place: equal buttons with digit keys, active only with a reason; history and taking back below. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError, type Asked, lost } from "~/core/api";
import { useAsk } from "~/core/ask";
import { useDraft } from "~/core/drafts";
import { moment } from "~/core/format";
import { say, words, type Both } from "~/core/i18n";
import { may } from "~/core/session";
import { useKeys, type Keys } from "~/core/shortcuts";
import { Failed } from "./states";

type Body = Exclude<Asked<"POST", "/reviews">["body"], FormData>;

export interface Verdict {
  verdict: string;
  label: Both;
}

export const w = words({
  reason: ["理由（必填，进入日志与报告）", "Reason (required; goes to log and report)"],
  first: ["先写理由，再作判断；可撤销。", "State the reason, then judge; it can be taken back."],
  history: ["判断历史", "Decisions"],
  none: ["尚无判断。", "No decision yet."],
  undo: ["撤销", "Take back"],
  undone: ["已撤销", "taken back"],
  why: ["撤销原判断", "Taken back by its author"],
  counts: ["已记录，可撤销。", "Recorded; it can be taken back."],
});

const VERDICTS: Readonly<Record<string, Both>> = {
  confirmed: ["确认", "confirmed"],
  rejected: ["不成立", "refused"],
  unsure: ["存疑", "unsure"],
  under_review: ["并案研判", "joined for review"],
  sent_back: ["退回补证", "sent back"],
  comment: ["备注", "comment"],
  taken_back: ["撤销", "took back"],
  same: ["同一人", "same person"],
  same_two_ids: ["同一人，两证", "same person, two ids"],
  different: ["不是同一人", "different persons"],
  sent: ["下发", "sent"],
  answered: ["已反馈", "answered"],
};
export const verdictWord = (verdict: string): string => say(VERDICTS[verdict] ?? [verdict, verdict]);

interface DecideProps {
  kind: Body["kind"];
  subjects: readonly string[];
  /** Reference whose decisions are listed: `Chain:C12`. */
  about: string;
  verdicts: readonly Verdict[];
  /** Digit keys are taken by this one; a page has one. */
  keys?: boolean;
  /** What is kept with the judgement besides its reason. */
  seen?: (verdict: string) => Record<string, unknown> | undefined;
  /** After the ledger answered: ask the page's question again, so that the state changes in place. */
  onDone?: () => void;
}

/** What stands of a subject: its entries, newest first. */
export function useDecisions(about: string | null, subjects: readonly string[]) {
  const asked = useAsk("/reviews", about ? { query: { subject: [about], limit: 200 } } : null);
  const mine = (asked.answer?.reviews ?? []).filter((entry) =>
    subjects.every((id) => entry.subjects.some((each) => each === id || each.endsWith(`:${id}`))),
  );
  return { ...asked, mine };
}

/** What only a chief decides; what a role lacks is absent. */
const allowed = (kind: string, verdicts: readonly Verdict[]): readonly Verdict[] =>
  may("decide") || !["chain", "hop", "gang", "member", "series"].includes(kind) ? verdicts : verdicts.filter((each) => each.verdict !== "confirmed" && each.verdict !== "rejected");

export function Decide({ kind, subjects, about, verdicts: all, keys = true, seen, onDone }: DecideProps) {
  const verdicts = allowed(kind, all);
  const [reason, setReason] = useDraft(`${kind}.${subjects.join(".")}`);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const decisions = useDecisions(about, subjects);
  const mine = decisions.mine.filter((entry) => entry.kind === kind);
  const ready = reason.trim() !== "" && !busy && lost.value === 0;
  const act = (work: Promise<unknown>) => {
    setBusy(true);
    setError(null);
    work.then(
      () => {
        setReason("");
        setTold(true);
        decisions.again();
        onDone?.();
      },
      (failed: unknown) => setError(asApiError(failed)),
    ).finally(() => setBusy(false));
  };
  const judge = (verdict: string) => {
    if (ready) act(api.post("/reviews", { body: { kind, verdict, subjects: [...subjects], reason: reason.trim(), ...(seen?.(verdict) ? { seen: seen(verdict) } : {}) } as Body }));
  };
  const taken: Keys = {};
  if (keys) verdicts.forEach((each, at) => (taken[String(at + 1)] = { label: say(each.label), run: () => judge(each.verdict) }));
  useKeys(taken);
  return (
    <div class="stack">
      <div>
        <label class="field-label" for={`reason-${kind}`}>
          {w.reason}
        </label>
        <textarea id={`reason-${kind}`} class="field" rows={2} maxLength={1000} value={reason} onInput={(event) => setReason(event.currentTarget.value)} onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()} />
      </div>
      {error && <Failed error={error} />}
      <div class="row" style={{ flexWrap: "wrap" }}>
        {verdicts.map((each, at) => (
          <button key={each.verdict} type="button" class="button big" disabled={!ready} onClick={() => judge(each.verdict)}>
            {say(each.label)}
            {keys && <kbd>{at + 1}</kbd>}
          </button>
        ))}
      </div>
      <p class="small t3" role="status">
        {told ? w.counts : w.first}
      </p>
      {mine.length > 0 && (
        <ul class="small history" aria-label={w.history}>
          {mine.slice(0, 4).map((entry) => (
            <li key={entry.id} class="row">
              <span class="t3 keep">{moment(entry.at)}</span>
              <span class={`grow cut${entry.standing ? "" : " t3"}`} title={entry.reason}>
                {entry.author} <b style={entry.standing ? {} : { textDecoration: "line-through" }}>{verdictWord(entry.verdict)}</b> {entry.reason}
              </span>
              {entry.standing && !entry.undoes ? (
                <button type="button" class="link" disabled={busy} onClick={() => act(api.post("/reviews/{review_id}/undo", { path: { review_id: entry.id }, body: { reason: reason.trim() || w.why } }))}>
                  {w.undo}
                </button>
              ) : (
                <span class="t3">{entry.undoes ? "" : w.undone}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
