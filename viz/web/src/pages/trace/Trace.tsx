/** Money followed in order of time: as a flow picture, as tables, and step by step with its rows. */
import { asOf } from "~/core/asof";
import { useAsk } from "~/core/ask";
import { language } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { useShown } from "~/core/status";
import type { Ordered } from "~/generated/api";
import { Menu, MenuItem } from "~/parts/Menu";
import { Page, Panel } from "~/parts/Page";
import { PickOne } from "~/parts/PickOne";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { useCrumbs } from "~/shell/crumbs";
import { FAN, goOn, MOST_FAN, MOST_LAYERS, queryOf } from "./asking";
import { Bounds } from "./Bounds";
import { Chosen } from "./Chosen";
import { drawn, mainCurrency } from "./layout";
import { type Parties, partiesOf } from "./parties";
import { Sankey } from "./Sankey";
import { FlowsTable, flowKey, PaymentsTable, ShapesTable } from "./tables";
import { w } from "./words";
import "./trace.css";

const TRACED = /^(person|account|phone)$/i;

export default function Trace() {
  const start = param("start");
  const asked = useAsk("/graph/ordered", start ? { query: queryOf(start) } : null);
  const found = start ? asked.answer : null;
  const parties = found && partiesOf(found);
  const title = found && parties ? w.of(found.origin ? parties.text(found.origin) : w.onePayment) : w.title;
  useCrumbs([]);
  useShown(found ? w.shown(found.flows.length, found.flows_total) : "");
  return (
    <Page
      title={title}
      tools={
        <>
          {found && found.flows.length > 0 && start && <Take start={start} />}
          <PickOne
            kinds={TRACED}
            label={w.who}
            onPick={(hit) =>
              setParams({ start: hit.identifier ?? hit.person?.id ?? hit.id, pick: null }, true)
            }
          />
        </>
      }
      panel={
        found && parties && found.flows.length > 0 ? (
          <Panel name="trace" width={330}>
            <Chosen found={found} parties={parties} flows={pickedFlows(found)} />
          </Panel>
        ) : undefined
      }
    >
      {start && <Bounds />}
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {start && !asked.error && !found && <Skeleton lines={10} />}
      {!start && <Empty icon="route">{w.begin}</Empty>}
      {found && parties && <Found found={found} parties={parties} />}
    </Page>
  );
}

/** The trace as it stands, as a report. */
function Take({ start }: { start: string }) {
  const spoken = language.value;
  const link = (format: string) => {
    const { limit: _, ...asked } = queryOf(start);
    const query = new URLSearchParams({ format, language: spoken });
    for (const [name, value] of Object.entries(asked)) if (value !== null) query.set(name, String(value));
    if (asOf.value !== null) query.set("as_of", String(asOf.value));
    return `/api/v1/reports/trace?${query.toString()}`;
  };
  return (
    <Menu label={w.report} icon="report">
      <MenuItem href={link("docx")}>{w.report} DOCX</MenuItem>
      <MenuItem href={link("pdf")}>{w.report} PDF</MenuItem>
    </Menu>
  );
}

/** Flows the address names: one of the table, or those of a ribbon of the picture. */
function pickedFlows(found: Ordered) {
  const pick = param("pick");
  if (!pick) return [];
  const flows = found.flows.filter((each) => flowKey(each) === pick);
  if (flows.length) return flows;
  const currency = mainCurrency(found.flows);
  const of = found.flows.filter((each) => each.currency === currency);
  const ribbons = drawn(of, found.direction, { width: 0, height: 0 }).ribbons;
  return ribbons.find((each) => each.key === pick)?.flows ?? [];
}

function Found({ found, parties }: { found: Ordered; parties: Parties }) {
  const tabs = [
    { id: "picture", label: w.picture },
    { id: "flows", label: w.flows, count: found.flows_total },
    { id: "payments", label: w.payments, count: found.total },
    {
      id: "shapes",
      label: w.shapes,
      count: found.splits.length + found.merges.length + found.returns.length,
    },
  ];
  const tab = chosenTab(tabs);
  const chosen = param("pick");
  if (!found.flows.length) return <Empty icon="route">{w.none}</Empty>;
  return (
    <>
      <Cut found={found} parties={parties} />
      <Tabs tabs={tabs} label={w.title} />
      <div class="fill">
        {tab === "picture" && (
          <Sankey
            found={found}
            parties={parties}
            chosen={chosen}
            onChoose={(each) => setParams({ pick: each.key })}
          />
        )}
        {tab === "flows" && (
          <FlowsTable
            found={found}
            parties={parties}
            chosen={chosen}
            onChoose={(each) => setParams({ pick: flowKey(each) })}
          />
        )}
        {tab === "payments" && <PaymentsTable found={found} parties={parties} />}
        {tab === "shapes" && <ShapesTable found={found} parties={parties} />}
      </div>
    </>
  );
}

/** What was cut, and the ways to go on: more of each party, one layer deeper, or from a party. */
function Cut({ found, parties }: { found: Ordered; parties: Parties }) {
  if (!found.truncated) return null;
  const fan = found.limits.fan;
  const more = Math.min(MOST_FAN, fan * 5);
  return (
    <Band>
      {found.cut.length ? w.cutAt(fan) : w.cut}{" "}
      {found.cut.slice(0, 6).map((each) => (
        <span key={each} class="trace-cut">
          <a href={goOn(each, found.direction, null)}>{parties.text(each)}</a>{" "}
        </span>
      ))}
      {found.cut.length > 0 && fan < MOST_FAN && (
        <button
          type="button"
          class="button"
          onClick={() => setParams({ fan: more === FAN ? null : String(more) })}
        >
          {w.more(more)}
        </button>
      )}{" "}
      {found.limits.layers < MOST_LAYERS &&
        !found.cut.length &&
        found.layers.length === found.limits.layers && (
          <button
            type="button"
            class="button"
            onClick={() => setParams({ layers: String(found.limits.layers + 1) })}
          >
            {w.deeper(found.limits.layers + 1)}
          </button>
        )}
    </Band>
  );
}
