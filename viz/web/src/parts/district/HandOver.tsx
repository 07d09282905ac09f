/** Makes a lead of an item that keeps its rules and its rows; it is sent from the page of leads. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { say } from "~/core/i18n";
import { go, to } from "~/core/router";
import { Failed } from "~/parts/states";
import type { Item } from "./items";
import { w } from "./words";

const MOST_ROWS = 200;
const MOST_SUBJECTS = 50;
const LONGEST = 4000;
/** What has no node of its own: nothing a lead could be about. */
const NO_NODES = ["Place", "Unit"];

export function HandOver({ item, title }: { item: Item; title: string }) {
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const subjects = item.subjects
    .filter((each) => !NO_NODES.includes(each.label))
    .map((each) => `${each.label}:${each.id}`)
    .slice(0, MOST_SUBJECTS);
  if (!subjects.length) return null;
  const hand = async () => {
    setBusy(true);
    setError(null);
    try {
      const first = item.subjects[0];
      const made = await api.post("/leads", {
        body: {
          title: w.leadTitle(title, first?.name ?? first?.id ?? item.id),
          subjects,
          text: item.reasons
            .map((each) => say([each.zh, each.en]))
            .join("\n")
            .slice(0, LONGEST),
          evidence: item.evidence.slice(0, MOST_ROWS),
          rules: [...new Set(item.reasons.map((each) => each.rule))],
        },
      });
      go(to`/leads/${made.lead.id}`);
    } catch (failed) {
      setError(asApiError(failed));
      setBusy(false);
    }
  };
  return (
    <section aria-label={w.hand}>
      <button type="button" class="button" disabled={busy} onClick={() => void hand()}>
        {w.hand}
      </button>
      <p class="small t3">{w.handNote}</p>
      {error && <Failed error={error} />}
    </section>
  );
}
