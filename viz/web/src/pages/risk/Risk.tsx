/** Firms that need a look: most groups of rules first, with what speaks against it and what to ask. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { say } from "~/core/i18n";
import { go, to } from "~/core/router";
import { may } from "~/core/session";
import type { RiskItem, Risks } from "~/generated/api";
import { NounPage } from "~/parts/district/NounPage";
import { Chip } from "~/parts/marks";
import { Failed } from "~/parts/states";
import type { Column } from "~/parts/tableRows";
import type { Params } from "../registry";
import { GROUPS, w } from "./words";

const drawn = (item: RiskItem): boolean =>
  item.reasons.some((each) => each.rule.startsWith("random_inspection@"));
const named = (item: RiskItem): string =>
  item.groups.map((each) => say(GROUPS[each] ?? [each, each])).join(" · ");

export default function Risk({ params }: { params: Params }) {
  const columns: Column<RiskItem>[] = [
    {
      key: "groups",
      title: w.groups,
      value: (item) => item.groups.length,
      cell: (item) =>
        drawn(item) ? <Chip>{w.random}</Chip> : <span title={named(item)}>{named(item)}</span>,
    },
    { key: "weight", title: w.weight, value: (item) => item.score, numeric: true, width: 72 },
    { key: "firm", title: w.firm, value: (item) => item.firm_facts.length, numeric: true, width: 84 },
    { key: "person", title: w.person, value: (item) => item.person_facts.length, numeric: true, width: 84 },
    { key: "against", title: w.against, value: (item) => item.against.length, numeric: true, width: 72 },
  ];
  return (
    <NounPage
      noun="risk"
      title={w.title}
      note={w.note}
      none={w.none}
      periodOf={w.period}
      columns={columns}
      filters={[
        { name: "all", label: w.all },
        { name: "plan", label: w.plan },
      ]}
      above={(answer) => <Checked checked={(answer as unknown as Risks).checked} />}
      extras={(item) => may("judge") && <HandOver item={item} />}
      item_id={params.id}
    />
  );
}

/** What was checked so far, and how often nothing was found. */
function Checked({ checked }: { checked: Risks["checked"] }) {
  if (!checked.answered) return null;
  return (
    <p class="small t2" role="status">
      {w.checked(checked.answered, checked.confirmed, checked.nothing_found)} ·{" "}
      {w.about(checked.firms, checked.persons)}
    </p>
  );
}

/** Makes a lead of the item that keeps its rules and its rows. */
function HandOver({ item }: { item: RiskItem }) {
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const hand = async () => {
    setBusy(true);
    setError(null);
    try {
      const made = await api.post("/leads", {
        body: {
          title: w.leadTitle(item.subjects[0]?.name ?? item.uscc),
          subjects: [`Company:${item.uscc}`],
          text: item.reasons
            .map((each) => say([each.zh, each.en]))
            .join("\n")
            .slice(0, 4000),
          evidence: item.evidence.slice(0, 200),
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
