/** Figures by unit and month: each opens its list; late rows and reports that differ are told. */
import { count } from "~/core/format";
import { language } from "~/core/i18n";
import { go, param, to } from "~/core/router";
import { may } from "~/core/session";
import type { FigureItem } from "~/generated/api";
import type { Answer, Filter } from "~/parts/district/items";
import { NounPage } from "~/parts/district/NounPage";
import { RowRef } from "~/parts/marks";
import { Menu, MenuItem } from "~/parts/Menu";
import { Bars } from "~/parts/plots";
import type { Column } from "~/parts/tableRows";
import type { Params } from "../registry";
import { w } from "./words";
import "./figures.css";

const WHOLE = "全区";
const MOST = 60;
const percent = (share: number | null): string => (share === null ? "—" : `${count(100 * share)}%`);

/** The value as it is said: a share too small a base forbids is told by its two counts. */
function said(item: FigureItem): string {
  if (item.value !== null) return item.measure === "%" ? `${count(item.value)}%` : count(item.value);
  return item.denominator === null ? "—" : `${item.numerator} ÷ ${item.denominator}`;
}

/** A month by its number, any other period by its days. */
function periodOf(item: FigureItem): string {
  const month = item.from.slice(0, 7);
  const last = new Date(Date.UTC(Number(item.from.slice(0, 4)), Number(item.from.slice(5, 7)), 0));
  const whole = item.from.endsWith("-01") && item.to === last.toISOString().slice(0, 10);
  return whole ? month : `${item.from} – ${item.to}`;
}

const differs = (item: FigureItem): boolean =>
  item.reasons.some((each) => each.rule.startsWith("figure_reported"));

export default function Figures({ params }: { params: Params }) {
  const filters: Filter[] = [
    { name: "figure", label: w.figure, text: true },
    { name: "drug", label: w.drug, text: true },
    { name: "kind", label: w.kind, text: true },
  ];
  const columns: Column<FigureItem>[] = [
    { key: "figure", title: w.figure, value: (item) => item.figure },
    { key: "unit", title: w.unit, value: (item) => item.unit },
    { key: "period", title: w.period, value: periodOf },
    {
      key: "value",
      title: w.value,
      value: (item) => item.value,
      cell: (item) => <b>{said(item)}</b>,
      numeric: true,
    },
    { key: "rank", title: w.rank, value: (item) => item.rank, numeric: true },
    {
      key: "change",
      title: w.change,
      value: (item) => item.change,
      cell: (item) => percent(item.change),
      numeric: true,
    },
    {
      key: "completion",
      title: w.completion,
      value: (item) => item.completion,
      cell: (item) => percent(item.completion),
      numeric: true,
    },
    {
      key: "first",
      title: w.first,
      value: (item) => item.first_reported,
      cell: (item) => (
        <span class={item.first_reported === null || item.first_reported === item.value ? "t3" : "warn"}>
          {item.first_reported ?? "—"}
        </span>
      ),
      numeric: true,
    },
    {
      key: "reported",
      title: w.reported,
      value: (item) => item.reported,
      cell: (item) => (differs(item) ? <b class="bad">{item.reported}</b> : (item.reported ?? "—")),
      numeric: true,
    },
  ];
  return (
    <NounPage
      noun="figures"
      title={w.title}
      note={w.note}
      none={w.none}
      periodOf={w.period}
      candidates={false}
      subject={false}
      columns={columns}
      filters={filters}
      above={(shown) => <Series shown={shown} />}
      extras={(item) => <Beside item={item} />}
      tools={<Bulletin />}
      item_id={params.id}
    />
  );
}

/** The months of one figure as bars: that filtered by, else the first of the list; a bar opens its list. */
function Series({ shown }: { shown: Answer<FigureItem> }) {
  const first = shown.items.find((item) => item.value !== null);
  if (!first) return null;
  const unit = param("unit") ?? WHOLE;
  const months = shown.items
    .filter((item) => item.figure === first.figure && item.unit === unit && item.value !== null)
    .sort((a, b) => a.from.localeCompare(b.from));
  if (months.length < 2) return null;
  const label = w.series(first.figure, unit);
  return (
    <figure class="figure-series">
      <figcaption class="small t2">{label}</figcaption>
      <Bars
        label={label}
        hue="goods"
        height={84}
        bars={months.map((item) => ({
          label: item.from.slice(2, 7),
          value: item.value ?? 0,
          title: `${periodOf(item)}: ${said(item)}`,
        }))}
        onBar={(at) => {
          const item = months[at];
          if (item) go(to`/district/figures/${item.id}` + location.search, true);
        }}
      />
    </figure>
  );
}

function Beside({ item }: { item: FigureItem }) {
  const facts: [string, string][] = [
    [w.value, said(item)],
    [w.before, item.before === null ? "—" : count(item.before)],
    [w.first, item.first_reported === null ? "—" : count(item.first_reported)],
    [w.reported, item.reported === null ? "—" : count(item.reported)],
    [w.target, item.target === null ? "—" : count(item.target)],
  ];
  return (
    <>
      <section aria-label={w.facts}>
        <h3>{w.facts}</h3>
        <table>
          <tbody>
            {facts.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="num">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Members item={item} of="numerator" />
      {item.denominator !== null && <Members item={item} of="denominator" />}
    </>
  );
}

/** The list itself; its counts sum to the figure. */
function Members({ item, of }: { item: FigureItem; of: "numerator" | "denominator" }) {
  const all = (item.members ?? []).filter((each) => each.of === of);
  const n = all.reduce((sum, each) => sum + each.count, 0);
  const title = of === "numerator" ? w.members(n) : w.below(n);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {all.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{w.name}</th>
              <th>{w.day}</th>
              <th class="num">{w.count}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {all.slice(0, MOST).map((each) => (
              <tr key={`${each.label}${each.id}${each.on}${each.evidence[0] ?? ""}`}>
                <td>{each.name ?? <span class="mono">{each.id}</span>}</td>
                <td class="keep">{each.on}</td>
                <td class="num">{each.count}</td>
                <td>
                  <RowRef refs={each.evidence} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {all.length > MOST && <p class="small t3">{w.more(MOST, all.length)}</p>}
    </section>
  );
}

/** The bulletin of the period in the address, else of the last complete month. */
function Bulletin() {
  const from = param("from");
  const until = param("to");
  const period = from && until ? `${from}..${until}` : "latest";
  const link = (format: string) =>
    `/api/v1/reports/bulletin/${period}?format=${format}&language=${language.value}`;
  if (!may("cases")) return null;
  return (
    <Menu label={w.bulletin} icon="report">
      <MenuItem href={link("docx")}>{w.bulletin} DOCX</MenuItem>
      <MenuItem href={link("pdf")}>{w.bulletin} PDF</MenuItem>
    </Menu>
  );
}
