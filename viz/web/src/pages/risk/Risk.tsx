/** Firms that need a look: most groups of rules first, with what speaks against it and what to ask. */
import { say } from "~/core/i18n";
import type { RiskItem, Risks } from "~/generated/api";
import { NounPage } from "~/parts/district/NounPage";
import { Chip } from "~/parts/marks";
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
      handOver={w.aboutLead}
      whole
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
