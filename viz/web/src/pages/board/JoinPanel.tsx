/** Several marked cases: what they have in common, and joining their chains for review with one reason. */
import { useState } from "preact/hooks";
import { type ApiError, asApiError, lost } from "~/core/api";
import { useDraft } from "~/core/drafts";
import { chainNo, nameOf, shortCase } from "~/core/format";
import { judge } from "~/core/judging";
import { to } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import { notify } from "~/core/status";
import type { BoardRow } from "~/generated/api";
import { Panel } from "~/parts/Page";
import { StatusChip, Strength } from "~/parts/marks";
import { Failed } from "~/parts/states";
import { focusReason, w as decide } from "~/parts/Decide";
import { w } from "./words";

const tally = (values: readonly (string | null | undefined)[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
};

export function JoinPanel({ rows, onClear }: { rows: readonly BoardRow[]; onClear: () => void }) {
  const [reason, setReason] = useDraft("join");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const ready = reason.trim() !== "" && !busy && lost.value === 0;
  const join = async () => {
    if (!ready) return;
    setBusy(true);
    setError(null);
    const cases = rows.map((row) => row.case_no);
    try {
      for (const row of rows)
        if (row.chain)
          await judge({
            kind: "chain",
            verdict: "under_review",
            subjects: [row.chain.id],
            reason: `${reason.trim()}（${w.joined(cases.map(shortCase).join("、"))}）`,
            seen: { joined: cases },
          });
      notify(w.joinDone(rows.length));
      setReason("");
      onClear();
    } catch (failed) {
      setError(asApiError(failed));
    } finally {
      setBusy(false);
    }
  };
  useKeys({ "5": { label: w.join, run: () => void join() }, r: { label: decide.write, run: focusReason } });
  const reached = [
    ...tally(rows.map((row) => row.supplier && nameOf(row.supplier))),
    ...tally(rows.map((row) => row.gang)),
    ...tally(rows.map((row) => row.major && shortCase(row.major))),
  ];
  return (
    <Panel
      name="board"
      width={380}
      head={
        <div class="between">
          <h2>{w.joinTitle(rows.length)}</h2>
          <button type="button" class="link" onClick={onClear}>
            {w.clear}
          </button>
        </div>
      }
      decide={
        <div class="stack">
          <label class="field-label" for="reason-join">
            {decide.reason}
          </label>
          <textarea
            id="reason-join"
            class="field"
            rows={2}
            maxLength={1000}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          />
          {error && <Failed error={error} />}
          <button type="button" class="button big" disabled={!ready} onClick={() => void join()}>
            {w.join} <kbd>5</kbd>
          </button>
        </div>
      }
    >
      <section>
        <p class="small t2">{w.joinNote}</p>
        <ol class="hops">
          {rows.map((row) => (
            <li key={row.case_no} class="row">
              <a class="grow cut" href={to`/chains/${row.case_no}/${chainNo(row.chain)}`}>
                {w.caseNo(shortCase(row.case_no))} {row.supplier ? `→ ${nameOf(row.supplier)}` : ""}
              </a>
              {row.chain && <StatusChip status={row.chain.status} />}
              {row.chain && <Strength value={row.chain.strength} />}
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3>{w.together}</h3>
        <ul class="small">
          {reached.map(([name, n]) => (
            <li key={name} class="between">
              <span>{name}</span>
              <span class="t3">
                {n} / {rows.length}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </Panel>
  );
}
