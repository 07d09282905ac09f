/** Waste-water early warning: sites and targets that need a look, their chart, and where to sample next. */
import { say } from "~/core/i18n";
import type { WaterItem } from "~/generated/api";
import { dayColumn, NounPage } from "~/parts/district/NounPage";
import { substance } from "~/parts/district/substances";
import { Chip, type ChipKind } from "~/parts/marks";
import type { Column } from "~/parts/tableRows";
import type { Params } from "../registry";
import { Chart } from "./Chart";
import { Firms, Sampled, Upstream, Weeks } from "./Tables";
import { MARKERS, ORIGINS, w } from "./words";

const CHIPS: Readonly<Record<WaterItem["origin"], ChipKind>> = {
  use: "info",
  disposal: "warn",
  manufacture: "warn",
  undecided: "plain",
};
const nextNode = (item: WaterItem): string | null => item.upstream.find((each) => each.next)?.node ?? null;
type Chance = { tests_a_year?: number; false_a_year?: number };

export default function Water({ params }: { params: Params }) {
  const columns: Column<WaterItem>[] = [
    { key: "site", title: w.site, value: (item) => item.site },
    { key: "target", title: w.target, value: (item) => substance(item.target) },
    dayColumn("at", w.since, (item) => item.at),
    {
      key: "load",
      title: w.load,
      value: (item) => item.load?.p50 ?? null,
      cell: (item) => <Amount of={item.load} />,
      numeric: true,
    },
    {
      key: "deviation",
      title: w.deviation,
      value: (item) => item.score,
      cell: (item) => <Deviation item={item} />,
      numeric: true,
    },
    {
      key: "origin",
      title: w.origin,
      value: (item) => say(ORIGINS[item.origin]),
      cell: (item) => <OriginChip item={item} />,
      width: 110,
    },
    { key: "next", title: w.next, value: nextNode },
  ];
  return (
    <NounPage
      noun="water"
      title={w.title}
      note={w.note}
      none={w.none}
      periodOf={w.period}
      subject={false}
      columns={columns}
      filters={[{ name: "all", label: w.all }]}
      above={(answer) => <ByChance of={answer as Chance} />}
      heading={(item) => <OriginChip item={item} />}
      extras={(item) => <Shown item={item} />}
      handOver={w.aboutLead}
      item_id={params.id}
    />
  );
}

function ByChance({ of }: { of: Chance }) {
  if (of.tests_a_year === undefined || of.false_a_year === undefined) return null;
  return <p class="noun-about small t2">{w.chance(of.tests_a_year, of.false_a_year)}</p>;
}

function Shown({ item }: { item: WaterItem }) {
  const persons = Object.entries(item.persons);
  return (
    <>
      <section aria-label={w.advice}>
        <h3>{w.advice}</h3>
        <p class="small">{say([item.advice.zh, item.advice.en])}</p>
      </section>
      <table aria-label={w.load}>
        <tbody>
          <tr>
            <th scope="row">{w.load}</th>
            <td>
              <Amount of={item.load} />
            </td>
          </tr>
          <tr>
            <th scope="row">{w.use}</th>
            <td>
              <Amount of={item.use} />
            </td>
          </tr>
          <tr>
            <th scope="row">{w.factor}</th>
            <td>{item.factor ? `${item.factor.value} · ${item.factor.source}` : "—"}</td>
          </tr>
          {persons.map(([name, count]) => (
            <tr key={name}>
              <th scope="row">
                {w.persons} · {say(MARKERS[name] ?? [name, name])}
              </th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small t3">{w.arl(item.chart.arl0)}</p>
      <Chart item={item} />
      <Upstream item={item} />
      <Firms item={item} />
      <Weeks item={item} />
      <Sampled item={item} />
    </>
  );
}

function Amount({ of }: { of: WaterItem["load"] }) {
  if (!of) return <>—</>;
  const two = (value: number) => Number(value.toPrecision(3));
  return (
    <span class="keep">
      {two(of.p50)}{" "}
      <span class="t3">
        ({two(of.p5)}–{two(of.p95)})
      </span>
    </span>
  );
}

function Deviation({ item }: { item: WaterItem }) {
  const { z, limit } = item.chart;
  if (z === null) return <>—</>;
  const text = `${z.toFixed(2)} / ${limit.toFixed(2)}`;
  return item.at ? <b class="bad keep">{text}</b> : <span class="keep">{text}</span>;
}

function OriginChip({ item }: { item: WaterItem }) {
  return <Chip kind={CHIPS[item.origin]}>{say(ORIGINS[item.origin])}</Chip>;
}
