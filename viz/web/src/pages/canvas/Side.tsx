/** The side panel: what is known of the chosen object, why, its events on the canvas, its rows. */
import type { ComponentChildren } from "preact";
import { useAsk } from "~/core/ask";
import { count, moment, nameOf, signed, yuan } from "~/core/format";
import { say } from "~/core/i18n";
import { objectHref } from "~/core/numbers";
import { to } from "~/core/router";
import { RELATIONSHIPS } from "~/generated/schema";
import type { SupplyEdge } from "~/generated/api";
import { kindName } from "~/parts/hits";
import { DealingLines } from "~/parts/Dealings";
import { Chip, PersonLink, RoleGlyph, RowRef, StatusChip, Strength } from "~/parts/marks";
import { roleBefore } from "~/core/legend";
import { Panel } from "~/parts/Page";
import { SourceRows } from "~/parts/rows";
import { Failed, Skeleton } from "~/parts/states";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { relationName } from "./relations";
import type { GEdge, GEvent, GNode } from "./elements";
import { w } from "./words";

const MOST_EVENTS = 200;

interface SideProps {
  node: GNode | null;
  chosen: number;
  edges: readonly GEdge[];
  captionOf: (id: string) => string;
  decide: ComponentChildren;
  /** Shown while no one object is chosen. */
  children?: ComponentChildren;
}

export function Side({ node, chosen, edges, captionOf, decide, children }: SideProps) {
  if (!node)
    return (
      <Panel name="canvas" width={330} decide={chosen ? decide : null}>
        <p class="t2 hint">{chosen ? w.selectedN(chosen) : w.nobody}</p>
        {children}
      </Panel>
    );
  const mine = edges.filter((edge) => edge.from === node.id || edge.to === node.id);
  const events = mine.flatMap((edge) => edge.events).sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
  const rows = [...new Set(events.flatMap((event) => event.evidence))];
  const person = node.label === "Person";
  const page = person ? to`/persons/${node.id}` : objectHref(node.id);
  const tabs = [
    { id: "facts", label: w.facts },
    { id: "signals", label: w.signals },
    { id: "events", label: w.events, count: events.length },
    { id: "sources", label: w.sources, count: rows.length },
  ];
  const tab = chosenTab(tabs, "side");
  return (
    <Panel
      name="canvas"
      width={330}
      decide={decide}
      head={
        <div class="who">
          {person && (
            <RoleGlyph role={node.role} size={32} ring={node.confirmed ? "confirmed" : "candidate"} />
          )}
          <div class="grow">
            <b class="cut">{node.caption}</b>{" "}
            {person ? (
              <StatusChip status={node.confirmed ? "confirmed" : "candidate"} of={roleBefore(node.role)} />
            ) : (
              <Chip>{kindName(node.label)}</Chip>
            )}
          </div>
          {page && (
            <a class="button" href={page}>
              {w.openPage}
            </a>
          )}
        </div>
      }
    >
      <Tabs tabs={tabs} name="side" label={node.caption} />
      <div class="tab-body">
        {tab === "facts" &&
          (person ? <PersonFacts id={node.id} edges={mine} /> : <ThingFacts node={node} edges={mine} />)}
        {tab === "signals" && <Signals id={node.id} person={person} />}
        {tab === "events" && <Events events={events} me={node.id} captionOf={captionOf} />}
        {tab === "sources" && <SourceRows refs={rows} />}
      </div>
    </Panel>
  );
}

function ThingFacts({ node, edges }: { node: GNode; edges: readonly GEdge[] }) {
  return (
    <dl class="facts">
      <dt>{w.kind}</dt>
      <dd>{kindName(node.label)}</dd>
      <dt>{w.number}</dt>
      <dd class="mono">{node.caption}</dd>
      <dt>{w.degree}</dt>
      <dd>{w.onCanvas(edges.length)}</dd>
    </dl>
  );
}

