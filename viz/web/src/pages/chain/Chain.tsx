/** Chain view: believe or break a chain in two minutes. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { chainNo, figure, knownAs, knownBy, nameOf, NOBODY, shortCase } from "~/core/format";
import { language, oneOf } from "~/core/i18n";
import { go, param, setParams, to } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import { dataRun, useShown } from "~/core/status";
import type { LaneEvent, Lanes } from "~/generated/api";
import type { Params } from "../registry";
import { restsOn } from "~/parts/hop";
import { Icon } from "~/parts/Icon";
import { Chip, RoleGlyph, StatusChip, Strength } from "~/parts/marks";
import { TakeAway } from "~/parts/TakeAway";
import { Page } from "~/parts/Page";
import { useWidth } from "~/parts/plots";
import { openRows } from "~/parts/rows";
import { focusReason } from "~/parts/Decide";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { useCrumbs } from "~/shell/crumbs";
import { frameOf, type Span, spanOf, totals } from "./geometry";
import { HopPanel } from "./HopPanel";
import { LanesView } from "./LanesView";
import { Requests } from "./Requests";
import { w } from "./words";
import "./chain.css";

export default function ChainPage({ params }: { params: Params }) {
  const caseNo = params["case"] ?? "";
  const n = Math.max(1, Number(params["n"] ?? 1) || 1);
  const asked = useAsk("/chains/{case_no}/{n}/lanes", { path: { case_no: caseNo, n } });
  const all = useAsk("/chains/{case_no}", { path: { case_no: caseNo }, query: { k: 5 } });
  const whole = asked.answer;
  // A hop with too many events shows weeks; looked at more closely it is asked for that period.
  const zoom = whole?.hops.some((each) => each.truncated) ? zoomNow() : null;
  const near = useAsk(
    "/chains/{case_no}/{n}/lanes",
    zoom && {
      path: { case_no: caseNo, n },
      query: { since: Math.round(zoom[0]), until: Math.round(zoom[1]) },
    },
  );
  const lanes = whole && zoom && near.answer ? { ...whole, hops: near.answer.hops } : whole;
  useCrumbs([{ text: shortCase(caseNo), href: to`/cases/${caseNo}` }, { text: w.chain }]);
  useEffect(() => {
    if (lanes?.run) dataRun.value = { run: lanes.run, at: dataRun.peek()?.at ?? null };
  }, [lanes?.run]);
  if (asked.error && all.answer?.cases[0]?.chains.length === 0)
    return (
      <Page title={shortCase(caseNo)}>
        <NoChain caseNo={caseNo} />
      </Page>
    );
  if (asked.error)
    return (
      <Page title={shortCase(caseNo)}>
        <Failed error={asked.error} retry={asked.again} />
      </Page>
    );
  if (!lanes)
    return (
      <Page title={shortCase(caseNo)}>
        <Skeleton lines={10} height={58} />
      </Page>
    );
  const others = all.answer?.cases[0]?.chains ?? [lanes.chain];
  return <Shown key={lanes.chain.id} lanes={lanes} span={spanOf(whole ?? lanes)} n={n} others={others} />;
}

/** A case without a chain has its own page: this one leads there. */
function NoChain({ caseNo }: { caseNo: string }) {
  return (
    <Empty icon="route">
      <p>{w.noChain}</p>
      <a class="button" href={to`/cases/${caseNo}`}>
        <Icon name="folder" /> {w.toCase}
      </a>
    </Empty>
  );
}

const LEAST_ZOOM = 86_400_000;
const ROOMY = 2; // so many chains are named in full in the heading

/** The stretch of time looked at, from the address; null for all of it. */
function zoomNow(): Span | null {
  const [from, until] = [Number(param("from")), Number(param("until"))];
  return from > 0 && until > from ? [from, until] : null;
}

