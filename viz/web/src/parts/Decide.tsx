/**
 * A judgement in place: equal buttons with digit keys, active only with a reason; history and taking back
 * below.
 */
import { useState } from "preact/hooks";
import { type ApiError, asApiError, lost } from "~/core/api";
import { useAsk } from "~/core/ask";
import { useDraft } from "~/core/drafts";
import { moment } from "~/core/format";
import { say, words, type Both } from "~/core/i18n";
import { judge, lastAct, takeBack, takeLastBack, type Judged } from "~/core/judging";
import { useKeys, type Keys } from "~/core/shortcuts";
import { Failed } from "./states";
import { allowed, verdictWord, type Verdict } from "./verdicts";

export { verdictWord, type Verdict } from "./verdicts";

export const w = words({
  reason: ["理由（必填，进入日志与报告）", "Reason (required; goes to log and report)"],
  first: ["先写理由，再作判断，可以撤销。", "State the reason, then decide. You can undo it."],
  history: ["判断历史", "Decisions"],
  undo: ["撤销", "Undo"],
  undone: ["已撤销", "undone"],
  why: ["撤销原判断", "Undone by its author"],
  recorded: (verdict: string): Both => [
    `已记录，可撤销（Ctrl Z）：${verdict}。`,
    `Recorded; you can undo it (Ctrl Z): ${verdict}.`,
  ],
  tookBack: ["已撤销，原状恢复。", "Undone; the former state is restored."],
  nothing: ["本窗口没有可撤销的判断。", "This window has no judgement to undo."],
  write: ["写理由", "Write the reason"],
});

/** Comments stand apart from decisions. */
const REMARKS: ReadonlySet<string> = new Set(["comment", "done"]);

interface DecideProps {
  kind: Judged["kind"];
  subjects: readonly string[];
  /** Reference whose decisions are listed: `Chain:C12`. */
  about: string;
  verdicts: readonly Verdict[];
  /** Digit keys are taken by this one; a page has one. */
  byKeys?: boolean;
  /** What is kept with the judgement besides its reason. */
  seen?: (verdict: string) => Record<string, unknown> | undefined;
  /** After the ledger answered; what is shown of it anywhere is asked again by itself. */
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

/** Put the cursor into the reason box of the page. */
export const focusReason = (): void => document.querySelector<HTMLElement>(".decide textarea")?.focus();

export function Decide({ kind, subjects, about, verdicts: all, byKeys = true, seen, onDone }: DecideProps) {
  const verdicts = allowed(kind, all);
  const [reason, setReason] = useDraft(`${kind}.${subjects.join(".")}`);
  const [busy, setBusy] = useState(false);
  const [none, setNone] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const decisions = useDecisions(about, subjects);
  const mine = decisions.mine.filter((entry) => entry.kind === kind && !REMARKS.has(entry.verdict));
  const ready = reason.trim() !== "" && !busy && lost.value === 0;
  const act = (work: Promise<unknown>, then?: () => void) => {
    setBusy(true);
    setNone(false);
    setError(null);
    work.then(then, (failed: unknown) => setError(asApiError(failed))).finally(() => setBusy(false));
  };
  const decide = (verdict: string) => {
    if (!ready) return focusReason();
    const kept = seen?.(verdict);
    const body = {
      kind,
      verdict,
      subjects: [...subjects],
      reason: reason.trim(),
      ...(kept ? { seen: kept } : {}),
    };
    act(judge(body as Judged), () => {
      setReason("");
      onDone?.();
    });
  };
  const back = (id: string) => act(takeBack(id, reason.trim() || w.why));
  const keys: Keys = {
    r: { label: w.write, run: focusReason },
    "Ctrl+z": { label: w.undo, run: () => act(takeLastBack(w.why).then((done) => setNone(!done))) },
  };
  for (const each of verdicts)
    keys[String(each.digit)] = { label: say(each.label), run: () => decide(each.verdict) };
  useKeys(byKeys ? keys : {});
  const last = lastAct.value;
  const told = none
    ? w.nothing
    : reason || !last
      ? w.first
      : last.back
        ? w.tookBack
        : w.recorded(verdictWord(last.entry.verdict));
  return (
    <div class="stack">
      <div>
        <label class="field-label between" for={`reason-${kind}`}>
          {w.reason}
          <kbd>R</kbd>
        </label>
        <textarea
          id={`reason-${kind}`}
          class="field"
          rows={2}
          maxLength={1000}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
      </div>
      {error && <Failed error={error} />}
      <div class="row" style={{ flexWrap: "wrap" }}>
        {verdicts.map((each) => (
          <button
            key={each.verdict}
            type="button"
            class="button big"
            disabled={!ready}
            onClick={() => decide(each.verdict)}
          >
            {say(each.label)}
            <kbd>{each.digit}</kbd>
          </button>
        ))}
      </div>
      <p class="small t3" role="status">
        {told}
      </p>
      {mine.length > 0 && (
        <ul class="small history" aria-label={w.history}>
          {mine.slice(0, 4).map((entry) => (
            <li key={entry.id} class="row">
              <span class="t3 keep">{moment(entry.at)}</span>
              <span class={`grow cut${entry.standing ? "" : " t3"}`} title={entry.reason}>
                {entry.author}{" "}
                <b style={entry.standing ? {} : { textDecoration: "line-through" }}>
                  {verdictWord(entry.verdict)}
                </b>{" "}
                {entry.reason}
              </span>
              {entry.standing && !entry.undoes ? (
                <button type="button" class="link" disabled={busy} onClick={() => back(entry.id)}>
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
