/**
 * What stands above a printed page: what it is, that it is a lead, who printed it when, of which run, for
 * what.
 */
import { useEffect, useState } from "preact/hooks";
import { words, type Both } from "~/core/i18n";
import { purpose } from "~/core/purpose";
import { who } from "~/core/session";
import { dataRun } from "~/core/status";
import { trail } from "./crumbs";

const w = words({
  lead: [
    "研判结果：未注明确认的均为候选，仅作侦查线索，不作为结论。",
    "Analysis result: a candidate unless it says confirmed; a lead, not a finding.",
  ],
  by: (at: string, user: string, run: string): Both => [
    `打印 ${at} · ${user} · 研判批次 ${run}`,
    `Printed ${at} · ${user} · run ${run}`,
  ],
  purpose: (text: string): Both => [`用途：${text}`, `Purpose: ${text}`],
});

/** Beijing time, as everywhere. */
const now = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

export function PrintHead({ title }: { title: string }) {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const take = () => setAt(now());
    addEventListener("beforeprint", take);
    return () => removeEventListener("beforeprint", take);
  }, []);
  const place = [title, ...trail.value.map((each) => each.text)].filter(Boolean).join(" › ");
  return (
    <header class="print-head">
      <b>溯链 Upline · {place}</b>
      <p>{w.lead}</p>
      <p>
        {w.by(at, who.value?.user ?? "", dataRun.value?.run ?? "—")}
        {purpose.value && ` · ${w.purpose(purpose.value)}`}
      </p>
    </header>
  );
}