function Shown({
  lanes,
  span,
  n,
  others,
}: {
  lanes: Lanes;
  span: Span;
  n: number;
  others: readonly Lanes["chain"][];
}) {
  const { chain } = lanes;
  const hops = chain.hops.length;
  const hop = Math.min(hops - 1, Math.max(0, Number(param("hop") ?? (chain.weakest ?? 0) + 1) - 1));
  const events = lanes.hops[hop]?.events ?? [];
  const event = events.find((each) => each.id === param("event")) ?? null;
  const chooseHop = (next: number) =>
    next >= 0 && next < hops && setParams({ hop: String(next + 1), event: null });
  const choose = (at: number, each: LaneEvent) => setParams({ hop: String(at + 1), event: each.id });
  const step = (by: number) => {
    // Newest first in the answer; ] goes forward in time.
    const at = event ? events.indexOf(event) - by : by > 0 ? events.length - 1 : 0;
    const next = events[at];
    if (next) choose(hop, next);
  };
  const zoomBy = (by: number) => {
    const [from, until] = zoomNow() ?? span;
    // Around the chosen event, else the middle; never beyond the whole.
    const about = event?.at ? Date.parse(event.at) : (from + until) / 2;
    const half = ((until - from) * by) / 2;
    const next = [Math.max(span[0], about - half), Math.min(span[1], about + half)] as const;
    if (next[1] - next[0] < LEAST_ZOOM) return;
    const all = next[0] <= span[0] && next[1] >= span[1];
    setParams({
      from: all ? null : String(Math.round(next[0])),
      until: all ? null : String(Math.round(next[1])),
    });
  };
  useKeys({
    ArrowUp: { label: w.up, run: () => chooseHop(hop + 1) },
    ArrowDown: { label: w.down, run: () => chooseHop(hop - 1) },
    "[": { label: w.previous, run: () => step(-1) },
    "]": { label: w.next, run: () => step(1) },
    Enter: { label: w.rows, run: () => openRows(event?.evidence ?? chain.hops[hop]?.evidence ?? []) },
    q: { label: w.requests, run: () => document.querySelector<HTMLElement>("#requests .scroll")?.focus() },
    "+": { label: w.zoomIn, run: () => zoomBy(0.5) },
    "=": { label: w.zoomIn, run: () => zoomBy(0.5) },
    "-": { label: w.zoomOut, run: () => zoomBy(2) },
    "0": { label: w.zoomAll, run: () => setParams({ from: null, until: null }) },
    p: {
      label: w.report,
      run: () =>
        location.assign(
          `/api/v1/reports/chains/${encodeURIComponent(lanes.case_no)}/${n}?format=docx&language=${language.peek()}`,
        ),
    },
    g: { label: w.canvas, run: () => go(to`/canvas?chain=${lanes.case_no}&n=${n}`) },
  });
  const shown = lanes.hops.reduce((sum, each) => sum + each.events.length, 0);
  const weekly = lanes.hops.flatMap((each, at) => (each.truncated ? [at + 1] : []));
  useShown(weekly.length ? w.cutChain(hops, weekly.join("、")) : w.wholeChain(hops, shown));
  const target = chain.reaches[0];
  return (
    <Page
      title={`${shortCase(lanes.case_no)} → ${target ? shortCase(target) : knownAs(chain.persons.at(-1) ?? NOBODY)}`}
      note={
        <span class="row">
          <StatusChip status={chain.status} />
          <Strength value={chain.strength} />
          <span class="small cut">{w.weakestOf}</span>
          <button
            type="button"
            class="link small"
            onClick={() => {
              setParams({ decide: "chain" });
              requestAnimationFrame(focusReason);
            }}
          >
            {w.decideChain}
          </button>
        </span>
      }
      tools={
        <>
          <span class="segments" role="group" aria-label={w.chain}>
            {others.map((each, at) => {
              const on = each.id === chain.id;
              const strength = figure(each.strength);
              const no = chainNo(each, at);
              const named = w.nth(no, strength);
              return (
                <a
                  key={each.id}
                  class={`button${on ? " on" : ""}`}
                  href={to`/chains/${lanes.case_no}/${no}`}
                  aria-current={on ? "true" : undefined}
                  aria-label={named}
                >
                  {on || others.length <= ROOMY ? named : `${no} · ${strength}`}
                </a>
              );
            })}
          </span>
          <a class="button" href={to`/canvas?chain=${lanes.case_no}&n=${n}`}>
            <Icon name="chart-dots-3" />
            {w.canvas}
          </a>
          <a class="button" href={to`/map?about=${chain.persons.map((each) => each.id).join(",")}`}>
            {w.map}
          </a>
          <TakeAway about={`chains/${encodeURIComponent(lanes.case_no)}/${n}`} />
        </>
      }
      panel={<HopPanel lanes={lanes} n={hop} event={event} onStep={step} />}
    >
      <div class="chain-legend small t2">
        <span>
          <i class="hue-money">↑</i> {w.money}
        </span>
        <span>
          <i class="hue-goods">↓</i> {w.goods}
        </span>
        <span>
          <i class="hue-talk">●</i> {w.talk}
        </span>
        <span>
          <i class="line dashed" /> {w.unsure}
        </span>
        <span class="grow num t3">{w.unit}</span>
      </div>
      <Middle
        lanes={lanes}
        span={span}
        hop={hop}
        event={event?.id ?? null}
        onEvent={choose}
        onHop={chooseHop}
      />
      {chain.ask_for.length > 0 && <Requests lanes={lanes} />}
    </Page>
  );
}