function PersonFacts({ id, edges }: { id: string; edges: readonly GEdge[] }) {
  const asked = useAsk("/persons/{person_id}", { path: { person_id: id } }, false);
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={6} />;
  const page = asked.answer;
  const others = new Set(edges.flatMap((edge) => [edge.from, edge.to])).size - 1;
  return (
    <>
      <dl class="facts">
        <dt>{say(["姓名", "Names"])}</dt>
        <dd>{page.names.join("、") || nameOf(page.person)}</dd>
        <dt>{say(["身份证号", "Resident id"])}</dt>
        <dd class="mono">{page.person.resident_id ?? "—"}</dd>
        <dt>{say(["号码", "Phones"])}</dt>
        <dd class="mono">{page.person.phones.join(" ") || "—"}</dd>
        <dt>{say(["账户", "Accounts"])}</dt>
        <dd class="mono">{page.person.accounts.join(" ") || "—"}</dd>
        <dt>{say(["涉案", "Cases"])}</dt>
        <dd>
          {page.cases.map((each) => each.case_no.slice(-4)).join("、") ||
            say(["无在册案件", "none on record"])}
        </dd>
        <dt>{say(["涉毒材料", "Drug facts"])}</dt>
        <dd>{(page.drug_facts ?? []).map((each) => say([each.zh, each.en])).join("、") || "—"}</dd>
        <dt>{w.gang}</dt>
        <dd>
          {page.gangs.map((gang) => (
            <a key={gang.id} href={to`/gangs/${gang.id}`}>
              {gang.id} <StatusChip status={gang.status} />
            </a>
          ))}
          {!page.gangs.length && "—"}
        </dd>
        <dt>{w.degree}</dt>
        <dd>{w.onCanvas(Math.max(0, others))}</dd>
      </dl>
      <p class="small t3">{w.degreeNote}</p>
      <DealingLines person={id} />
    </>
  );
}

function Signals({ id, person }: { id: string; person: boolean }) {
  const words = useAsk("/signals", {});
  const named = (name: string) => {
    const found = words.answer?.signals.find((each) => each.name === name);
    return found ? say([found.zh, found.en]) : "";
  };
  const asked = useAsk(
    "/supplies",
    person ? { query: { person: id, min_score: 0.3, limit: 20 } } : null,
    false,
  );
  if (!person) return <p class="t2">{w.nothing}</p>;
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={4} />;
  return (
    <>
      {asked.answer.edges.map((edge: SupplyEdge) => (
        <section class="supply" key={`${edge.supplier.id}>${edge.buyer.id}`}>
          <p>
            <PersonLink person={edge.supplier} /> → <PersonLink person={edge.buyer} />{" "}
            <Strength value={edge.score} />
          </p>
          <ul>
            {edge.signals.slice(0, 5).map((signal) => (
              <li key={signal.name}>
                {named(signal.name)} {signed(signal.weight)} <RowRef refs={signal.evidence} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {!asked.answer.edges.length && <p class="t2">{w.nothing}</p>}
    </>
  );
}

export function Events({
  events,
  me,
  captionOf,
}: {
  events: readonly GEvent[];
  me: string;
  captionOf: (id: string) => string;
}) {
  return (
    <ol class="events">
      {events.length > MOST_EVENTS && <li class="t3 whole">{w.cut(MOST_EVENTS, events.length)}</li>}
      {events.slice(0, MOST_EVENTS).map((event) => {
        const spec =
          event.type in RELATIONSHIPS ? RELATIONSHIPS[event.type as keyof typeof RELATIONSHIPS] : null;
        const other = event.from === me ? event.to : event.from;
        return (
          <li key={event.key}>
            <span class="t3 keep">
              {event.at === null ? "—" : moment(new Date(event.at + 8 * 3_600_000).toISOString())}
            </span>
            <span class={`hue-${spec?.hue ?? "text"} cut`}>
              {event.from === me ? "→ " : "← "}
              {captionOf(other)} {relationName(event.type)}{" "}
              {event.type === "PAID" ? yuan(event.amount) : event.amount === null ? "" : count(event.amount)}
            </span>
            <RowRef refs={event.evidence} />
          </li>
        );
      })}
    </ol>
  );
}
