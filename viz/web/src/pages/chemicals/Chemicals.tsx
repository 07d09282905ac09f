/** Precursors and equipment: findings, what is at stake, the way of the goods, how the firm was inspected. */
import { count } from "~/core/format";
import { say } from "~/core/i18n";
import type { ChemicalItem } from "~/generated/api";
import { wholeDay } from "~/parts/district/items";
import { dayColumn, NounPage } from "~/parts/district/NounPage";
import { Values } from "~/parts/district/Values";
import { Reasons, SubjectLink } from "~/parts/district/Reasons";
import { substance } from "~/parts/district/substances";
import { Chip } from "~/parts/marks";
import type { Column } from "~/parts/tableRows";
import type { Params } from "../registry";
import { CLASSES, KINDS, TIERS, w } from "./words";

const KG = 1_000_000;
const ONE_DECIMAL = 10;
const kilos = (mg: number): string => count(Math.round((mg / KG) * ONE_DECIMAL) / ONE_DECIMAL);
const tier = (item: ChemicalItem): string => (item.tier ? say(TIERS[item.tier]) : w.noTier);

export default function Chemicals({ params }: { params: Params }) {
  const columns: Column<ChemicalItem>[] = [
    { key: "kind", title: w.kind, value: (item) => say(KINDS[item.kind]) },
    { key: "chemical", title: w.chemical, value: (item) => item.chemical && substance(item.chemical) },
    dayColumn("from", w.from, (item) => item.from),
    dayColumn("to", w.to, (item) => item.to),
    {
      key: "mg",
      title: w.kilos,
      value: (item) => item.mg,
      cell: (item) => (item.kind === "equipment" ? "—" : kilos(item.mg)),
      numeric: true,
    },
    {
      key: "limit",
      title: w.limit,
      value: (item) => item.limit_mg,
      cell: (item) => (item.limit_mg ? kilos(item.limit_mg) : "—"),
      numeric: true,
    },
    {
      key: "tier",
      title: w.tier,
      value: tier,
      cell: (item) => <TierChip item={item} />,
      width: 110,
    },
  ];
  return (
    <NounPage
      noun="chemicals"
      title={w.title}
      note={w.note}
      none={w.none}
      periodOf={w.period}
      columns={columns}
      heading={(item) => <Chip kind="info">{say(KINDS[item.kind])}</Chip>}
      extras={(item) => (
        <>
          <Facts item={item} />
          <Firms item={item} />
          <Inspected item={item} />
        </>
      )}
      handOver={w.aboutLead}
      item_id={params.id}
    />
  );
}

function TierChip({ item }: { item: ChemicalItem }) {
  const why = say([item.tier_reason.zh, item.tier_reason.en]);
  return (
    <Chip kind={item.tier ? "warn" : "plain"} title={why}>
      {tier(item)}
    </Chip>
  );
}

function Facts({ item }: { item: ChemicalItem }) {
  const why = say([item.tier_reason.zh, item.tier_reason.en]);
  const values: [string, string | null][] = [
    [w.chemical, item.chemical && substance(item.chemical)],
    [w.grade, item.precursor_class ? say(CLASSES[item.precursor_class]) : null],
    [w.from, wholeDay(item.from)],
    [w.to, wholeDay(item.to)],
    [w.kilos, item.kind === "equipment" ? null : kilos(item.mg)],
    [w.limit, item.limit_mg ? kilos(item.limit_mg) : null],
    [w.sigma, item.sigma_mg ? kilos(item.sigma_mg) : null],
    [w.tier, item.tier ? `${tier(item)}` : why],
  ];
  return <Values label={w.title} values={values} />;
}

function Firms({ item }: { item: ChemicalItem }) {
  if (!item.path.length) return null;
  const named = new Map(item.subjects.map((each) => [each.id, each]));
  const title = item.kind === "path" ? w.path : item.kind === "split" ? w.group : w.firms;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ol class="small">
        {item.path.map((uscc) => {
          const subject = named.get(uscc);
          return (
            <li key={uscc}>
              {subject ? <SubjectLink subject={subject} /> : <span class="mono">{uscc}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Inspected({ item }: { item: ChemicalItem }) {
  const seen = item.inspections;
  if (!seen) return null;
  const values: [string, string | null][] = [
    [w.visits, count(seen.visits)],
    [w.bad, count(seen.with_finding)],
    [w.problems, `${seen.problems} / ${seen.closed} / ${seen.closed_on_time}`],
    [w.overdue, count(seen.overdue)],
    [w.last, seen.last ? wholeDay(seen.last) : null],
    [w.plan, w.place(seen.rank, seen.of)],
    [w.level, seen.level.now],
  ];
  return (
    <section aria-label={w.inspections}>
      <h3>{w.inspections}</h3>
      <Values label={w.inspections} values={values} />
      {seen.level.proposed && <Reasons title={w.raise} reasons={seen.level.why} />}
    </section>
  );
}