interface MiddleProps {
  lanes: Lanes;
  span: Span;
  hop: number;
  event: string | null;
  onEvent: (hop: number, event: LaneEvent) => void;
  onHop: (hop: number) => void;
}

function Middle({ lanes, span, hop, event, onEvent, onHop }: MiddleProps) {
  const { box, width } = useWidth<HTMLDivElement>(560);
  const outer = useRef<HTMLDivElement>(null);
  const [tall, setTall] = useState(420);
  useEffect(() => {
    const element = outer.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setTall(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const frame = frameOf(lanes.persons.length, width, tall, zoomNow() ?? span);
  return (
    <div class="chain fill" ref={outer} tabIndex={0} aria-label={w.chain} role="region">
      <div class="heads" style={{ height: `${frame.height}px` }}>
        {lanes.chain.persons.map((person, at) => (
          <Head key={person.id} lanes={lanes} at={at} top={frame.lane(at)} />
        ))}
      </div>
      <div ref={box} class="ground">
        <LanesView
          lanes={lanes}
          frame={frame}
          width={width}
          hop={hop}
          event={event}
          onEvent={onEvent}
          onHop={onHop}
        />
      </div>
      <div class="cards" style={{ height: `${frame.height}px` }}>
        {lanes.chain.hops.map((_, at) => (
          <HopCard
            key={at}
            lanes={lanes}
            at={at}
            top={frame.lane(at + 1) + frame.gap / 2}
            on={at === hop}
            onHop={onHop}
          />
        ))}
      </div>
    </div>
  );
}

function Head({ lanes, at, top }: { lanes: Lanes; at: number; top: number }) {
  const person = lanes.chain.persons[at];
  const lane = lanes.persons[at];
  if (!person || !lane) return null;
  const note = lane.registered_user
    ? w.registered
    : lane.fugitive
      ? w.fugitive
      : w.numbers(person.phones.length, person.accounts.length);
  return (
    <a class="lane-head" href={to`/persons/${person.id}`} style={{ top: `${top - 21}px` }}>
      <RoleGlyph
        role={lane.role}
        size={28}
        ring={lanes.chain.status === "confirmed" ? "confirmed" : "candidate"}
        holderUnknown={!person.name}
      />
      <span class="grow cut">
        <b class="cut">{nameOf(person)}</b>
        <span class={`cut small t2${person.name ? "" : " mono"}`}>
          {person.name ? note : knownBy(person)}
        </span>
      </span>
    </a>
  );
}

/** Colour of what a hop rests on. */
const HUE = {
  payments: "hue-money",
  calls: "hue-talk",
  parcels: "hue-goods",
  statements: "hue-talk",
  seizures: "hue-goods",
};

function HopCard({
  lanes,
  at,
  top,
  on,
  onHop,
}: {
  lanes: Lanes;
  at: number;
  top: number;
  on: boolean;
  onHop: (hop: number) => void;
}) {
  const hop = lanes.chain.hops[at];
  const lane = lanes.hops[at];
  if (!hop || !lane) return null;
  const { talks, parcels } = totals(lane);
  const ask = lanes.chain.ask_for.find((each) => each.hop === at);
  return (
    <button
      type="button"
      class={`hop-card${on ? " on" : ""}`}
      style={{ top: `${top - 38}px` }}
      aria-pressed={on}
      onClick={() => onHop(at)}
    >
      <span class="row">
        <b>{w.hop(at + 1)}</b>
        <Strength value={hop.score} />
        <span class="grow" />
        {at === lanes.chain.weakest ? (
          <Chip kind="warn">{w.weakest}</Chip>
        ) : (
          <StatusChip status={hop.status} />
        )}
      </span>
      <span class="small cut">
        <span class={HUE[hop.rows ?? "payments"]}>{restsOn(hop)}</span>
        {hop.rows !== "calls" && (
          <>
            {" "}
            · <span class="hue-talk">{w.called(talks)}</span>
          </>
        )}
        {hop.rows !== "parcels" && parcels > 0 && <span class="hue-goods"> · {w.parcels(parcels)}</span>}
      </span>
      <span class={`small cut ${ask ? "warn" : "t3"}`}>
        {ask ? w.lacks(oneOf(ask.content)) : w.nothingMissing}
      </span>
    </button>
  );
}
